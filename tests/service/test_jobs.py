"""Jobs: tried again when they fail, given up after a while, and taken up where a process has left them."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from service import work
from service.jobs import embedded, service, store
from service.jobs.store import JobRow, JobStatus, Kind
from service.parts import Parts
from service.settings import Settings
from tests.service.shop import Json, Judge, Shop, new_shop


class Failing:
    """Does a job at the last of so many attempts."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.tried = 0

    async def __call__(self, _parts: Parts, _session: AsyncSession, job: JobRow) -> str:
        self.tried += 1
        if self.tried <= self.times:
            raise ConnectionError(f"nobody there, {job.kind}")
        return "/recommender"


def trained(shop: Shop, done: Callable[[Json], bool]) -> Json:
    """Ask for a training, and wait until its job is as it should be."""
    address = shop.client.post("/recommender/trainings", headers=shop.staff).headers["Location"]
    for _ in range(100):
        shop.work()
        job = dict(shop.client.get(address, headers=shop.staff).json())
        if done(job):
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def is_over(job: Json) -> bool:
    return job["status"] in {"done", "failed"}


@pytest.mark.parametrize("failures", [0, 1, 4, 5])
def test_a_job_that_fails_is_tried_again(shop: Shop, monkeypatch: pytest.MonkeyPatch, failures: int) -> None:
    monkeypatch.setattr(service, "FIRST_WAIT_S", 0.0)
    failing = Failing(failures)
    monkeypatch.setitem(work.HANDLERS, Kind.TRAIN_RECOMMENDER, failing)
    job = trained(shop, is_over)
    told = None if failures == 0 else "ConnectionError: nobody there, train-recommender"
    expected: tuple[str, int, str | None, str | None]
    if failures < service.MAX_ATTEMPTS:
        expected = ("done", failures + 1, "/recommender", told)
    else:
        expected = ("failed", service.MAX_ATTEMPTS, None, told)
    assert (job["status"], job["attempts"], job["result"], job["failure"]) == expected
    assert job["ended_at"] >= job["asked_at"]
    found = shop.client.get("/jobs", params={"status": [expected[0]]}, headers=shop.staff).json()["items"]
    assert job in found


def test_a_job_that_failed_waits_longer_each_time(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(work.HANDLERS, Kind.TRAIN_RECOMMENDER, Failing(9))
    job = trained(shop, lambda job: job["attempts"] == 1 and job["status"] == "queued")
    waits_s = (datetime.fromisoformat(job["due_at"]) - datetime.fromisoformat(job["asked_at"])).total_seconds()
    assert 2 <= waits_s < 4
    assert job["ended_at"] is None


def test_what_a_failed_job_has_written_is_taken_back(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "FIRST_WAIT_S", 0.0)
    train, tried = work.HANDLERS[Kind.TRAIN_RECOMMENDER], list[int]()

    async def failing(parts: Parts, session: AsyncSession, job: JobRow) -> str | None:
        result = await train(parts, session, job)
        tried.append(job.id)
        if len(tried) == 1:
            raise ConnectionError
        return result

    monkeypatch.setitem(work.HANDLERS, Kind.TRAIN_RECOMMENDER, failing)
    assert trained(shop, is_over)["attempts"] == 2
    assert shop.client.get("/recommender", headers=shop.staff).json()["opinions"] == 0


def test_a_database_that_is_away_for_a_moment(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    if shop.app.state.settings.has_workers:
        pytest.skip("Procrastinate tries again by itself")
    monkeypatch.setattr(embedded, "FIRST_WAIT_S", 0.0)
    monkeypatch.setattr(service, "FIRST_WAIT_S", 0.0)
    monkeypatch.setitem(work.HANDLERS, Kind.TRAIN_RECOMMENDER, Failing(1))
    put_back, asked = store.put_back, list[int]()

    async def away(session: AsyncSession, job_id: int, failure: str, wait_s: float | None) -> None:
        asked.append(job_id)
        if len(asked) == 1:
            raise OperationalError("UPDATE", {}, ConnectionError())
        await put_back(session, job_id, failure, wait_s)

    monkeypatch.setattr(store, "put_back", away)
    job = trained(shop, is_over)
    assert (job["status"], job["attempts"]) == ("done", 2)


def test_a_job_is_recorded_with_the_change_it_belongs_to(shop: Shop) -> None:
    order = shop.place_order(shop.add_book())
    shop.client.post(f"/orders/{order['id']}/cancel", headers=shop.reader)
    assert shop.client.post(f"/orders/{order['id']}/pay", headers=shop.reader).status_code == 409
    assert shop.jobs("confirm-order") == []


def test_what_a_process_has_left_is_done_by_the_next(settings: Settings, judge: Judge) -> None:
    with new_shop(settings, judge) as shop:
        assert shop.client.portal is not None
        shop.client.portal.call(leave_three, shop.app.state.parts)
    if settings.has_workers:
        pytest.skip("Procrastinate takes up what its own workers leave: test_concurrency.py")
    with new_shop(settings, judge) as shop:
        for _ in range(100):
            jobs = shop.jobs("train-recommender")
            if all(is_over(job) for job in jobs):
                break
            time.sleep(0.05)
    assert [(job["status"], job["attempts"]) for job in jobs] == [("done", 1), ("done", 2), ("failed", 5)]


async def leave_three(parts: Parts) -> None:
    """Record a job that nobody began, one that was being done, and one that was given up."""
    async with parts.sessions() as session:
        for status, attempts in ((JobStatus.QUEUED, 0), (JobStatus.RUNNING, 1), (JobStatus.FAILED, 5)):
            job = store.record(session, Kind.TRAIN_RECOMMENDER, {}, 0)
            job.status, job.attempts = status, attempts
            job.ended_at = datetime.now(UTC) if status is JobStatus.FAILED else None
        await session.commit()
        assert len(list(await session.scalars(select(JobRow)))) == 3


def test_a_reader_sees_no_jobs(shop: Shop) -> None:
    assert shop.client.get("/jobs", headers=shop.reader).status_code == 403
