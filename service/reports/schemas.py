"""The bodies of reports."""

from datetime import date, datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from service.paging import Page
from service.reports.store import MAX_LINES
from service.wire import WHOLE, Day, Id, RequestBody, ResponseBody

Days = Annotated[int, Field(ge=1, le=366, description="How many days, the first one among them."), WHOLE]
Sum = Annotated[int, Field(ge=0)]


class NewReport(RequestBody):
    """The days to report about, in UTC."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"first_day": "2026-03-01", "days": 31}]})

    first_day: Day
    days: Days


class SalesLine(ResponseBody):
    """What was sold of one book."""

    book_id: Id
    title: str
    copies: Sum
    cents: Sum


class Report(ResponseBody):
    """What was sold in some days."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 3,
                    "first_day": "2026-03-01",
                    "days": 31,
                    "built_at": "2026-04-01T06:00:00Z",
                    "lines": [{"book_id": 1, "title": "The Waves", "copies": 2, "cents": 2598}],
                }
            ]
        }
    )

    id: Id
    first_day: date
    days: Days
    built_at: datetime
    lines: Annotated[list[SalesLine], Field(max_length=MAX_LINES, description="What sold for most comes first.")]


class ReportPage(Page[Report]):
    """Some of the reports, oldest first."""
