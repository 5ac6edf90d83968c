"""What can be done with reviews; each change asks for the recommender to learn of it."""

from datetime import UTC, datetime

from fastapi import HTTPException
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from service.accounts.store import AccountRow
from service.catalogue import service as catalogue
from service.jobs.service import Jobs
from service.jobs.store import Kind
from service.reviews.schemas import NewReview
from service.reviews.store import ReviewRow


async def write(session: AsyncSession, jobs: Jobs, account: AccountRow, book_id: int, new: NewReview) -> ReviewRow:
    """Publish what an account says about a book."""
    await catalogue.read(session, book_id)
    review = ReviewRow(
        book_id=book_id, account_id=account.id, written_at=datetime.now(UTC), stars=new.stars, text=new.text
    )
    session.add(review)
    try:
        await session.flush()
    except IntegrityError as error:
        raise HTTPException(409, "You have reviewed this book already.") from error
    await jobs.later(Kind.TRAIN_RECOMMENDER)
    await session.commit()
    return review


async def read(session: AsyncSession, review_id: int) -> ReviewRow:
    """Return a review."""
    review = await session.get(ReviewRow, review_id)
    if review is None:
        raise HTTPException(404, "There is no such review.")
    return review


async def change(session: AsyncSession, jobs: Jobs, account: AccountRow, review_id: int, new: NewReview) -> ReviewRow:
    """Say something else."""
    review = await _own(session, account, review_id)
    review.stars, review.text, review.changed_at = new.stars, new.text, datetime.now(UTC)
    await jobs.later(Kind.TRAIN_RECOMMENDER)
    await session.commit()
    return review


async def remove(session: AsyncSession, jobs: Jobs, account: AccountRow, review_id: int) -> None:
    """Say nothing any more."""
    await session.delete(await _own(session, account, review_id))
    await jobs.later(Kind.TRAIN_RECOMMENDER)
    await session.commit()


async def _own(session: AsyncSession, account: AccountRow, review_id: int) -> ReviewRow:
    review = await read(session, review_id)
    if review.account_id != account.id:
        raise HTTPException(403, "This is another reader's review.")
    return review
