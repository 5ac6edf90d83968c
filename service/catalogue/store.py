"""The tables of books and their covers, and what is asked of them."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Enum, ForeignKey, LargeBinary, Select, String, case, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from service.database import Base, NumberedRow

MAX_STOCK = 1_000_000


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
    version: Mapped[int] = mapped_column(default=1)
    """One more at every change."""

    @property
    def tag(self) -> str:
        """Return the entity tag (RFC 9110, section 8.8.3) of the book as it is now."""
        return f'"{self.version}"'


class CoverRow(Base):
    """The picture on a book."""

    __tablename__ = "covers"

    book_id: Mapped[int] = mapped_column(ForeignKey("books.id", ondelete="CASCADE"), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(20))
    content: Mapped[bytes] = mapped_column(LargeBinary)


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


async def change(session: AsyncSession, book_id: int, version: int | None = None, **values: object) -> BookRow | None:
    """Overwrite some columns of a book and return it, or None where there is no such book in that version."""
    met = update(BookRow).where(BookRow.id == book_id)
    if version is not None:
        met = met.where(BookRow.version == version)
    return await session.scalar(met.values(**values, version=BookRow.version + 1).returning(BookRow))


async def remove(session: AsyncSession, book_id: int) -> bool:
    """Delete a book; False where there is no such book."""
    return await session.scalar(delete(BookRow).where(BookRow.id == book_id).returning(BookRow.id)) is not None


async def take(session: AsyncSession, book_id: int, quantity: int) -> bool:
    """Take copies off the shelf, in one statement, so that no two customers get the same one; False if too few."""
    enough = update(BookRow).where(BookRow.id == book_id, BookRow.stock >= quantity)
    taken = enough.values(stock=BookRow.stock - quantity, version=BookRow.version + 1).returning(BookRow.id)
    return await session.scalar(taken) is not None


async def put(session: AsyncSession, book_id: int, quantity: int) -> None:
    """Put copies on the shelf, as many as fit: a count may have been higher than what was there."""
    stock = case((BookRow.stock + quantity > MAX_STOCK, MAX_STOCK), else_=BookRow.stock + quantity)
    await change(session, book_id, stock=stock)
