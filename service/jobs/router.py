"""The operations on jobs, for the staff."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query
from sqlalchemy import select

from service import problem
from service.accounts.dependencies import STAFF_ONLY
from service.dependencies import SessionDep
from service.jobs.schemas import Job, JobPage
from service.jobs.store import JobRow, JobStatus
from service.paging import Cursor, Limit, nothing, read_page
from service.wire import MAX_ID, WHOLE

router = APIRouter(prefix="/jobs", tags=["jobs"], dependencies=[STAFF_ONLY])

JobId = Annotated[int, Path(ge=1, le=MAX_ID, description="A job's `id`.", examples=[12]), WHOLE]
Statuses = Annotated[
    list[JobStatus],
    Query(default_factory=nothing, max_length=len(JobStatus), description="How far they are; all where none is given."),
]


@router.get(
    "", summary="List the jobs", response_description="A page of jobs.", responses=problem.responses(401, 403, 422)
)
async def list_jobs(*, session: SessionDep, status: Statuses, limit: Limit = 20, cursor: Cursor = 0) -> JobPage:
    """List the jobs, oldest first: those that failed, for somebody to look after, or those that wait."""
    found = select(JobRow)
    if status:
        found = found.where(JobRow.status.in_(status))
    return await read_page(JobPage, session, found, JobRow, cursor, limit)


@router.get(
    "/{job_id}", summary="Read a job", response_description="The job.", responses=problem.responses(401, 403, 404, 422)
)
async def read_job(job_id: JobId, session: SessionDep) -> Job:
    """Show how far a job is, and where to find what it made."""
    job = await session.get(JobRow, job_id)
    if job is None:
        raise HTTPException(404, "There is no such job.")
    return Job.model_validate(job)
