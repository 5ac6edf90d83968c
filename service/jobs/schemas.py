"""The bodies of jobs."""

from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from service.jobs.store import JobStatus, Kind
from service.paging import Page
from service.wire import Id, ResponseBody


class Job(ResponseBody):
    """Something that is done after the answer that asked for it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 12,
                    "kind": "build-report",
                    "status": "done",
                    "attempts": 2,
                    "asked_at": "2026-03-02T17:00:00Z",
                    "due_at": "2026-03-02T17:00:00Z",
                    "ended_at": "2026-03-02T17:00:01Z",
                    "result": "/reports/3",
                    "failure": "OperationalError: the database was restarted",
                }
            ]
        }
    )

    id: Id
    kind: Kind
    status: JobStatus
    attempts: Annotated[int, Field(ge=0, description="How often it was begun.")]
    asked_at: datetime
    due_at: Annotated[datetime, Field(description="Not begun, or not begun again, before then.")]
    ended_at: datetime | None
    result: Annotated[str | None, Field(description="The address of what it made.")]
    failure: Annotated[str | None, Field(description="Why an attempt failed, if one has; the last one that did.")]


class JobPage(Page[Job]):
    """Some of the jobs, in the order in which they were asked for."""
