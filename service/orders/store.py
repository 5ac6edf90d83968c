"""The tables of orders and their lines, and what is asked of them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Enum, ForeignKey, Select, String, UniqueConstraint, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.database import NumberedRow


class OrderStatus(StrEnum):
    """How far an order is; only a pending one can still change."""

    PENDING = "pending"
    PAID = "paid"
    CANCELLED = "cancelled"


class OrderRow(NumberedRow):
    """What an account wants to buy."""

    __tablename__ = "orders"
    __table_args__ = (UniqueConstraint("account_id", "idempotency_key"), NumberedRow.__table_args__)

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    status: Mapped[OrderStatus] = mapped_column(Enum(OrderStatus, native_enum=False, length=20))
    placed_at: Mapped[datetime]
    paid_at: Mapped[datetime | None] = mapped_column(index=True)
    idempotency_key: Mapped[str | None] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(64))
    """Of the request that placed it, so that the same key is not taken for another order."""
    lines: Mapped[list["LineRow"]] = relationship(order_by="LineRow.id", lazy="selectin")

    @property
    def total_cents(self) -> int:
        """Return what the order costs."""
        return sum(line.quantity * line.price_cents for line in self.lines)


class LineRow(NumberedRow):
    """Some copies of one book, with its title and price on the day of the order."""

    __tablename__ = "order_lines"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("books.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    price_cents: Mapped[int]
    quantity: Mapped[int]


def of_account(account_id: int) -> Select[OrderRow]:
    """Select the orders of one account."""
    return select(OrderRow).where(OrderRow.account_id == account_id)


async def find_by_key(session: AsyncSession, account_id: int, key: str | None) -> OrderRow | None:
    """Return the order that an account has placed under a key."""
    return None if key is None else await session.scalar(of_account(account_id).where(OrderRow.idempotency_key == key))


async def leave_pending(session: AsyncSession, order: OrderRow, **values: object) -> bool:
    """Move a pending order on, in one statement, so that it is paid or cancelled once; False if it is not pending."""
    pending = update(OrderRow).where(OrderRow.id == order.id, OrderRow.status == OrderStatus.PENDING)
    return await session.scalar(pending.values(values).returning(OrderRow.id)) is not None
