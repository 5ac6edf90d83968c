"""Asking for work within a request, and doing it.

A job is recorded by the transaction that also holds the change it belongs to: there is never the one without the other.
What does the job shares one transaction with the mark that it is done, so whatever it writes is written once. A mail
leaves before that mark: a process that is killed between the two sends it again when it is back, under the same
Message-ID. No order of the two steps is better, since the other one would lose it.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from fastapi import BackgroundTasks
from sqlalchemy.ext.asyncio import AsyncSession

from service.jobs import store
from service.jobs.store import JobRow, JobStatus, Kind
from service.parts import Parts

MAX_ATTEMPTS = 5
FIRST_WAIT_S = 2.0
"""Before the second attempt; four times as long before each further one."""

_LOG = logging.getLogger(__name__)

Handler = Callable[[Parts, AsyncSession, JobRow], Awaitable[str | None]]
"""Does a job in a session that is committed afterwards; returns the address of what it made, if any."""


class Engine(Protocol):
    """What has jobs done."""

    async def hand_over(self, session: AsyncSession, job: JobRow) -> None:
        """Take note of a job, within the transaction that records it."""

    async def start(self, job_id: int, delay_s: float) -> None:
        """Be told, after the answer, that the job is recorded for good, and due in so many seconds."""


class Jobs:
    """What one request leaves to be done after its answer."""

    def __init__(self, session: AsyncSession, after: BackgroundTasks, engine: Engine) -> None:
        """Take the request's own session and background tasks."""
        self._session = session
        self._after = after
        self._engine = engine

    async def later(self, kind: Kind, arguments: dict[str, Any] | None = None, *, delay_s: float = 0) -> JobRow:
        """Record a job in the session's transaction; it is done once that is committed and the answer is out."""
        job = store.record(self._session, kind, arguments or {}, delay_s)
        await self._session.flush()
        await self._engine.hand_over(self._session, job)
        self._after.add_task(self._engine.start, job.id, delay_s)
        return job


class AttemptFailedError(Exception):
    """A job failed, as its row says by now; it may be tried again in `wait_s` seconds, or never where that is None."""

    def __init__(self, failure: str, wait_s: float | None) -> None:
        """Take what was raised, in words, and the time to wait."""
        super().__init__(failure)
        self.wait_s = wait_s


async def attempt(parts: Parts, handlers: Mapping[Kind, Handler], job_id: int) -> None:
    """Do a job that nobody else is doing, unless it is done or given up.

    Errors: AttemptFailedError, whatever the job raised.
    """
    async with parts.sessions() as session:
        job = await store.take(session, job_id)
        await session.commit()
        if job is None:
            return
        wait_s = FIRST_WAIT_S * 4 ** (job.attempts - 1) if job.attempts < MAX_ATTEMPTS else None
        try:
            job.result = await handlers[job.kind](parts, session, job)
            job.status, job.ended_at = JobStatus.DONE, datetime.now(UTC)
            await session.commit()
        except Exception as error:
            await session.rollback()
            _LOG.exception("a job failed", extra={"job_id": job_id, "wait_s": wait_s})
            failure = f"{type(error).__name__}: {error}"[:1000]
            await store.put_back(session, job_id, failure, wait_s)
            await session.commit()
            raise AttemptFailedError(failure, wait_s) from error
