"""The table of jobs, and what is asked of it."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Enum, String, Text, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from service.database import NumberedRow


class Kind(StrEnum):
    """What there is to do."""

    CONFIRM_ORDER = "confirm-order"
    EXPIRE_ORDER = "expire-order"
    COUNT_VISITS = "count-visits"
    TRAIN_RECOMMENDER = "train-recommender"
    BUILD_REPORT = "build-report"


class JobStatus(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


UNDONE = (JobStatus.QUEUED, JobStatus.RUNNING)


class JobRow(NumberedRow):
    """Something to do, and what became of it."""

    __tablename__ = "jobs"

    kind: Mapped[Kind] = mapped_column(Enum(Kind, native_enum=False, length=40))
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    status: Mapped[JobStatus] = mapped_column(Enum(JobStatus, native_enum=False, length=20), index=True)
    attempts: Mapped[int]
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    result: Mapped[str | None] = mapped_column(String(200))
    """The address of what was made, if there is anything to see."""
    failure: Mapped[str | None] = mapped_column(Text)
    """What the last attempt that failed has raised; the traceback is in the log."""


def record(session: AsyncSession, kind: Kind, arguments: dict[str, Any], delay_s: float) -> JobRow:
    """Add a job to the session's transaction."""
    now = datetime.now(UTC)
    job = JobRow(
        kind=kind,
        arguments=arguments,
        status=JobStatus.QUEUED,
        attempts=0,
        asked_at=now,
        due_at=now + timedelta(seconds=delay_s),
    )
    session.add(job)
    return job


async def take(session: AsyncSession, job_id: int) -> JobRow | None:
    """Begin a job, or begin it again where a process that is gone has left it; None where it is over, or is none."""
    left = update(JobRow).where(JobRow.id == job_id, JobRow.status.in_(UNDONE))
    return await session.scalar(left.values(status=JobStatus.RUNNING, attempts=JobRow.attempts + 1).returning(JobRow))


async def put_back(session: AsyncSession, job_id: int, failure: str, wait_s: float | None) -> None:
    """Say what went wrong, and queue the job anew, or give it up where there is no time to wait for."""
    now = datetime.now(UTC)
    if wait_s is None:
        values = {"status": JobStatus.FAILED, "ended_at": now, "failure": failure}
    else:
        values = {"status": JobStatus.QUEUED, "due_at": now + timedelta(seconds=wait_s), "failure": failure}
    await session.execute(update(JobRow).where(JobRow.id == job_id).values(values))


async def undone(session: AsyncSession) -> dict[int, datetime]:
    """Return all that is queued, or was running when the process died, and when it is due."""
    query = select(JobRow.id, JobRow.due_at).where(JobRow.status.in_(UNDONE)).order_by(JobRow.id)
    return dict((await session.execute(query)).all())
