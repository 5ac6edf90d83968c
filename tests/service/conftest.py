"""A shop of its own for every test: an empty database and cheap passwords."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from service.app import create_app
from service.settings import Settings
from tests.service import servers
from tests.service.mailbox import Mailbox, running
from tests.service.shop import PASSWORD, Judge, Shop, changed, new_shop


@pytest.fixture(scope="session")
def judge() -> Judge:
    return Judge(create_app(Settings()).openapi())


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], str]:
    """Return what makes an empty database, in a folder if it is a file, and says its address."""
    if servers.DATABASE_URL is not None:
        return servers.new_postgresql(servers.DATABASE_URL)
    return servers.new_sqlite(tmp_path_factory.mktemp("database"))


@pytest.fixture
def settings(tmp_path: Path, new_database: Callable[[Path], str]) -> Settings:
    return Settings.model_validate(
        {
            "database_url": new_database(tmp_path),
            "redis_url": servers.REDIS_URL and servers.empty_redis(servers.REDIS_URL),
            "argon2_time_cost": 1,
            "argon2_memory_kib": 8,
            "argon2_parallelism": 1,
            "staff_email": "staff@example.org",
            "staff_password": SecretStr(PASSWORD),
            "max_body_bytes": 100_000,
        }
    )


@pytest.fixture
def shop(settings: Settings, judge: Judge) -> Iterator[Shop]:
    with new_shop(settings, judge) as opened:
        yield opened


@pytest.fixture(scope="session")
def new_mailbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Mailbox]]:
    with running(tmp_path_factory.mktemp("mail")) as made:
        yield made


@pytest.fixture
def mailbox(new_mailbox: Callable[[], Mailbox]) -> Mailbox:
    """What the test mails."""
    return new_mailbox()


@pytest.fixture
def mailing(settings: Settings, judge: Judge, mailbox: Mailbox) -> Iterator[Shop]:
    """A shop that sends its mail."""
    with new_shop(changed(settings, smtp_url=mailbox.url, mail_from=mailbox.sender), judge) as opened:
        yield opened
