"""Sundials by latitude; middleware adds what proxies like to see."""

from typing import Annotated

from fastapi import FastAPI, Query, Request, Response
from pydantic import BaseModel
from starlette.datastructures import MutableHeaders
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Stamp:
    def __init__(self, app: ASGIApp, value: str) -> None:
        self.app, self.value = app, value

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def stamped(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Workshop"] = self.value
            await send(message)

        await self.app(scope, receive, stamped)


class NoStore(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next) -> Response:
        response = await call_next(request)
        if response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        return response


class Dial(BaseModel):
    gnomon: int
    hours: list[int]


app = FastAPI(title="Sundials")
app.add_middleware(GZipMiddleware, minimum_size=64)
app.add_middleware(NoStore)
app.add_middleware(Stamp, value="north")


@app.middleware("http")
async def vary(request: Request, call_next) -> Response:
    response = await call_next(request)
    response.headers["Vary"] = "Accept-Encoding"
    return response


@app.get("/dials")
async def dial(latitude: Annotated[int, Query(ge=-66, le=66)], lines: Annotated[int, Query(ge=1, le=24)] = 12) -> Dial:
    return Dial(gnomon=abs(latitude), hours=[hour * 15 * (1 if latitude >= 0 else -1) for hour in range(lines)])
