"""Migrations: one command, up and down, and what they make is what the tables say."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, make_url, text

from service import migrate
from service.app import create_app  # noqa: F401 - knows every table
from service.database import Base
from tests.service import servers


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An empty database, which the settings name."""
    if servers.DATABASE_URL is None:
        address = make_url(f"sqlite:///{tmp_path / 'shop'}")
        told = address.set(drivername="sqlite+aiosqlite")
    else:
        told = address = servers.new_database(servers.DATABASE_URL, f"migrated_{servers.WORKER}")
    monkeypatch.setenv("BOOKSHOP_DATABASE_URL", told.render_as_string(hide_password=False))
    opened = create_engine(address)
    yield opened
    opened.dispose()


def go(monkeypatch: pytest.MonkeyPatch, *revision: str) -> int:
    monkeypatch.setattr(sys, "argv", ["migrate", *revision])
    return migrate.main()


def made(engine: Engine) -> dict[str, set[str]]:
    """Return tables, and on PostgreSQL functions and types, that are there."""
    found = {"tables": set(inspect(engine).get_table_names()) - {"alembic_version"}}
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            for kind, query in {
                "functions": "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
                "types": "SELECT typname FROM pg_type WHERE typtype = 'e' AND typnamespace = 'public'::regnamespace",
            }.items():
                found[kind] = set(connection.scalars(text(query)))
    return found


def test_up_and_down_and_up_again(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    before = made(engine)
    assert go(monkeypatch) == 0
    newest = made(engine)
    assert Base.metadata.tables.keys() <= newest["tables"]
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        changes = [change for change in compare_metadata(context, Base.metadata) if "procrastinate" not in f"{change}"]
        assert changes == []
    assert go(monkeypatch, "0001") == 0
    assert made(engine)["tables"] == set(Base.metadata.tables)
    assert go(monkeypatch, "0002") == 0
    assert made(engine) == newest
    assert go(monkeypatch) == 0
    assert go(monkeypatch, "base") == 0
    assert made(engine) == before


def test_a_revision_that_there_is_not(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert go(monkeypatch) == 0
    assert go(monkeypatch, "nowhere") == 2
    assert "the database is as it was: " in capsys.readouterr().err
    assert Base.metadata.tables.keys() <= made(engine)["tables"]
