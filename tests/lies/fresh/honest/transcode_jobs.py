"""Jobs that turn recordings into other formats, polled by their submitters."""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import Enum, auto
from typing import Annotated, Any, Literal

from anyio import to_thread
from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, HTTPException, Path, Query, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from pydantic import BaseModel, Field, TypeAdapter

log = logging.getLogger("jobs")


class JobState(str, Enum):
    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[str]) -> str:
        return name.lower()

    WAITING = auto()
    ENCODING = auto()
    MUXING = auto()
    DONE = auto()
    FAILED = auto()
    CANCELLED = auto()


PIPELINE = (JobState.WAITING, JobState.ENCODING, JobState.MUXING, JobState.DONE)
STEPS = dict(itertools.pairwise(PIPELINE))
BITRATES = {"opus": 96, "flac": 900, "mp3": 192}


class Order(BaseModel):
    recording: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
    codec: Literal["opus", "flac", "mp3", "atrac"]
    seconds: Annotated[int, Field(ge=1, le=7200)] = 60


class Progress(BaseModel):
    id: int
    state: JobState
    steps_left: int
    reason: str | None = None


class Detail(BaseModel):
    detail: str


class EncoderMissing(RuntimeError):
    pass


class Job:
    def __init__(self, id: int, order: Order) -> None:
        self.id = id
        self.order = order
        self.state = JobState.WAITING
        self.reason: str | None = None
        self.size = 0

    @property
    def pending(self) -> bool:
        return self.state in STEPS

    def progress(self) -> Progress:
        left = len(PIPELINE) - 1 - PIPELINE.index(self.state) if self.pending else 0
        return Progress(id=self.id, state=self.state, steps_left=left, reason=self.reason)

    def encode(self) -> None:
        """Takes its time, and is no coroutine."""
        time.sleep(0.001)
        try:
            self.size = BITRATES[self.order.codec] * self.order.seconds * 125
        except KeyError as unknown:
            raise EncoderMissing(f"no encoder for {unknown.args[0]}") from unknown


class Jobs(dict[int, Job]):
    def __missing__(self, key: int) -> Job:
        raise HTTPException(404, "No such job")


@asynccontextmanager
async def failing(job: Job) -> AsyncIterator[None]:
    """Whatever goes wrong inside is the job's failure, and nobody else's."""
    try:
        yield
    except Exception as error:
        log.info("job %d failed", job.id, exc_info=True)
        job.state, job.reason = JobState.FAILED, str(error)


async def work(job: Job) -> None:
    if not job.pending:
        return
    async with failing(job):
        if job.state is JobState.ENCODING:
            await to_thread.run_sync(job.encode)
        await asyncio.sleep(0)
        job.state = STEPS[job.state]


jobs = Jobs()
JobId = Annotated[int, Path(ge=1, le=999_999_999)]


def find(job_id: JobId) -> Job:
    return jobs[job_id]


def header(name: str, type_: str = "string") -> dict[str, Any]:
    return {"headers": {name: {"required": True, "schema": {"type": type_}}}}


Found = Annotated[Job, Depends(find)]
UNKNOWN: dict[int | str, dict[str, Any]] = {404: {"model": Detail, "description": "No such job"}}
collection = APIRouter(prefix="/jobs")
item = APIRouter(prefix="/jobs/{job_id}", responses=UNKNOWN)


@collection.post("", status_code=202, responses={202: {"description": "It will be worked on", **header("Location")}})
async def submit(order: Order, tasks: BackgroundTasks, response: Response) -> Progress:
    job = Job(len(jobs) + 1, order)
    jobs[job.id] = job
    tasks.add_task(work, job)
    response.headers["Location"] = f"/jobs/{job.id}"
    return job.progress()


@collection.get("")
async def overview(
    state: Annotated[list[JobState] | None, Query()] = None, last: Annotated[int, Query(ge=1, le=50)] = 10
) -> list[Progress]:
    chosen = [job for job in jobs.values() if not state or job.state in state]
    return [job.progress() for job in chosen[-last:]]


@item.get(
    "",
    response_model=Progress,
    responses={
        200: {"description": "It failed or was cancelled"},
        202: {"model": Progress, "description": "It is worked on", **header("Retry-After", "integer")},
        303: {"description": "It is done", **header("Location")},
    },
)
async def poll(job: Found, tasks: BackgroundTasks, response: Response) -> Any:
    if job.state is JobState.DONE:
        return RedirectResponse(f"/jobs/{job.id}/result", 303)
    if job.pending:
        tasks.add_task(work, job)
        response.status_code = 202
        response.headers["Retry-After"] = str(2 * job.progress().steps_left)
    return job.progress()


@item.delete("", status_code=204, responses={409: {"model": Detail, "description": "It has come to an end"}})
async def cancel(job: Found) -> None:
    if not job.pending:
        raise HTTPException(409, f"The job is {job.state.value}")
    job.state = JobState.CANCELLED


@item.post("/retry", status_code=202, responses={409: {"model": Detail, "description": "It did not fail"}})
async def retry(job: Found, tasks: BackgroundTasks) -> Progress:
    if job.state not in {JobState.FAILED, JobState.CANCELLED}:
        raise HTTPException(409, f"The job is {job.state.value}")
    job.state, job.reason = JobState.WAITING, None
    tasks.add_task(work, job)
    return job.progress()


MEDIA = "application/octet-stream"


@item.get(
    "/result",
    response_class=Response,
    responses={
        200: {
            "content": {MEDIA: {"schema": {"type": "string", "format": "binary"}}},
            **header("X-Content-Size", "integer"),
        },
        409: {"model": Detail, "description": "There is none yet"},
        410: {"model": Detail, "description": "There will be none"},
    },
)
async def result(job: Found) -> StreamingResponse:
    if job.state is not JobState.DONE:
        raise HTTPException(409 if job.pending else 410, job.reason or job.state.value)

    async def chunks() -> AsyncIterator[bytes]:
        for number in range(3):
            yield f"{job.order.codec}:{job.id}:{number}\n".encode()

    return StreamingResponse(chunks(), media_type=MEDIA, headers={"X-Content-Size": str(job.size)})


progress_lines = TypeAdapter(Progress)


class Lines(StreamingResponse):
    media_type = "application/x-ndjson"


@collection.get("/export", response_class=Lines)
async def export() -> Lines:
    lines = [progress_lines.dump_json(job.progress()) + b"\n" for job in jobs.values()]
    return Lines(iter(lines))


app = FastAPI(title="Transcoding")
app.include_router(collection)
app.include_router(item)
