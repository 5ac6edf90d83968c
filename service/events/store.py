"""The tables of log lines that wait to be counted, and of what was counted."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import JSON, Select, String, UniqueConstraint, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from service.database import NumberedRow


class VisitBatchRow(NumberedRow):
    """What one request has brought, until it is counted."""

    __tablename__ = "visit_batches"

    visits: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class DailyVisitsRow(NumberedRow):
    """How often an address was asked for on one day, in UTC."""

    __tablename__ = "daily_visits"
    __table_args__ = (UniqueConstraint("day", "path"), NumberedRow.__table_args__)

    day: Mapped[date]
    path: Mapped[str] = mapped_column(String(200))
    visits: Mapped[int]
    errors: Mapped[int]


def on(day: date | None) -> Select[DailyVisitsRow]:
    """Select the counts of one day, or of all."""
    return select(DailyVisitsRow) if day is None else select(DailyVisitsRow).where(DailyVisitsRow.day == day)


async def add(session: AsyncSession, counts: Iterable[tuple[date, str, int, int]]) -> None:
    """Add to what was counted before, or begin to count: day, address, visits, errors."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = insert(DailyVisitsRow)
    counted = new.on_conflict_do_update(
        index_elements=["day", "path"],
        set_={
            "visits": DailyVisitsRow.visits + new.excluded.visits,
            "errors": DailyVisitsRow.errors + new.excluded.errors,
        },
    )
    names = ("day", "path", "visits", "errors")
    await session.execute(counted, [dict(zip(names, count, strict=True)) for count in counts])
