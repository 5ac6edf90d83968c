"""Settings: none is needed, the environment gives them, and a wrong one is named."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from service.app import create_app
from service.settings import Settings


def test_the_shop_opens_in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with TestClient(create_app()) as client:
        assert client.get("/health/ready").json() == {"status": "ok"}
    assert [path.name for path in tmp_path.iterdir()] == ["bookshop.sqlite3"]


def test_a_database_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKSHOP_DATABASE_URL", "sqlite+aiosqlite://")
    with TestClient(create_app()) as client:
        assert client.get("/books").json() == {"items": [], "next_cursor": None}


def test_the_environment_gives_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKSHOP_TOKEN_LIFETIME_S", "60")
    assert Settings().token_lifetime_s == 60


WRONG = {
    "a mail server by another protocol": ({"smtp_url": "http://localhost"}, "smtp_url"),
    "a cache by another protocol": ({"redis_url": "http://localhost"}, "redis_url"),
    "a level that there is not": ({"log_level": "loud"}, "log_level"),
    "an address without a password": ({"staff_email": "a@example.org"}, "or neither"),
    "no address": ({"staff_email": "a", "staff_password": "a good password"}, "staff_email"),
    "a key that is too short": ({"secret_key": "short"}, "secret_key"),
}


@pytest.mark.parametrize(("values", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_one_is_named(values: dict[str, str], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Settings.model_validate(values)


def test_the_page_about_the_service_lists_them(root: Path) -> None:
    page = (root / "docs" / "service.md").read_text(encoding="utf-8")
    listed = re.findall(r"`(BOOKSHOP_\w+)`", page.partition("On PostgreSQL")[0])
    assert sorted(listed) == sorted(f"BOOKSHOP_{name.upper()}" for name in Settings.model_fields)


def test_the_page_about_the_service_counts_the_contract(root: Path) -> None:
    page = (root / "docs" / "service.md").read_text(encoding="utf-8")
    operations = [each for item in create_app(Settings()).openapi()["paths"].values() for each in item.values()]
    told = f"documents {len(operations)} operations with {sum(len(each['responses']) for each in operations)} responses"
    assert told in page
