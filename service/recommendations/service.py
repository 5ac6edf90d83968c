"""What can be done with the recommender."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache

from fastapi import HTTPException
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.ext.asyncio import AsyncSession

from service.catalogue import store as catalogue
from service.catalogue.schemas import Book
from service.jobs.store import JobRow
from service.parts import Parts
from service.recommendations import store
from service.recommendations.model import Neighbours
from service.recommendations.schemas import Recommendation, Recommendations
from service.recommendations.store import ModelRow


async def train(_parts: Parts, session: AsyncSession, _job: JobRow) -> str:
    """Learn anew, unless everybody still thinks the same: of the jobs of many reviews, one learns."""
    model, opinions = await store.latest(session), await store.opinions(session)
    learned_from = hashlib.sha256(repr(opinions).encode()).hexdigest()
    if model is None or model.learned_from != learned_from:
        books, neighbours = await run_in_threadpool(_learned, opinions)
        now = datetime.now(UTC)
        session.add(
            ModelRow(
                trained_at=now, books=books, opinions=len(opinions), learned_from=learned_from, neighbours=neighbours
            )
        )
        await session.flush()
        await store.forget_old(session)
    return "/recommender"


def _learned(opinions: list[tuple[int, int, float]]) -> tuple[int, bytes]:
    model = Neighbours.learn(opinions)
    return len(model.books), model.to_bytes()


@lru_cache(maxsize=2)  # the present model, and the one before it while a new one comes in
def _read(archive: bytes) -> Neighbours:
    return Neighbours.from_bytes(archive)


async def read(session: AsyncSession) -> ModelRow:
    """Return the present model."""
    model = await store.latest(session)
    if model is None:
        raise HTTPException(404, "Nothing was learned yet.")
    return model


async def alike(session: AsyncSession, book_id: int, limit: int) -> Recommendations:
    """Return what is alike to a book."""
    model = await store.latest(session)
    found = _read(model.neighbours).of(book_id) if model else {}
    return await _shown(session, model, found, limit)


async def for_reader(session: AsyncSession, account_id: int, limit: int) -> Recommendations:
    """Return what an account may like that has bought and reviewed what it has."""
    model = await store.latest(session)
    liked = await store.liked_by(session, account_id)
    found = _read(model.neighbours).for_reader(liked) if model else {}
    return await _shown(session, model, found, limit)


async def _shown(
    session: AsyncSession, model: ModelRow | None, found: Mapping[int, float], limit: int
) -> Recommendations:
    books = await catalogue.find_all(session, found.keys())  # less those that were removed since
    items = [
        Recommendation(book=Book.model_validate(books[book_id]), score=score)
        for book_id, score in found.items()
        if book_id in books
    ]
    return Recommendations(model=model.id if model else None, items=items[:limit])
