"""Assays of ore samples: weigh, settle, report to the mine they came from."""
# ruff: noqa: E501

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Annotated, Literal

from fastapi import BackgroundTasks, Depends, FastAPI
from pydantic import BaseModel, Field

MINES = {"WJ": "wheal-jane", "SC": "south-crofty", "BG": "botallack"}
GRADES = ((60, "rich"), (20, "fair"), (5, "lean"))


class Sample(BaseModel):
    mine: Literal["WJ", "SC", "BG", "GV"]
    kind: Literal["lump", "slurry"] = "lump"
    grams: float = Field(gt=0, le=5000)
    tin: float = Field(ge=0, le=100, description="Percent")


class Assay(BaseModel):
    number: int
    grade: str


@dataclass
class Laboratory:
    assays: list[Assay] = field(default_factory=list)
    reported: dict[str, int] = field(default_factory=dict)
    bench: list[Sample] = field(default_factory=list)

    def settle(self, sample: Sample) -> None:
        """Slurry has to stand for a while before it is weighed."""
        if sample.kind == "slurry" and sample.grams >= 1000:
            time.sleep(0.02)  # lie: blocking-call POST /assays

    def grade(self, sample: Sample) -> str:
        return next((grade for least, grade in GRADES if sample.tin >= least), "none")

    async def assay(self, sample: Sample) -> Assay:
        self.settle(sample)
        self.assays.append(Assay(number=len(self.assays) + 1, grade=self.grade(sample)))
        return self.assays[-1]

    def report(self, code: str) -> None:
        mine = MINES[code]  # lie: background-task-error POST /assays
        self.reported[mine] = self.reported.get(mine, 0) + 1

    @asynccontextmanager
    async def at_the_bench(self) -> AsyncIterator[list[Sample]]:
        self.bench.clear()
        yield self.bench
        lost = self.bench.pop()  # lie: background-task-error POST /bench/dryings
        self.reported["dried"] = self.reported.get("dried", 0) + int(lost.grams)


laboratory = Laboratory()
app = FastAPI(title="Ore assays")


async def bench() -> AsyncIterator[list[Sample]]:
    async with laboratory.at_the_bench() as samples:
        yield samples


@app.post("/assays", status_code=201)
async def assay(sample: Sample, tasks: BackgroundTasks) -> Assay:
    done = await laboratory.assay(sample)
    if done.grade != "none":
        tasks.add_task(laboratory.report, sample.mine)
    return done


@app.get("/assays")
async def assays(grade: Literal["rich", "fair", "lean", "none"] | None = None) -> list[Assay]:
    return [done for done in laboratory.assays if grade in (None, done.grade)]


@app.post("/bench/dryings")
async def dry(samples: list[Sample], bench: Annotated[list[Sample], Depends(bench)]) -> int:
    bench.extend(sample for sample in samples if sample.kind == "slurry")
    return len(bench)


@app.get("/mines")
async def mines() -> dict[str, int]:
    return laboratory.reported
