"""Jobs in the process of the shop itself: after the answer that asked for them, or when they are due.

One process owns the database then. What it leaves undone when it ends, however it ends, it does when it starts again.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from service.jobs import store
from service.jobs.service import FIRST_WAIT_S, AttemptFailedError, Handler, attempt
from service.jobs.store import JobRow, Kind
from service.parts import Parts

AT_ONCE = 4
"""Jobs that run side by side; the others wait, so that requests find a connection free."""

_LOG = logging.getLogger(__name__)


class Embedded:
    """Runs jobs on the event loop that also answers requests."""

    def __init__(self, parts: Parts, handlers: Mapping[Kind, Handler]) -> None:
        """Take what does each kind of job."""
        self._parts = parts
        self._handlers = handlers
        self._free = asyncio.Semaphore(AT_ONCE)
        self._running = set[asyncio.Task[None]]()
        self._timers = dict[int, asyncio.TimerHandle]()
        self._closing = False

    async def hand_over(self, session: AsyncSession, job: JobRow) -> None:
        """Need nothing but the row."""

    async def start(self, job_id: int, delay_s: float) -> None:
        """Do a job now, or set a clock."""
        if delay_s > 0:
            self._wait(job_id, delay_s)
        else:
            await self.run(job_id)

    async def run(self, job_id: int) -> None:
        """Do a job; if it fails, again later."""
        async with self._free:
            try:
                await attempt(self._parts, self._handlers, job_id)
            except AttemptFailedError as error:
                self._wait(job_id, error.wait_s)
            except SQLAlchemyError:  # the database is away: the job is as it was, begun and not ended
                _LOG.exception("a job was neither done nor put back", extra={"job_id": job_id})
                self._wait(job_id, FIRST_WAIT_S)

    def _wait(self, job_id: int, wait_s: float | None) -> None:
        if wait_s is None or self._closing:
            return
        self._timers[job_id] = asyncio.get_running_loop().call_later(wait_s, self._start, job_id)

    def _start(self, job_id: int) -> None:
        self._timers.pop(job_id, None)
        task = asyncio.create_task(self.run(job_id))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def resume(self) -> None:
        """Take up what the last process left."""
        async with self._parts.sessions() as session:
            undone = await store.undone(session)
        now = datetime.now(UTC)
        for job_id, due_at in undone.items():
            self._wait(job_id, max(0, (due_at - now).total_seconds()))

    async def close(self) -> None:
        """Let what is running come to its end; the rest stays queued."""
        self._closing = True
        for timer in self._timers.values():
            timer.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)


@asynccontextmanager
async def opened(parts: Parts, handlers: Mapping[Kind, Handler]) -> AsyncIterator[Embedded]:
    """Take up what is left undone, and run jobs until the block ends."""
    engine = Embedded(parts, handlers)
    await engine.resume()
    try:
        yield engine
    finally:
        await engine.close()
