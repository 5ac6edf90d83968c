"""Bring the database up to date with one command: `python -m service.migrate`.

With a revision, `python -m service.migrate 0001` or `python -m service.migrate base`, go there, up or down.
"""

import argparse
import asyncio
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from service.settings import Settings

MIGRATIONS = Path(__file__).with_name("migrations")


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Take the steps that are missing up to a revision."""
    command.upgrade(_config(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Take back the steps after a revision; `base` is before the first."""
    command.downgrade(_config(connection), revision)


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m service.migrate", description="Bring the database up to date.")
    parser.add_argument("revision", nargs="?", default="head", help="where to go, up or down")
    revision = parser.parse_args().revision
    try:
        asyncio.run(_go(Settings().database_url, revision))
    except (CommandError, SQLAlchemyError) as error:
        sys.stderr.write(f"the database is as it was: {error}\n")
        return 2
    return 0


async def _go(url: str, revision: str) -> None:
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_move, revision)
    finally:
        await engine.dispose()


def _move(connection: Connection, revision: str) -> None:
    """Go up where the revision is ahead of the present one, else down."""
    steps = ScriptDirectory.from_config(_config(connection))
    known = [step.revision for step in steps.walk_revisions()]  # newest first
    if revision == "head" or (revision in known and revision not in _taken(connection, known)):
        upgrade(connection, revision)
    else:
        downgrade(connection, revision)


def _taken(connection: Connection, known: list[str]) -> list[str]:
    present = MigrationContext.configure(connection).get_current_revision()
    return known[known.index(present) :] if present in known else []


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


if __name__ == "__main__":
    sys.exit(main())
