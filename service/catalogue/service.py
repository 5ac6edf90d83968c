"""What can be done with the catalogue."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from fastapi import HTTPException
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from service.catalogue import store
from service.catalogue.schemas import BookFacts, NewBook, StockCount
from service.catalogue.store import BookRow, CoverRow

# Every change is one statement that says whether it met its book, and the database says whether the change is allowed:
# looking first would leave a moment for somebody else.

COLUMNS = ("id", "title", "author", "isbn", "genre", "price_cents", "stock")

_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}
"""What a picture starts with; the media type that it was sent with is the sender's to choose."""

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


async def replace(session: AsyncSession, book_id: int, facts: BookFacts, if_match: str | None) -> BookRow:
    """Say anew all there is to say about a book; with an entity tag, only where it is still the book's."""
    version = None if if_match in {None, "*"} else int(if_match.strip('"'))
    try:
        book = await store.change(session, book_id, version, **facts.model_dump())
    except IntegrityError as error:
        raise HTTPException(409, _ISBN_TAKEN) from error
    if book is None:
        await read(session, book_id)
        raise HTTPException(412, "The book was changed meanwhile.")
    await session.commit()
    return book


async def count_stock(session: AsyncSession, book_id: int, count: StockCount) -> BookRow:
    """Set how many copies of a book are there."""
    book = await store.change(session, book_id, stock=count.stock)
    if book is None:
        raise HTTPException(404, _ABSENT)
    await session.commit()
    return book


async def set_cover(session: AsyncSession, book_id: int, content: bytes) -> None:
    """Put a picture on a book, in place of another if there is one."""
    media_type = next((kind for start, kind in _PICTURES.items() if content.startswith(start)), None)
    if media_type is None:
        raise HTTPException(415, "The cover is no PNG, JPEG or GIF.")
    try:
        await session.merge(CoverRow(book_id=book_id, media_type=media_type, content=content))
        await session.commit()
    except IntegrityError as error:
        raise HTTPException(404, _ABSENT) from error


async def read_cover(session: AsyncSession, book_id: int) -> CoverRow:
    """Return the picture on a book."""
    cover = await session.get(CoverRow, book_id)
    if cover is None:
        raise HTTPException(404, "There is no such book, or no picture on it.")
    return cover


async def export(sessions: async_sessionmaker[AsyncSession]) -> AsyncIterator[str]:
    """Yield the catalogue as CSV (RFC 4180), the rows as they come from the database; none waits for the last one."""
    line = io.StringIO()
    write = csv.writer(line).writerow
    write(COLUMNS)
    async with sessions() as session:
        async for book in await session.stream_scalars(select(BookRow).order_by(BookRow.id)):
            write([getattr(book, name) for name in COLUMNS])
            yield line.getvalue()
            line.seek(0)
            line.truncate()
    yield line.getvalue()


async def remove(session: AsyncSession, book_id: int) -> None:
    """Take a book off sale, unless the shop's records need it."""
    try:
        met = await store.remove(session, book_id)
    except IntegrityError as error:
        raise HTTPException(409, "There are orders of this book.") from error
    if not met:
        raise HTTPException(404, _ABSENT)
    await session.commit()
