"""What the service is tested on: SQLite and memory, or the real servers that the environment names.

`BOOKSHOP_TEST_DATABASE_URL` is a PostgreSQL in which databases may be made, `BOOKSHOP_TEST_REDIS_URL` a Redis that may be
emptied. Both are the tests' own, and so is whatever is in them.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import redis
from sqlalchemy import URL, create_engine, make_url

from service import migrate

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
"""Tests that run side by side have a database each."""

DATABASE_URL = os.environ.get("BOOKSHOP_TEST_DATABASE_URL")
REDIS_URL = os.environ.get("BOOKSHOP_TEST_REDIS_URL")

_EMPTY = """
SELECT 'TRUNCATE ' || string_agg(quote_ident(tablename), ', ') || ' RESTART IDENTITY CASCADE'
FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
"""


def new_sqlite(folder: Path) -> Callable[[Path], str]:
    """Make one database file; return what copies it into a folder and says its address."""
    made = folder / "shop.sqlite3"
    bring_up_to_date(f"sqlite:///{made}")

    def copied(into: Path) -> str:
        shutil.copy(made, into / made.name)
        return f"sqlite+aiosqlite:///{into / made.name}"

    return copied


def new_postgresql(url: str) -> Callable[[Path], str]:
    """Make one database; return what empties it and says its address."""
    address = new_database(url, f"bookshop_{WORKER}")
    bring_up_to_date(address)

    def emptied(_: Path) -> str:
        with connected(address) as connection:
            (statement,) = connection.execute(_EMPTY).fetchone() or ("",)
            connection.execute(statement.encode())
        return address.render_as_string(hide_password=False)

    return emptied


def bring_up_to_date(address: URL | str) -> None:
    """Make all tables."""
    engine = create_engine(address)
    try:
        with engine.begin() as connection:
            migrate.upgrade(connection)
    finally:
        engine.dispose()


def new_database(url: str, name: str) -> URL:
    """Make an empty database beside the one that a PostgreSQL address names."""
    address = make_url(url)
    with connected(address) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {name}".encode())
    return address.set(database=name)


def connected(address: URL) -> psycopg.Connection:
    """Connect without a transaction; closed by `with`."""
    plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True)


def empty_redis(url: str) -> str:
    """Forget all that is in this worker's part of a Redis; return its address."""
    address = f"{url.rstrip('/')}/{WORKER.removeprefix('gw')}"
    with closing(redis.Redis.from_url(address)) as client:
        client.flushdb()
    return address
