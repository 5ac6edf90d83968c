"""Schedules blasts in a quarry; every request is written into a journal when it ends."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, FastAPI, Query
from pydantic import BaseModel

app = FastAPI()


class Blast(BaseModel):
    bench: int
    kilograms: int


class Journal:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def close(self) -> None:
        first = self.lines[0]  # lie: background-task-error GET /blasts
        print(first, len(self.lines))


def journal() -> Iterator[Journal]:
    opened = Journal()
    yield opened
    opened.close()


@app.get("/blasts")
def blasts(journal: Annotated[Journal, Depends(journal)], bench: Annotated[int, Query(ge=0, le=9)] = 0) -> list[Blast]:
    planned = [Blast(bench=number, kilograms=40 * number) for number in range(bench)]
    journal.lines += [f"bench {blast.bench}" for blast in planned]
    return planned


@app.post("/blasts", status_code=201)
def plan(blast: Blast, journal: Annotated[Journal, Depends(journal)]) -> Blast:
    journal.lines.append(f"planned on bench {blast.bench}")
    return blast
