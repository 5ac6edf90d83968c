"""A customs office behind the middlewares that come with the framework, and two of its own."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Cookie, FastAPI, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

app = FastAPI()
Next = Callable[[Request], Awaitable[Response]]


class Parcel(BaseModel):
    weight: int
    note: str = ""


class ReadsBody(BaseHTTPMiddleware):
    """Counts bytes before anybody else reads them."""

    async def dispatch(self, request: Request, call_next: Next) -> Response:
        body = await request.body()
        response = await call_next(request)
        response.headers["X-Bytes"] = f"{len(body)}"
        return response


class Timed:
    """Plain ASGI, adds a header as the answer begins."""

    def __init__(self, app) -> None:
        self.app = app

    async def __call__(self, scope, receive, send) -> None:
        async def timed(message) -> None:
            if message["type"] == "http.response.start":
                message["headers"].append((b"x-took", b"1"))
            await send(message)

        await self.app(scope, receive, timed if scope["type"] == "http" else send)


@app.middleware("http")
async def only_light(request: Request, call_next: Next) -> Response:
    if request.url.path == "/parcels/0":
        return JSONResponse({"detail": "not that one"}, 451)  # lie: undocumented-status GET /parcels/{number} 451
    return await call_next(request)


app.add_middleware(ReadsBody)
app.add_middleware(Timed)
app.add_middleware(GZipMiddleware, minimum_size=10)
app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True, allow_headers=["*"])


@app.post("/parcels")
async def add_parcel(parcel: Parcel) -> Parcel:
    return parcel


@app.get("/parcels/{number}")
async def read_parcel(number: int, seen: Annotated[str | None, Cookie()] = None) -> Parcel:
    return Parcel(weight=number, note=(seen or "none") * 40)


@app.get("/scales")
async def scales(request: Request) -> int:
    return request.state.scale  # lie: server-error GET /scales 500
