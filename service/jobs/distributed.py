"""Jobs on PostgreSQL, by Procrastinate: in any number of worker processes, on any number of machines."""

from collections.abc import Mapping

from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision
from procrastinate.jobs import Job
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncSession

from service.jobs.service import AttemptFailedError, Handler, attempt
from service.jobs.store import JobRow, Kind
from service.parts import Parts

ATTEMPT = "bookshop.attempt"
TAKE_UP = "bookshop.take_up"
HEARTBEAT_S = 5.0
STALLED_S = 20.0
"""A worker that was not heard of for so long is dead; what it was doing is done by another."""


class _AsItSays(BaseRetryStrategy):
    """Tries again when the failure says, and not where it gives the job up."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        del job
        if not isinstance(exception, AttemptFailedError) or exception.wait_s is None:
            return None
        return RetryDecision(retry_in={"seconds": round(exception.wait_s)})


class Distributed:
    """Hands jobs to the workers."""

    def __init__(self, url: str) -> None:
        """Take the shop's own database; workers, and nobody else, connect to it through this."""
        address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self.app = App(
            connector=PsycopgConnector(conninfo=address),
            worker_defaults={"update_heartbeat_interval": HEARTBEAT_S, "stalled_worker_timeout": STALLED_S},
        )

    def serve(self, parts: Parts, handlers: Mapping[Kind, Handler]) -> None:
        """Become a worker: one who knows what does each kind of job."""

        @self.app.task(name=ATTEMPT, retry=_AsItSays())
        async def run(job_id: int) -> None:
            # Procrastinate gives a job to one worker at a time; one that is running was left by a worker that died.
            await attempt(parts, handlers, job_id)

        @self.app.periodic(cron="* * * * *")
        @self.app.task(name=TAKE_UP, queueing_lock=TAKE_UP)
        async def take_up(timestamp: int) -> None:
            del timestamp
            await self.take_up()

    async def hand_over(self, session: AsyncSession, job: JobRow) -> None:
        """Queue a job within the transaction that records it: on its very connection."""
        raw = await (await session.connection()).get_raw_connection()
        connection = raw.driver_connection
        deferrer = self.app.configure_task(ATTEMPT, connection=connection, schedule_at=job.due_at)
        await deferrer.defer_async(job_id=job.id)

    async def start(self, job_id: int, delay_s: float) -> None:
        """Do nothing: the commit has told the workers."""

    async def take_up(self) -> None:
        """Queue anew what dead workers were doing."""
        for job in await self.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_S):
            await self.app.job_manager.retry_job(job)
