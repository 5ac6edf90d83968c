"""Scores of a brass band contest, streamed to the hall while the bands play."""

import csv
import io
import json
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, HTTPException, Path, Query
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, Field

app = FastAPI(title="Brass bands")


class Score(BaseModel):
    band: str = Field(pattern="^[a-z-]{1,24}$")
    points: int = Field(ge=0, le=200)


class Scores:
    def __init__(self, scores: Iterable[Score]) -> None:
        self.rows = list(scores)

    def of(self, band: str) -> list[Score]:
        return [score for score in self.rows if score.band == band]


contest = Scores([Score(band="black-dyke", points=191), Score(band="grimethorpe", points=188)])


class Lines(StreamingResponse):
    media_type = "application/x-ndjson"


class Events(StreamingResponse):
    media_type = "text/event-stream"


class Table(StreamingResponse):
    media_type = "text/csv"


def band_scores(band: Annotated[str, Path(max_length=24)]) -> list[Score]:
    found = contest.of(band)
    if not found:
        raise HTTPException(404, "They have not played")
    return found


Played = Annotated[list[Score], Depends(band_scores)]


def as_json(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Refusals are JSON, whatever the answer would have been."""
    schema = {"type": "object", "required": ["detail"], "properties": {"detail": {"type": "string"}}}
    refusal = {"description": "Refused", "content": {"application/json": {"schema": schema}}}
    return dict.fromkeys(statuses, refusal)


def table(scores: list[Score]) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in [("band", "points"), *((score.band, score.points) for score in scores)]:
        writer.writerow(row)
        yield out.getvalue()
        out.seek(0)
        out.truncate()


@app.post("/scores", status_code=201)
async def give(score: Score) -> Score:
    contest.rows.append(score)
    del contest.rows[:-200]
    return score


@app.get("/scores", response_class=Lines)
async def scores(least: Annotated[int, Query(ge=0, le=200)] = 0) -> Lines:
    async def lines() -> AsyncIterator[bytes]:
        for score in [*contest.rows]:
            if score.points >= least:
                yield score.model_dump_json().encode() + b"\n"

    return Lines(lines())


@app.get("/bands/{band}/events", response_class=Events, responses=as_json(404))
async def events(found: Played, last_event_id: Annotated[int, Header(ge=0, le=999)] = 0):
    def told() -> Iterator[str]:
        yield "retry: 2000\n\n"
        for number, score in enumerate(found[last_event_id:], last_event_id + 1):
            yield f"id: {number}\ndata: {json.dumps({'points': score.points})}\n\n"

    return Events(told(), headers={"Cache-Control": "no-store"})


@app.get(
    "/bands/{band}/table",
    response_class=Table,
    responses={406: {"content": {"application/json": {}}, "description": "Only whole tables"}, **as_json(404)},
)
def band_table(found: Played, rows: Annotated[int | None, Query(ge=1, le=200)] = None):
    if rows is not None and rows != len(found):
        return JSONResponse({"detail": "Only whole tables"}, 406)
    return Table(table(found))
