"""The application: `uvicorn service.app:app`, or `create_app(settings)` with settings of one's own."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp

from service import __version__, document, logs, pages, parts, problem
from service.accounts.router import router as accounts
from service.accounts.service import ensure_staff
from service.catalogue.router import router as catalogue
from service.envelope import Envelope
from service.events.router import router as events
from service.health.router import router as health
from service.jobs import embedded
from service.jobs.router import router as jobs
from service.limits import BodyLimit
from service.orders.router import router as orders
from service.recommendations.router import router as recommendations
from service.reports.router import router as reports
from service.reviews.router import router as reviews
from service.settings import Settings
from service.work import HANDLERS

ROUTERS = (accounts, catalogue, orders, reviews, recommendations, reports, jobs, events, health)


class Bookshop(FastAPI):
    """A FastAPI with more schemas in its document than those of its routes' models, and an `Envelope` around it."""

    def openapi(self) -> dict[str, Any]:
        """Return the document; FastAPI makes it once and keeps it."""
        contract = super().openapi()
        contract["components"]["schemas"].update(document.schemas())
        return contract

    def build_middleware_stack(self) -> ASGIApp:
        """Wrap everything: FastAPI's own middleware ends inside of what answers a crash."""
        return Envelope(super().build_middleware_stack())


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Keep everything open that requests and jobs use, while the application runs."""
    settings: Settings = app.state.settings
    logs.configure(settings.log_level)
    async with AsyncExitStack() as stack:
        opened = app.state.parts = await stack.enter_async_context(parts.opened(settings))
        if settings.staff_email is not None and settings.staff_password is not None:
            async with opened.sessions() as session:
                await ensure_staff(session, opened.passwords, settings.staff_email, settings.staff_password)
        if settings.has_workers:
            from service.jobs import distributed  # noqa: PLC0415 - most start without a database of this kind

            app.state.engine = distributed.Distributed(settings.database_url)
        else:
            app.state.engine = await stack.enter_async_context(embedded.opened(opened, HANDLERS))
        yield


def create_app(settings: Settings | None = None) -> Bookshop:
    """Make an application; nothing is opened before it starts, so its document can be had without a database."""
    settings = settings or Settings()
    app = Bookshop(
        title="Bookshop",
        version=__version__,
        description=document.DESCRIPTION,
        openapi_tags=document.TAGS,
        generate_unique_id_function=document.operation_id,
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,  # `pages` serves both
        redirect_slashes=False,  # an operation would answer 307 where it documents nothing of the kind
    )
    app.state.settings = settings
    app.add_middleware(BodyLimit, most_bytes=settings.max_body_bytes)
    problem.install(app)
    pages.install(app)
    for router in ROUTERS:
        app.include_router(router)
    return app


app = create_app()
