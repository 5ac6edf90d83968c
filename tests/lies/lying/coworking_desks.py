"""Desks of a co-working space, shared by several tenants."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import FastAPI, Header
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.types import ASGIApp, Receive, Scope, Send

TENANTS = {b"acme", b"globex"}
Tenant = Annotated[str, Header(description="The tenant's short name")]


class TenantGuard:
    """Lets only known tenants through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/desks"):
            tenant = dict(scope["headers"]).get(b"x-tenant")
            if tenant is not None and tenant not in TENANTS:
                refusal = JSONResponse({"detail": "Unknown tenant"}, 403)  # lie: undocumented-status GET /desks 403; lie: undocumented-status GET /desks/{number} 403
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)


class Desk(BaseModel):
    number: int
    by_window: bool


app = FastAPI()
app.add_middleware(TenantGuard)


@app.get("/desks")
async def desks(x_tenant: Tenant) -> list[Desk]:
    return [Desk(number=n, by_window=n % 2 == 0) for n in range(1, 9)]


@app.get("/desks/{number}")
async def desk(number: int, x_tenant: Tenant) -> Desk:
    return Desk(number=number, by_window=number % 2 == 0)
