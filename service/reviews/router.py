"""The operations on reviews: everybody reads, readers write their own."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from service import document, problem
from service.accounts.dependencies import ReaderDep
from service.catalogue import service as catalogue
from service.catalogue.router import BookId
from service.dependencies import SessionDep
from service.jobs.dependencies import JobsDep
from service.paging import Cursor, Limit, read_page
from service.reviews import service, store
from service.reviews.schemas import NewReview, Review, ReviewPage
from service.reviews.store import ReviewRow
from service.wire import MAX_ID, WHOLE

router = APIRouter(tags=["reviews"])

ReviewId = Annotated[int, Path(ge=1, le=MAX_ID, description="A review's `id`.", examples=[3]), WHOLE]


@router.get(
    "/books/{book_id}/reviews",
    summary="List the reviews of a book",
    response_description="A page of reviews.",
    responses=problem.responses(404, 422),
)
async def list_reviews(book_id: BookId, session: SessionDep, limit: Limit = 20, cursor: Cursor = 0) -> ReviewPage:
    """List what readers say about a book, oldest first."""
    await catalogue.read(session, book_id)
    return await read_page(ReviewPage, session, store.of_book(book_id), ReviewRow, cursor, limit)


@router.post(
    "/books/{book_id}/reviews",
    status_code=201,
    summary="Review a book",
    response_description="The new review.",
    responses={201: document.located("/reviews/{id}"), **problem.responses(400, 401, 403, 404, 409, 413, 422)},
)
async def write_review(
    account: ReaderDep, book_id: BookId, new: NewReview, session: SessionDep, jobs: JobsDep, response: Response
) -> Review:
    """Say something about a book. Answers 409 where one has done so already."""
    review = await service.write(session, jobs, account, book_id, new)
    response.headers["Location"] = f"/reviews/{review.id}"
    return Review.model_validate(review)


@router.get(
    "/reviews/{review_id}",
    summary="Read a review",
    response_description="The review.",
    responses=problem.responses(404, 422),
)
async def read_review(review_id: ReviewId, session: SessionDep) -> Review:
    """Show one review."""
    return Review.model_validate(await service.read(session, review_id))


@router.put(
    "/reviews/{review_id}",
    summary="Change one's review",
    response_description="The review as it is now.",
    responses=problem.responses(400, 401, 403, 404, 413, 422),
)
async def change_review(
    account: ReaderDep, review_id: ReviewId, new: NewReview, session: SessionDep, jobs: JobsDep
) -> Review:
    """Replace what one has said. Answers 403 where the review is another's."""
    return Review.model_validate(await service.change(session, jobs, account, review_id, new))


@router.delete(
    "/reviews/{review_id}",
    status_code=204,
    summary="Remove one's review",
    response_description="The review is gone.",
    responses=problem.responses(401, 403, 404, 422),
)
async def remove_review(account: ReaderDep, review_id: ReviewId, session: SessionDep, jobs: JobsDep) -> None:
    """Take back what one has said. Answers 403 where the review is another's."""
    await service.remove(session, jobs, account, review_id)
