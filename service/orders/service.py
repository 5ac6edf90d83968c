"""What can be done with orders.

Copies leave the shelf when an order is paid, and not when it is placed: a forgotten order holds nothing back.
"""

from datetime import UTC, datetime

from fastapi import HTTPException
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from service.accounts.store import AccountRow
from service.catalogue import store as catalogue
from service.orders import store
from service.orders.schemas import NewOrder
from service.orders.store import LineRow, OrderRow, OrderStatus

_BOOK_ABSENT = "One of the books does not exist."


async def place(session: AsyncSession, account: AccountRow, new: NewOrder) -> OrderRow:
    """Write down what an account wants, at today's prices."""
    books = await catalogue.find_all(session, {line.book_id for line in new.lines})
    if any(line.book_id not in books for line in new.lines):
        raise HTTPException(404, _BOOK_ABSENT)
    lines = [
        LineRow(
            book_id=line.book_id,
            title=books[line.book_id].title,
            price_cents=books[line.book_id].price_cents,
            quantity=line.quantity,
        )
        for line in new.lines
    ]
    order = OrderRow(account_id=account.id, status=OrderStatus.PENDING, placed_at=datetime.now(UTC), lines=lines)
    session.add(order)
    try:
        await session.commit()
    except IntegrityError as error:  # a book was removed meanwhile
        raise HTTPException(404, _BOOK_ABSENT) from error
    return order


async def read(session: AsyncSession, account: AccountRow, order_id: int) -> OrderRow:
    """Return one of an account's orders; another's does not exist for it, so that ids tell nothing."""
    order = await session.scalar(store.of_account(account.id).where(OrderRow.id == order_id))
    if order is None:
        raise HTTPException(404, "You have no such order.")
    return order


async def pay(session: AsyncSession, account: AccountRow, order_id: int) -> OrderRow:
    """Take the copies off the shelf, all or none."""
    order = await read(session, account, order_id)
    if not await store.leave_pending(session, order, OrderStatus.PAID):
        raise HTTPException(409, f"The order is {order.status}.")
    for line in order.lines:
        if not await catalogue.take(session, line.book_id, line.quantity):
            raise HTTPException(409, f"There are not enough copies of {line.title}.")
    await session.commit()
    return order


async def cancel(session: AsyncSession, account: AccountRow, order_id: int) -> OrderRow:
    """Give an order up."""
    order = await read(session, account, order_id)
    if not await store.leave_pending(session, order, OrderStatus.CANCELLED):
        raise HTTPException(409, f"The order is {order.status}.")
    await session.commit()
    return order
