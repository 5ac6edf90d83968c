"""The operations on access logs, for the staff."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from service import document, problem
from service.accounts.dependencies import STAFF_ONLY
from service.dependencies import SessionDep
from service.events import service, store
from service.events.schemas import DailyVisitsPage
from service.events.store import DailyVisitsRow
from service.jobs.dependencies import JobsDep
from service.jobs.schemas import Job
from service.paging import Cursor, Limit, read_page
from service.wire import Day

router = APIRouter(tags=["events"], dependencies=[STAFF_ONLY])

OneDay = Annotated[Day | None, Query(description="One day only, in UTC.", examples=["2026-03-04"])]

NDJSON = {
    "requestBody": {
        "description": "One JSON object a line, each a `Visit`.",
        "required": True,
        "content": {
            "application/x-ndjson": {
                "schema": {
                    "type": "string",
                    "contentMediaType": "application/x-ndjson",
                    "contentSchema": {"$ref": "#/components/schemas/Visit"},
                },
                "example": '{"at": "2026-03-04T20:15:00Z", "path": "/books/1", "status": 200}\n'
                '{"at": "2026-03-04T20:15:07Z", "path": "/books/2", "status": 500}\n',
            }
        },
    }
}


@router.post(
    "/events",
    status_code=202,
    summary="Send access-log lines",
    response_description="The job that counts them.",
    openapi_extra=NDJSON,
    responses={202: document.located("/jobs/{id}"), **problem.responses(400, 401, 403, 413)},
)
async def send_events(request: Request, session: SessionDep, jobs: JobsDep, response: Response) -> Job:
    """Hand in lines of an access log, to be counted. Answers 400, and takes none, where one of them is no visit."""
    job = await service.take_in(session, jobs, await request.body())
    response.headers["Location"] = f"/jobs/{job.id}"
    return Job.model_validate(job)


@router.get(
    "/visits",
    summary="List the visits of each day",
    response_description="A page of counts.",
    responses=problem.responses(401, 403, 422),
)
async def list_visits(
    session: SessionDep, day: OneDay = None, limit: Limit = 20, cursor: Cursor = 0
) -> DailyVisitsPage:
    """List how often each address was asked for on each day."""
    return await read_page(DailyVisitsPage, session, store.on(day), DailyVisitsRow, cursor, limit)
