"""The shop's database: SQLAlchemy 2 on an async driver, SQLite unless the settings name another."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, TypeDecorator, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

BUSY_TIMEOUT_S = 30
"""How long a writer waits for the writers before it: SQLite has one at a time."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, aware of its zone in Python and stored as UTC; SQLite itself keeps no zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Drop the zone after moving to UTC; a naive moment is a mistake of ours and is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no zone, expected an aware datetime")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return value and value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """What every table shares; integers are 64 bits wide wherever the database lets us choose."""

    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it once, at class creation
        int: BigInteger().with_variant(Integer(), "sqlite"),
        datetime: UtcDateTime(),
    }


class NumberedRow(Base):
    """A row with an id that is never given twice, so that an old address never shows something new."""

    __abstract__ = True
    __table_args__: Any = {"sqlite_autoincrement": True}  # noqa: RUF012 - as above

    id: Mapped[int] = mapped_column(primary_key=True)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    """Connect and hand out sessions until the block ends.

    A database of SQLite is this process' own and is brought up to date here; any other is by `python -m
    service.migrate`, once for all processes.
    """
    is_own = make_url(url).get_backend_name() == "sqlite"
    engine = create_async_engine(url, pool_pre_ping=not is_own)
    try:
        if is_own:
            event.listen(engine.sync_engine, "connect", _prepare_sqlite)
            from service import migrate  # noqa: PLC0415 - Alembic needs the tables, which need this module

            async with engine.begin() as connection:
                await connection.run_sync(migrate.upgrade)
        yield async_sessionmaker(engine, expire_on_commit=False)
    finally:
        await engine.dispose()


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")  # off by default, for compatibility with SQLite 3.6
    cursor.execute("PRAGMA journal_mode = WAL")  # readers and the one writer do not wait for each other
    cursor.execute("PRAGMA synchronous = FULL")  # an order that was answered for is on the disk
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_S * 1000}")
    cursor.close()
