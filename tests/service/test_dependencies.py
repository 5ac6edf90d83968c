"""Every dependency can be replaced in a test, and a session is a request's own."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from cashews import Cache
from cashews.exceptions import CacheBackendInteractionError
from sqlalchemy.ext.asyncio import AsyncSession

from service import dependencies
from service.accounts.dependencies import signed_in
from service.accounts.store import AccountRow
from service.jobs.dependencies import engine
from service.jobs.store import JobRow
from service.settings import Settings
from tests.loopback import free_port
from tests.service.shop import Judge, Shop, absent_database, changed, new_shop


def test_settings_are_replaced(shop: Shop, settings: Settings) -> None:
    shop.app.dependency_overrides[dependencies.settings] = lambda: changed(settings, token_lifetime_s=7)
    form = {"grant_type": "password", "username": "staff@example.org", "password": "a good password"}
    assert shop.client.post("/token", data=form).json()["expires_in"] == 7


def test_the_signed_in_account_is_replaced(shop: Shop) -> None:
    somebody = AccountRow(id=7, email="ada@example.org", is_staff=False, created_at=datetime.now(UTC))
    shop.app.dependency_overrides[signed_in] = lambda: somebody
    assert shop.client.get("/accounts/me").json()["email"] == "ada@example.org"


def test_the_session_is_replaced(shop: Shop) -> None:
    opened = list[AsyncSession]()

    async def session() -> AsyncIterator[AsyncSession]:
        async with shop.app.state.parts.sessions() as fresh:
            opened.append(fresh)
            yield fresh

    shop.app.dependency_overrides[dependencies.session] = session
    for _ in range(2):
        assert shop.client.get("/accounts/me", headers=shop.staff).status_code == 200
    first, second, *_ = opened[-2:]
    assert first is not second


def test_the_cache_is_replaced(shop: Shop) -> None:
    class Away(Cache):
        async def ping(self, message: bytes | None = None) -> bytes:
            del message
            raise CacheBackendInteractionError

    shop.app.dependency_overrides[dependencies.cache] = Away
    answer = shop.client.get("/health/ready")
    assert (answer.status_code, answer.json()["detail"]) == (503, "The cache does not answer.")


def test_a_cache_that_is_away(settings: Settings, judge: Judge) -> None:
    with new_shop(changed(settings, redis_url=f"redis://127.0.0.1:{free_port()}"), judge) as shop:
        answer = shop.client.get("/health/ready")
        assert (answer.status_code, answer.json()["detail"]) == (503, "The cache does not answer.")
        assert shop.client.get("/accounts/me", headers=shop.staff).status_code == 200


def test_the_database_is_replaced(shop: Shop) -> None:
    shop.app.dependency_overrides[dependencies.session] = absent_database
    answer = shop.client.get("/health/ready")
    assert (answer.status_code, answer.json()["detail"]) == (503, "The database does not answer.")


def test_what_does_jobs_is_replaced(shop: Shop) -> None:
    class Noted:
        def __init__(self) -> None:
            self.jobs = list[int]()

        async def hand_over(self, _session: AsyncSession, job: JobRow) -> None:
            self.jobs.append(job.id)

        async def start(self, job_id: int, delay_s: float) -> None:
            self.jobs += [job_id] if delay_s == 0 else []

    noted = Noted()
    shop.app.dependency_overrides[engine] = lambda: noted
    job = shop.client.post("/recommender/trainings", headers=shop.staff).json()
    assert noted.jobs == [job["id"], job["id"]]
    assert shop.client.get(f"/jobs/{job['id']}", headers=shop.staff).json()["status"] == "queued"


@pytest.mark.parametrize("path", ["/books", "/books.csv", "/accounts/me", "/books/99", "/orders?limit=0"])
def test_every_connection_comes_back(shop: Shop, path: str) -> None:
    pool = shop.app.state.parts.sessions.kw["bind"].pool
    for _ in range(20):  # more than there are connections
        shop.client.get(path, headers=shop.staff)
    assert pool.checkedout() == 0
