"""Flags of a signal alphabet as small drawings, for browsers and caches."""

import hashlib
from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import FastAPI, Header, HTTPException, Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COLOURS = {"alfa": ("white", "blue"), "bravo": ("red", "red"), "kilo": ("yellow", "blue"), "quebec": ("gold", "gold")}
EDITION = {"X-Flag-Edition": {"required": True, "schema": {"type": "integer", "minimum": 1}}}
ETAG = {"ETag": {"required": True, "schema": {"type": "string", "pattern": '^"[0-9a-f]{12}"$'}}}
UNKNOWN: dict[str, Any] = {
    "description": "No such flag",
    "content": {
        "application/json": {
            "schema": {"type": "object", "properties": {"detail": {"type": "string"}}, "required": ["detail"]}
        }
    },
}


class SvgResponse(Response):
    media_type = "image/svg+xml"


class Edition:
    """Stamps the edition on every answer, and takes it off again where there is no flag."""

    def __init__(self, app: ASGIApp, number: int) -> None:
        self.app = app
        self.number = number

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def stamped(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Flag-Edition"] = str(self.number)
                if message["status"] == 404:
                    del headers["X-Flag-Edition"]
            await send(message)

        await self.app(scope, receive, stamped)


def drawn(name: str) -> str:
    left, right = COLOURS[name]
    halves = (f'<path fill="{fill}" d="M{x} 0h8v16h-8z"/>' for x, fill in ((0, left), (8, right)))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{"".join(halves)}</svg>'


def etag(drawing: str) -> str:
    return f'"{hashlib.sha256(drawing.encode()).hexdigest()[:12]}"'


def known(tag: str, given: Iterable[str]) -> bool:
    return any(one.strip().removeprefix("W/") in ("*", tag) for one in given)


IfNoneMatch = Annotated[str, Header()]
app = FastAPI(title="Flags")
app.add_middleware(Edition, number=4)


@app.get(
    "/flags/{name}",
    response_class=SvgResponse,
    responses={
        200: {"headers": EDITION | ETAG},
        304: {"description": "Yours is the same", "headers": EDITION | ETAG},
        404: UNKNOWN,
    },
)
async def flag(name: str, if_none_match: IfNoneMatch = "") -> Response:
    if name not in COLOURS:
        raise HTTPException(404, "No such flag")
    drawing = drawn(name)
    headers = {"ETag": etag(drawing)}
    if known(headers["ETag"], if_none_match.split(",")):
        return Response(status_code=304, headers=headers)
    return SvgResponse(drawing, headers=headers)


@app.head(
    "/flags/{name}",
    response_class=Response,
    responses={200: {"headers": EDITION | ETAG}, 404: {"description": "No such flag"}},
)
async def flag_head(name: str) -> Response:
    try:
        tag = etag(drawn(name))
    except KeyError:
        return Response(status_code=404)
    return Response(headers={"ETag": tag})


@app.delete("/caches/{name}", status_code=204, responses={204: {"headers": EDITION}})
async def forget(name: str) -> None:
    """Caches are told to forget; whether the flag exists does not matter."""
