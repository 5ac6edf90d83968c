"""What can be done with the catalogue."""

from datetime import UTC, datetime

from fastapi import HTTPException
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from service.catalogue import store
from service.catalogue.schemas import BookFacts, NewBook, StockCount
from service.catalogue.store import BookRow

# Every change is one statement that says whether it met its book, and the database says whether the change is allowed:
# looking first would leave a moment for somebody else.

_ABSENT = "There is no such book."
_ISBN_TAKEN = "Another book has this ISBN."


async def add(session: AsyncSession, new: NewBook) -> BookRow:
    """Put a book on sale."""
    book = BookRow(**new.model_dump(), added_at=datetime.now(UTC))
    session.add(book)
    try:
        await session.commit()
    except IntegrityError as error:
        raise HTTPException(409, _ISBN_TAKEN) from error
    return book


async def read(session: AsyncSession, book_id: int) -> BookRow:
    """Return a book."""
    book = await session.get(BookRow, book_id)
    if book is None:
        raise HTTPException(404, _ABSENT)
    return book


async def replace(session: AsyncSession, book_id: int, facts: BookFacts) -> BookRow:
    """Say anew all there is to say about a book."""
    try:
        book = await store.change(session, book_id, **facts.model_dump())
    except IntegrityError as error:
        raise HTTPException(409, _ISBN_TAKEN) from error
    if book is None:
        raise HTTPException(404, _ABSENT)
    await session.commit()
    return book


async def count_stock(session: AsyncSession, book_id: int, count: StockCount) -> BookRow:
    """Set how many copies of a book are there."""
    book = await store.change(session, book_id, stock=count.stock)
    if book is None:
        raise HTTPException(404, _ABSENT)
    await session.commit()
    return book


async def remove(session: AsyncSession, book_id: int) -> None:
    """Take a book off sale, unless the shop's records need it."""
    try:
        met = await store.remove(session, book_id)
    except IntegrityError as error:
        raise HTTPException(409, "There are orders of this book.") from error
    if not met:
        raise HTTPException(404, _ABSENT)
    await session.commit()
