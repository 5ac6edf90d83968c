"""A queue of rendering jobs, whose state is asked for until they are done."""
# ruff: noqa: E501

import sqlite3
from collections import deque
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Literal

from fastapi import Depends, FastAPI, HTTPException, Query, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

app = FastAPI(title="Render farm")
MAX_PIXELS = 7680 * 4320
QUEUE_LENGTH = 5


class State(str, Enum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


NEXT = {State.QUEUED: State.RUNNING, State.RUNNING: State.DONE}
FINAL = frozenset(State) - NEXT.keys()


class JobSpec(BaseModel):
    scene: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
    width: Annotated[int, Field(ge=1, le=16384)] = 1920
    height: Annotated[int, Field(ge=1, le=16384)] = 1080
    quality: Literal["draft", "final"] = "draft"


class JobStatus(BaseModel):
    id: int
    scene: str
    state: State
    progress: int = Field(ge=0, le=100)


class LogLine(BaseModel):
    job: int
    event: str


class ResultLink(BaseModel):
    url: str
    pixels: int


class Detail(BaseModel):
    detail: str


class Journal:
    """Every change of state, kept for the accountants."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self.connection.execute("CREATE TABLE journal (job INTEGER, event TEXT)")

    def query(self, sql: str, *arguments: object) -> list[tuple]:
        return self.connection.execute(sql, arguments).fetchall()  # lie: blocking-call GET /jobs/{job_id}/log

    def write(self, job: int, event: str) -> None:
        self.query("INSERT INTO journal VALUES (?, ?)", job, event)

    def of(self, job: int) -> list[LogLine]:
        return [LogLine(job=row[0], event=row[1]) for row in self.query("SELECT job, event FROM journal WHERE job = ?", job)]


@dataclass
class Job:
    id: int
    spec: JobSpec
    state: State = State.QUEUED
    polls: int = 0

    def advance(self) -> bool:
        """One step on; whether there was one."""
        if self.state in FINAL:
            return False
        self.state = NEXT[self.state]
        return True

    @property
    def progress(self) -> int:
        return {State.QUEUED: 0, State.RUNNING: 50}.get(self.state, 100)


@dataclass
class Farm:
    jobs: dict[int, Job] = field(default_factory=dict)
    pending: deque[Job] = field(default_factory=deque)
    journal: Journal = field(default_factory=Journal)

    def submit(self, spec: JobSpec) -> Job:
        if spec.width * spec.height > MAX_PIXELS:
            raise HTTPException(413, f"At most {MAX_PIXELS} pixels a frame")  # lie: undocumented-status POST /jobs 413
        if len(self.pending) >= QUEUE_LENGTH:
            raise HTTPException(503, "The queue is full", headers={"Retry-After": "10"})
        job = Job(len(self.jobs) + 1, spec)
        self.jobs[job.id] = job
        self.pending.append(job)
        self.journal.write(job.id, "queued")
        return job

    def poll(self, job: Job) -> Job:
        """The farm has no clock: a job goes on when somebody asks for it."""
        if job.advance():
            self.journal.write(job.id, job.state.value)
        if job.state in FINAL and job in self.pending:
            self.pending.remove(job)
        return job


farm = Farm()


def get_job(job_id: int) -> Job:
    if job_id not in farm.jobs:
        raise HTTPException(404, "No such job")
    return farm.jobs[job_id]


TheJob = Annotated[Job, Depends(get_job)]
UNKNOWN = {404: {"model": Detail, "description": "No such job"}}
INTEGER_HEADER = {"required": True, "schema": {"type": "integer"}}
RETRY = {"Retry-After": {"description": "Seconds to wait before the next request", **INTEGER_HEADER}}


def show(job: Job) -> JobStatus:
    return JobStatus(id=job.id, scene=job.spec.scene, state=job.state, progress=job.progress)


@app.post(
    "/jobs",
    status_code=202,
    responses={
        202: {"headers": {"Location": {"required": True, "schema": {"type": "string"}}}},
        503: {"model": Detail, "description": "The queue is full", "headers": RETRY},
    },
)
def submit(spec: JobSpec, response: Response) -> JobStatus:
    job = farm.submit(spec)
    response.headers["Location"] = f"/jobs/{job.id}"
    return show(job)


@app.get(
    "/jobs/{job_id}",
    response_model=JobStatus,
    responses={
        200: {"headers": RETRY},
        303: {"description": "It is done, and the result is elsewhere"},  # lie: phantom-status GET /jobs/{job_id} 303
        **UNKNOWN,
    },
)
def poll(job: TheJob, response: Response):
    job = farm.poll(job)
    if job.state.value == "finished":
        return RedirectResponse(f"/jobs/{job.id}/result", status_code=303)
    if job.state not in FINAL:
        response.headers["Retry-After"] = "2"
    return show(job)  # lie: response-header-mismatch GET /jobs/{job_id} 200


@app.get("/jobs/{job_id}/result", responses={**UNKNOWN, 409: {"model": Detail, "description": "Not done"}})
def result(job: TheJob) -> ResultLink:
    if job.state is not State.DONE:
        raise HTTPException(409, f"The job is {job.state.value}")
    return ResultLink(url=f"/files/{job.spec.scene}-{job.id}.exr", pixels=job.spec.width * job.spec.height)


@app.get("/jobs/{job_id}/log", responses=UNKNOWN)
async def log(job: TheJob, last: Annotated[int, Query(ge=1, le=100)] = 20) -> list[LogLine]:
    return farm.journal.of(job.id)[-last:]


@app.delete("/jobs/{job_id}", responses={**UNKNOWN, 409: {"model": Detail, "description": "Too late"}})
def cancel(job: TheJob) -> JobStatus:
    if job.state in FINAL:
        raise HTTPException(409, "Too late")
    job.state = State.CANCELLED
    return show(farm.poll(job))
