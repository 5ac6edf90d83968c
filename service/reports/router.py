"""The operations on reports, for the staff."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from sqlalchemy import select

from service import document, problem
from service.accounts.dependencies import STAFF_ONLY
from service.dependencies import SessionDep
from service.jobs.dependencies import JobsDep
from service.jobs.schemas import Job
from service.jobs.store import Kind
from service.paging import Cursor, Limit, read_page
from service.reports import service
from service.reports.schemas import NewReport, Report, ReportPage
from service.reports.store import ReportRow
from service.wire import MAX_ID, WHOLE

router = APIRouter(prefix="/reports", tags=["reports"], dependencies=[STAFF_ONLY])

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ReportId = Annotated[int, Path(ge=1, le=MAX_ID, description="A report's `id`.", examples=[3]), WHOLE]


async def _report(report_id: ReportId, session: SessionDep) -> ReportRow:
    return await service.read(session, report_id)


@router.post(
    "",
    status_code=202,
    summary="Ask for a sales report",
    response_description="The job that builds it.",
    responses={202: document.located("/jobs/{id}"), **problem.responses(400, 401, 403, 413, 422)},
)
async def request_report(new: NewReport, session: SessionDep, jobs: JobsDep, response: Response) -> Job:
    """Have a report built. The `Location` says how far it is; once it is done, `result` says where the report is."""
    job = await jobs.later(Kind.BUILD_REPORT, new.model_dump(mode="json"))
    await session.commit()
    response.headers["Location"] = f"/jobs/{job.id}"
    return Job.model_validate(job)


@router.get(
    "",
    summary="List the reports",
    response_description="A page of reports.",
    responses=problem.responses(401, 403, 422),
)
async def list_reports(session: SessionDep, limit: Limit = 20, cursor: Cursor = 0) -> ReportPage:
    """List the reports that were built, oldest first."""
    return await read_page(ReportPage, session, select(ReportRow), ReportRow, cursor, limit)


@router.get(
    "/{report_id}",
    summary="Read a report",
    response_description="The report.",
    responses=problem.responses(401, 403, 404, 422),
)
async def read_report(report: Annotated[ReportRow, Depends(_report, scope="function")]) -> Report:
    """Show what was sold, by book."""
    return Report.model_validate(report)


@router.get(
    "/{report_id}/workbook",
    summary="Download a report",
    response_class=Response,
    response_description="The report as a spreadsheet.",
    responses={200: document.file(XLSX), **problem.responses(401, 403, 404, 422)},
)
def download_workbook(report: Annotated[ReportRow, Depends(_report, scope="function")]) -> Response:
    """Send a report as a spreadsheet."""
    # A plain `def`: the library writes the file while nothing else can happen in its thread, which is not the loop's.
    return Response(service.workbook(report), media_type=XLSX)
