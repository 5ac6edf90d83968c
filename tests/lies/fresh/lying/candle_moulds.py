"""A list of candle moulds, in the form that the reader prefers."""
# ruff: noqa: E501

import csv
import io
import json
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, NamedTuple

from fastapi import FastAPI, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, TypeAdapter

app = FastAPI(title="Candle moulds")


class Mould(BaseModel):
    number: int
    shape: str
    wicks: int = 1


Moulds = TypeAdapter(list[Mould])
MOULDS = [Mould(number=1, shape="pillar"), Mould(number=2, shape="beehive"), Mould(number=3, shape="star", wicks=3)]


class Form(StrEnum):
    JSON = "json"
    TABLE = "table"
    LINES = "lines"


class Renderer(NamedTuple):
    media_type: str
    render: Callable[[list[Mould]], str]


def as_table(moulds: list[Mould]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, ["number", "shape", "wicks"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(mould.model_dump() for mould in moulds)
    return out.getvalue()


RENDERERS = {
    Form.JSON: Renderer("application/json", lambda moulds: Moulds.dump_json(moulds).decode()),
    Form.TABLE: Renderer("text/csv", as_table),
    Form.LINES: Renderer("application/x-ndjson", lambda moulds: "".join(json.dumps(m.model_dump()) + "\n" for m in moulds)),
}


class Problem(BaseModel):
    title: str
    status: int


class NotCast(Exception):
    def __init__(self, title: str) -> None:
        self.title = title


class ProblemResponse(JSONResponse):
    media_type = "application/problem+json"


@app.exception_handler(NotCast)
def not_cast(request: Request, error: NotCast) -> Response:
    return ProblemResponse(Problem(title=error.title, status=404).model_dump(), 404)  # lie: undocumented-media-type GET /moulds/{number}/wicks 404


PROBLEM = {404: {"content": {"application/problem+json": {"schema": Problem.model_json_schema()}}, "description": "No"}}


def cast(number: int) -> Mould:
    for mould in MOULDS:
        if mould.number == number:
            return mould
    raise NotCast("We never cast that one")  # also: undocumented-media-type GET /moulds/{number}/wicks 404


@app.get(
    "/moulds",
    response_model=list[Mould],
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def moulds(form: Form = Form.JSON, wicks: Annotated[int | None, Query(ge=1, le=9)] = None):
    chosen = [mould for mould in MOULDS if wicks in (None, mould.wicks)]
    renderer = RENDERERS[form]
    return Response(renderer.render(chosen), media_type=renderer.media_type)  # lie: undocumented-media-type GET /moulds 200


@app.get("/moulds/{number}", responses=PROBLEM)
def mould(number: int) -> Mould:
    return cast(number)


@app.get("/moulds/{number}/wicks", responses={404: {"model": Problem}})
def wicks(number: int) -> list[str]:
    return ["cotton"] * cast(number).wicks
