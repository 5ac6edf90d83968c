"""A shop of its own for every test: an empty database file and cheap passwords."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from service.app import create_app
from service.settings import Settings
from tests.service.shop import PASSWORD, Judge, Shop


@pytest.fixture(scope="session")
def judge() -> Judge:
    return Judge(create_app(Settings()).openapi())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        database_url=f"sqlite+aiosqlite:///{tmp_path / 'shop.sqlite3'}",
        argon2_time_cost=1,
        argon2_memory_kib=8,
        argon2_parallelism=1,
        staff_email="staff@example.org",
        staff_password=SecretStr(PASSWORD),
    )


@pytest.fixture
def shop(settings: Settings, judge: Judge) -> Iterator[Shop]:
    app = create_app(settings)
    with TestClient(app) as client:
        client.event_hooks["response"] = [judge]
        yield Shop(app, client)
