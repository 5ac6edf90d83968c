"""The table of models, and what they are learned from."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, String, delete, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from service.database import NumberedRow
from service.orders.store import LineRow, OrderRow, OrderStatus
from service.reviews.store import ReviewRow

KEPT = 5
"""Models that are kept, the present one among them."""


class ModelRow(NumberedRow):
    """What was learned at some time; its id is its version."""

    __tablename__ = "models"

    trained_at: Mapped[datetime]
    books: Mapped[int]
    opinions: Mapped[int]
    learned_from: Mapped[str] = mapped_column(String(64))
    """A hash of the opinions."""
    neighbours: Mapped[bytes] = mapped_column(LargeBinary)


async def latest(session: AsyncSession) -> ModelRow | None:
    """Return the present model, if there is one."""
    return await session.scalar(select(ModelRow).order_by(ModelRow.id.desc()).limit(1))


async def forget_old(session: AsyncSession) -> None:
    """Delete all but the last few."""
    kept = select(ModelRow.id).order_by(ModelRow.id.desc()).limit(KEPT)
    await session.execute(delete(ModelRow).where(ModelRow.id.not_in(kept)))


async def opinions(session: AsyncSession) -> list[tuple[int, int, float]]:
    """Return who likes what how much: what was bought is liked, and a review says how much."""
    bought = (
        select(OrderRow.account_id, LineRow.book_id, literal(0.6))
        .join(LineRow, LineRow.order_id == OrderRow.id)
        .where(OrderRow.status == OrderStatus.PAID)
    )
    reviewed = select(ReviewRow.account_id, ReviewRow.book_id, ReviewRow.stars / literal(5.0))
    found: Iterable[Any] = await session.execute(union_all(bought, reviewed))  # of which no row type is known
    return sorted((account, book, liking) for account, book, liking in found)


async def liked_by(session: AsyncSession, account_id: int) -> set[int]:
    """Return the books that an account has bought or reviewed."""
    bought = (
        select(LineRow.book_id)
        .join(OrderRow, LineRow.order_id == OrderRow.id)
        .where(OrderRow.status == OrderStatus.PAID, OrderRow.account_id == account_id)
    )
    reviewed = select(ReviewRow.book_id).where(ReviewRow.account_id == account_id)
    return set(await session.scalars(union_all(bought, reviewed)))
