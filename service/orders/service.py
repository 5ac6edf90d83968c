"""What can be done with orders.

Copies leave the shelf when an order is placed, so that nobody pays for what is not there. They come back when it is
cancelled, and an order that nobody pays is cancelled after a while.
"""

import hashlib
from datetime import UTC, datetime

from fastapi import HTTPException
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from service.accounts.store import AccountRow
from service.catalogue import store as catalogue
from service.jobs.service import Jobs
from service.jobs.store import JobRow, Kind
from service.orders import store
from service.orders.schemas import NewOrder
from service.orders.store import LineRow, OrderRow, OrderStatus
from service.parts import Parts
from service.settings import Settings

_BOOK_ABSENT = "One of the books does not exist."


async def place(
    session: AsyncSession, jobs: Jobs, settings: Settings, account_id: int, new: NewOrder, key: str | None
) -> OrderRow:
    """Take the copies off the shelf, all or none, at today's prices; once for each key."""
    fingerprint = hashlib.sha256(new.model_dump_json().encode()).hexdigest()
    known = await store.find_by_key(session, account_id, key)
    if known is not None:
        return _same(known, fingerprint)
    order = OrderRow(
        account_id=account_id,
        status=OrderStatus.PENDING,
        placed_at=datetime.now(UTC),
        idempotency_key=key,
        fingerprint=fingerprint,
        lines=await _lines(session, new),
    )
    session.add(order)
    try:
        await session.flush()
        for line in sorted(
            order.lines, key=lambda line: line.book_id
        ):  # in one order, or two buyers wait for each other
            if not await catalogue.take(session, line.book_id, line.quantity):
                raise HTTPException(409, f"There are not enough copies of {line.title}.")
        await jobs.later(Kind.EXPIRE_ORDER, {"order_id": order.id}, delay_s=settings.order_lifetime_s)
        await session.commit()
    except IntegrityError as error:
        await session.rollback()
        known = await store.find_by_key(session, account_id, key)
        if known is None:  # a book was removed meanwhile
            raise HTTPException(404, _BOOK_ABSENT) from error
        return _same(known, fingerprint)  # the same request, sent twice at the same time
    return order


async def _lines(session: AsyncSession, new: NewOrder) -> list[LineRow]:
    books = await catalogue.find_all(session, {line.book_id for line in new.lines})
    if any(line.book_id not in books for line in new.lines):
        raise HTTPException(404, _BOOK_ABSENT)
    return [
        LineRow(
            book_id=line.book_id,
            title=books[line.book_id].title,
            price_cents=books[line.book_id].price_cents,
            quantity=line.quantity,
        )
        for line in new.lines
    ]


def _same(known: OrderRow, fingerprint: str) -> OrderRow:
    if known.fingerprint != fingerprint:
        raise HTTPException(409, "Another order was placed with this key.")
    return known


async def read(session: AsyncSession, account: AccountRow, order_id: int) -> OrderRow:
    """Return one of an account's orders; another's does not exist for it, so that ids tell nothing."""
    order = await session.scalar(store.of_account(account.id).where(OrderRow.id == order_id))
    if order is None:
        raise HTTPException(404, "You have no such order.")
    return order


async def pay(session: AsyncSession, jobs: Jobs, account: AccountRow, order_id: int) -> OrderRow:
    """Take the money, of which this shop has no notion, and promise a confirmation."""
    order = await read(session, account, order_id)
    if not await store.leave_pending(session, order, status=OrderStatus.PAID, paid_at=datetime.now(UTC)):
        raise HTTPException(409, f"The order is {order.status}.")
    await jobs.later(Kind.CONFIRM_ORDER, {"order_id": order.id})
    await session.commit()
    return order


async def cancel(session: AsyncSession, account: AccountRow, order_id: int) -> OrderRow:
    """Give an order up."""
    order = await read(session, account, order_id)
    if not await _put_back(session, order):
        raise HTTPException(409, f"The order is {order.status}.")
    await session.commit()
    return order


async def _put_back(session: AsyncSession, order: OrderRow) -> bool:
    """Cancel a pending order and return its copies to the shelf; False if it is not pending."""
    if not await store.leave_pending(session, order, status=OrderStatus.CANCELLED):
        return False
    for line in sorted(order.lines, key=lambda line: line.book_id):
        await catalogue.put(session, line.book_id, line.quantity)
    return True


async def confirm(parts: Parts, session: AsyncSession, job: JobRow) -> None:
    """Send the mail that an order is paid, unless the account was closed meanwhile and has no address any more."""
    order = await session.get_one(OrderRow, job.arguments["order_id"])
    account = await session.get_one(AccountRow, order.account_id)
    if account.email is not None:
        lines = "\n".join(f"{line.quantity} x {line.title}" for line in order.lines)
        text = f"You have paid {order.total_cents / 100:.2f} for\n\n{lines}\n"
        await parts.mailer.send(f"order-{order.id}", account.email, f"Your order {order.id} is paid", text)


async def expire(_parts: Parts, session: AsyncSession, job: JobRow) -> None:
    """Give up an order that nobody has paid in time."""
    await _put_back(session, await session.get_one(OrderRow, job.arguments["order_id"]))
