"""The table of books, and what is asked of it."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Enum, Select, String, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from service.database import NumberedRow


class Genre(StrEnum):
    """The shelf a book stands on."""

    CHILDREN = "children"
    CRIME = "crime"
    FICTION = "fiction"
    POETRY = "poetry"
    SCIENCE = "science"


class BookRow(NumberedRow):
    """A title, and how many copies of it are there."""

    __tablename__ = "books"

    title: Mapped[str] = mapped_column(String(200))
    author: Mapped[str] = mapped_column(String(200))
    isbn: Mapped[str] = mapped_column(String(13), unique=True)
    genre: Mapped[Genre] = mapped_column(Enum(Genre, native_enum=False, length=20))
    price_cents: Mapped[int]
    stock: Mapped[int]
    added_at: Mapped[datetime]


def search(words: str, genres: Collection[Genre], max_price_cents: int) -> Select[BookRow]:
    """Select the books whose title or author holds the words, on any of the shelves, or on all where none is given."""
    query = select(BookRow).where(BookRow.price_cents <= max_price_cents)
    if words:
        query = query.where(
            or_(BookRow.title.icontains(words, autoescape=True), BookRow.author.icontains(words, autoescape=True))
        )
    if genres:
        query = query.where(BookRow.genre.in_(genres))
    return query


async def find_all(session: AsyncSession, book_ids: Collection[int]) -> dict[int, BookRow]:
    """Return those of the books that exist, by id."""
    rows = await session.scalars(select(BookRow).where(BookRow.id.in_(book_ids)))
    return {row.id: row for row in rows}


async def change(session: AsyncSession, book_id: int, **values: object) -> BookRow | None:
    """Overwrite some columns of a book and return it, or None where there is no such book."""
    return await session.scalar(update(BookRow).where(BookRow.id == book_id).values(values).returning(BookRow))


async def remove(session: AsyncSession, book_id: int) -> bool:
    """Delete a book; False where there is no such book."""
    return await session.scalar(delete(BookRow).where(BookRow.id == book_id).returning(BookRow.id)) is not None


async def take(session: AsyncSession, book_id: int, quantity: int) -> bool:
    """Take copies off the shelf, in one statement, so that no two customers get the same one; False if too few."""
    enough = update(BookRow).where(BookRow.id == book_id, BookRow.stock >= quantity)
    taken = enough.values(stock=BookRow.stock - quantity).returning(BookRow.id)
    return await session.scalar(taken) is not None
