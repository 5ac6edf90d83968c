"""Icons of a design system, each from the set that drew it last."""
# ruff: noqa: E501

from typing import Any

from fastapi import FastAPI, HTTPException, Response
from pydantic import BaseModel
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Problem(BaseModel):
    detail: str


class Icon(BaseModel):
    name: str
    path: str


ICONS = {
    "home": ("outline-3", "M3 12l9-9 9 9"),
    "search": ("outline-3", "M10 4a6 6 0 100 12"),
    "diskette": ("legacy-1", "M4 4h13l3 3v13H4z"),
    "bell": ("outline-2", "M12 3a6 6 0 016 6v5"),
}
SET_HEADER: dict[str, Any] = {"X-Icon-Set": {"required": True, "schema": {"type": "string"}, "description": "The set it is from"}}


class CacheHints:
    """Says how long an answer keeps; what is about to be redrawn is not to be kept, nor told apart by its set."""

    def __init__(self, app: ASGIApp, max_age: int) -> None:
        self.app = app
        self.max_age = max_age

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def hinted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.hint(MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, hinted)

    def hint(self, headers: MutableHeaders) -> None:
        if headers.get("X-Icon-Set", "").startswith("legacy"):
            headers["Cache-Control"] = "no-store"
            del headers["X-Icon-Set"]  # lie: response-header-mismatch GET /icons/{name} 200
        else:
            headers["Cache-Control"] = f"max-age={self.max_age}"


app = FastAPI(title="Icons")
app.add_middleware(CacheHints, max_age=86_400)


@app.get("/icons")
async def names() -> list[str]:
    return list(ICONS)


@app.get("/icons/{name}", responses={200: {"headers": SET_HEADER}, 404: {"model": Problem}})
async def icon(name: str, response: Response) -> Icon:
    if name not in ICONS:
        raise HTTPException(404, "No such icon")
    drawn_for, path = ICONS[name]
    response.headers["X-Icon-Set"] = drawn_for
    return Icon(name=name, path=path)  # also: response-header-mismatch GET /icons/{name} 200
