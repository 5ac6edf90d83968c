"""What can be done with access logs."""

from collections import Counter
from datetime import UTC, date, datetime

from fastapi import HTTPException
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from service.events import store
from service.events.schemas import Visit
from service.events.store import VisitBatchRow
from service.jobs.service import Jobs
from service.jobs.store import JobRow, Kind
from service.parts import Parts


async def take_in(session: AsyncSession, jobs: Jobs, lines: bytes) -> JobRow:
    """Keep the lines, all or none, to be counted."""
    if not lines.strip():
        raise HTTPException(400, "There is no line.")
    visits = [_visit(number, line) for number, line in enumerate(lines.splitlines(), start=1)]
    batch = VisitBatchRow(visits=[visit.model_dump(mode="json") for visit in visits])
    session.add(batch)
    await session.flush()
    job = await jobs.later(Kind.COUNT_VISITS, {"batch_id": batch.id})
    await session.commit()
    return job


def _visit(number: int, line: bytes) -> Visit:
    try:
        return Visit.model_validate_json(line)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)[0]
        place = "".join(f"/{token}" for token in found["loc"])
        raise HTTPException(400, f"Line {number}{place}: {found['msg']}") from error


def _day(moment: datetime) -> date:
    """Return the day in UTC; the first and the last hours of time have none."""
    try:
        return moment.astimezone(UTC).date()
    except OverflowError:
        return moment.date()


async def count_visits(_parts: Parts, session: AsyncSession, job: JobRow) -> str:
    """Add a batch to the counts of its days, and forget it: in one transaction, so it is counted once."""
    batch = await session.get_one(VisitBatchRow, job.arguments["batch_id"])
    visits, errors = Counter[tuple[date, str]](), Counter[tuple[date, str]]()
    for visit in batch.visits:
        place = _day(datetime.fromisoformat(visit["at"])), visit["path"]
        visits[place] += 1
        errors[place] += visit["status"] >= 500
    # In one order, or two workers that count the same days wait for each other.
    await store.add(session, [(*place, visits[place], errors[place]) for place in sorted(visits)])
    await session.delete(batch)
    return "/visits"
