"""What an endpoint asks for to leave something to be done: `jobs: JobsDep`."""

from typing import Annotated

from fastapi import BackgroundTasks, Depends, Request

from service.dependencies import SessionDep
from service.jobs.service import Engine, Jobs


async def engine(request: Request) -> Engine:
    """Return what has jobs done."""
    running: Engine = request.app.state.engine
    return running


async def jobs(session: SessionDep, after: BackgroundTasks, running: Annotated[Engine, Depends(engine)]) -> Jobs:
    """Return what this request records jobs with."""
    return Jobs(session, after, running)


JobsDep = Annotated[Jobs, Depends(jobs, scope="function")]
