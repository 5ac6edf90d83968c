"""The bodies of events."""

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, ConfigDict, Field

from service.paging import Page
from service.wire import LINE, Id, RequestBody, ResponseBody

Address = Annotated[str, Field(min_length=1, max_length=200, pattern=LINE)]
Count = Annotated[int, Field(ge=0)]


class Visit(RequestBody):
    """One line of an access log."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"at": "2026-03-04T20:15:00Z", "path": "/books/1", "status": 200}]}
    )

    at: AwareDatetime
    path: Address
    status: Annotated[int, Field(ge=100, le=599)]


class DailyVisits(ResponseBody):
    """How often an address was asked for on one day."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"id": 9, "day": "2026-03-04", "path": "/books/1", "visits": 120, "errors": 2}]}
    )

    id: Id
    day: date
    path: Address
    visits: Count
    errors: Annotated[Count, Field(description="Visits that were answered with a status from 500 on.")]


class DailyVisitsPage(Page[DailyVisits]):
    """Some of the counts, in the order in which they were begun."""
