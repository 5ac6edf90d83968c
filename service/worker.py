"""A worker: `python -m service.worker`, as many as there is work for, on PostgreSQL.

On SQLite there is none to start: the shop's one process does its jobs itself.
"""

import asyncio
import sys

from service import logs, parts
from service.jobs.distributed import Distributed
from service.settings import Settings
from service.work import HANDLERS

AT_ONCE = 4


async def work(settings: Settings, *, wait: bool = True) -> None:
    """Do jobs until somebody says stop; without `wait`, until none is left."""
    engine = Distributed(settings.database_url)
    async with parts.opened(settings) as opened, engine.app.open_async():
        engine.serve(opened, HANDLERS)
        await engine.take_up()
        await engine.app.run_worker_async(wait=wait, concurrency=AT_ONCE, install_signal_handlers=wait)


def main() -> int:
    """Run the command line."""
    settings = Settings()
    if not settings.has_workers:
        sys.stderr.write("BOOKSHOP_DATABASE_URL names no PostgreSQL; without one the shop does its jobs itself\n")
        return 2
    logs.configure(settings.log_level)
    asyncio.run(work(settings))
    return 0


if __name__ == "__main__":
    sys.exit(main())
