"""What can be done with reports."""

import io
from datetime import UTC, date, datetime, time, timedelta

import xlsxwriter
from fastapi import HTTPException
from sqlalchemy.ext.asyncio import AsyncSession

from service.jobs.store import JobRow
from service.parts import Parts
from service.reports import store
from service.reports.store import ReportRow

COLUMNS = ("book_id", "title", "copies", "cents")


async def build(_parts: Parts, session: AsyncSession, job: JobRow) -> str:
    """Add up what was sold."""
    first_day, days = date.fromisoformat(job.arguments["first_day"]), job.arguments["days"]
    sold = await store.sales(session, _midnight(first_day, 0), _midnight(first_day, days))
    lines = [dict(zip(COLUMNS, line, strict=True)) for line in sold]
    report = ReportRow(first_day=first_day, days=days, built_at=datetime.now(UTC), lines=lines)
    session.add(report)
    await session.flush()
    return f"/reports/{report.id}"


def _midnight(day: date, later: int) -> datetime:
    """Return the start of a day some days later; time ends with the year 9999."""
    return datetime.combine(day + min(timedelta(days=later), date.max - day), time.min, UTC)


async def read(session: AsyncSession, report_id: int) -> ReportRow:
    """Return a report."""
    report = await session.get(ReportRow, report_id)
    if report is None:
        raise HTTPException(404, "There is no such report.")
    return report


def workbook(report: ReportRow) -> bytes:
    """Write a report as a spreadsheet (Office Open XML). Keeps the thread busy until it is written."""
    file = io.BytesIO()
    # Titles are what somebody typed; none of them becomes a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("Sales")
        sheet.write_row(0, 0, COLUMNS)
        for number, line in enumerate(report.lines, start=1):
            sheet.write_row(number, 0, [line[name] for name in COLUMNS])
    return file.getvalue()
