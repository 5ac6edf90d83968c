"""The application: `uvicorn service.app:app`, or `create_app(settings)` with settings of one's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from service import __version__, database, document, problem
from service.accounts.passwords import Passwords
from service.accounts.router import router as accounts
from service.accounts.service import ensure_staff
from service.catalogue.router import router as catalogue
from service.health.router import router as health
from service.orders.router import router as orders
from service.settings import Settings


class Bookshop(FastAPI):
    """A FastAPI whose document also holds the schemas of errors, which are no route's `response_model`."""

    def openapi(self) -> dict[str, Any]:
        """Return the document; FastAPI makes it once and keeps it."""
        contract = super().openapi()
        contract["components"]["schemas"].update(problem.schemas())
        return contract


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Keep the database open while the application runs."""
    settings: Settings = app.state.settings
    app.state.passwords = Passwords(settings)
    async with database.opened(settings.database_url) as app.state.sessions:
        if settings.staff_email is not None and settings.staff_password is not None:
            async with app.state.sessions() as session:
                await ensure_staff(session, app.state.passwords, settings.staff_email, settings.staff_password)
        yield


def create_app(settings: Settings | None = None) -> Bookshop:
    """Make an application; nothing is opened before it starts, so its document can be had without a database."""
    app = Bookshop(
        title="Bookshop",
        version=__version__,
        description=document.DESCRIPTION,
        openapi_tags=document.TAGS,
        generate_unique_id_function=document.operation_id,
        lifespan=_lifespan,
        redirect_slashes=False,  # an operation would answer 307 where it documents nothing of the kind
    )
    app.state.settings = settings or Settings()
    problem.install(app)
    for router in (accounts, catalogue, orders, health):
        app.include_router(router)
    return app


app = create_app()
