"""The table of reports, and what they are made of."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from service.database import NumberedRow
from service.orders.store import LineRow, OrderRow

MAX_LINES = 1000


class ReportRow(NumberedRow):
    """What was sold in some days."""

    __tablename__ = "reports"

    first_day: Mapped[date]
    days: Mapped[int]
    built_at: Mapped[datetime]
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


async def sales(session: AsyncSession, start: datetime, end: datetime) -> list[tuple[int, str, int, int]]:
    """Return book, title, copies and cents of what was paid from one moment until before another, most cents first."""
    cents = func.sum(LineRow.quantity * LineRow.price_cents)
    query = (
        select(LineRow.book_id, func.max(LineRow.title), func.sum(LineRow.quantity), cents)
        .join(OrderRow, LineRow.order_id == OrderRow.id)
        .where(OrderRow.paid_at >= start, OrderRow.paid_at < end)
        .group_by(LineRow.book_id)
        .order_by(cents.desc(), LineRow.book_id)
        .limit(MAX_LINES)
    )
    return [(book_id, title, int(copies), int(total)) for book_id, title, copies, total in await session.execute(query)]
