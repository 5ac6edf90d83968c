"""Sea charts as raw bytes, whole or in parts, for readers that keep a copy."""

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, HTTPException, Path, Response
from pydantic import BaseModel

app = FastAPI(title="Chart room")
RANGE = re.compile(r"bytes=([0-9]{1,9})-([0-9]{0,9})")
BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


class Detail(BaseModel):
    detail: str


@dataclass
class Chart:
    content: bytes

    @cached_property
    def tag(self) -> str:
        return f'"{hashlib.sha256(self.content).hexdigest()[:16]}"'

    def matches(self, tags: str | None) -> bool:
        if tags is None:
            return False
        return tags.strip() == "*" or self.tag in (tag.strip().removeprefix("W/") for tag in tags.split(","))


CHARTS = {"skagerrak": Chart(b"\x89SKA" * 64), "kattegat": Chart(bytes(range(256))), "blank": Chart(b"")}


def of_header(type_: str) -> dict[str, Any]:
    return {"required": True, "schema": {"type": type_}}


TAGGED = {"ETag": of_header("string")}
WHOLE = {"description": "The chart", "content": BYTES, "headers": TAGGED}
PART = {"description": "A part of it", "content": BYTES, "headers": TAGGED | {"Content-Range": of_header("string")}}
BEYOND = {"description": "Beyond its end", "headers": {"Content-Range": of_header("string")}}


def chart_of(name: Annotated[str, Path(max_length=30)]) -> Chart:
    chart = CHARTS.get(name)
    if chart is None:
        raise HTTPException(404, "Not in this room")
    return chart


def part(content: bytes, wanted: re.Match[str]) -> tuple[int, int] | None:
    """The first byte and the one after the last, or nothing if there are none such."""
    first, last = int(wanted[1]), int(wanted[2] or len(content))
    if first >= len(content) or last < first:
        return None
    return first, min(last + 1, len(content))


Of = Annotated[Chart, Depends(chart_of)]
Tags = Annotated[str | None, Header(alias="If-None-Match")]


@app.get(
    "/charts/{name}",
    response_class=Response,
    responses={
        200: WHOLE,
        206: PART,
        304: {"description": "The copy is good", "headers": TAGGED},
        404: {"model": Detail},
        416: BEYOND,
    },
)
async def chart(chart: Of, tags: Tags = None, range_: Annotated[str | None, Header(alias="Range")] = None) -> Response:
    headers = {"ETag": chart.tag, "Accept-Ranges": "bytes"}
    if chart.matches(tags):
        return Response(status_code=304, headers=headers)
    status, content = 200, chart.content
    if range_ is not None and (wanted := RANGE.fullmatch(range_)):
        status, cut = 206, part(chart.content, wanted)
        if cut is None:
            return Response(status_code=416, headers={"Content-Range": f"bytes */{len(chart.content)}"})
        content = chart.content[slice(*cut)]
        headers["Content-Range"] = f"bytes {cut[0]}-{cut[1] - 1}/{len(chart.content)}"
    return Response(content, status, headers, "application/octet-stream")


@app.head(
    "/charts/{name}",
    response_class=Response,
    responses={
        200: {"description": "There is one", "headers": TAGGED},
        304: {"description": "The copy is good", "headers": TAGGED},
        404: {"description": "There is none"},
    },
)
async def about(chart: Of, tags: Tags = None) -> Response:
    return Response(status_code=304 if chart.matches(tags) else 200, headers={"ETag": chart.tag})
