"""The operations on recommendations: everybody asks what is alike, readers what they may like."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from service import document, problem
from service.accounts.dependencies import STAFF_ONLY, ReaderDep
from service.catalogue import service as catalogue
from service.catalogue.router import BookId
from service.dependencies import SessionDep
from service.jobs.dependencies import JobsDep
from service.jobs.schemas import Job
from service.jobs.store import Kind
from service.recommendations import service
from service.recommendations.model import NEIGHBOURS
from service.recommendations.schemas import Recommendations, Recommender
from service.wire import WHOLE

router = APIRouter(tags=["recommendations"])

Few = Annotated[int, Query(ge=1, le=NEIGHBOURS, description="How many books to send at most.", examples=[5]), WHOLE]


@router.get(
    "/books/{book_id}/similar",
    summary="Find similar books",
    response_description="The most similar ones first.",
    responses=problem.responses(404, 422),
)
async def list_similar_books(book_id: BookId, session: SessionDep, limit: Few = 5) -> Recommendations:
    """List the books that the same people like."""
    await catalogue.read(session, book_id)
    return await service.alike(session, book_id, limit)


@router.get(
    "/recommendations",
    summary="Get recommendations",
    response_description="The likeliest to please first.",
    responses=problem.responses(401, 403, 422),
)
async def list_recommendations(account: ReaderDep, session: SessionDep, limit: Few = 5) -> Recommendations:
    """List what one may like, judged by what one has bought and reviewed; nothing where that is nothing."""
    return await service.for_reader(session, account.id, limit)


@router.get(
    "/recommender",
    summary="Read about the recommender",
    response_description="The present model.",
    dependencies=[STAFF_ONLY],
    responses=problem.responses(401, 403, 404),
)
async def read_recommender(session: SessionDep) -> Recommender:
    """Show what the present model was learned from. Answers 404 before the first training."""
    model = await service.read(session)
    return Recommender(version=model.id, trained_at=model.trained_at, books=model.books, opinions=model.opinions)


@router.post(
    "/recommender/trainings",
    status_code=202,
    summary="Train the recommender",
    response_description="The job that does it.",
    dependencies=[STAFF_ONLY],
    responses={202: document.located("/jobs/{id}"), **problem.responses(401, 403)},
)
async def train_recommender(session: SessionDep, jobs: JobsDep, response: Response) -> Job:
    """Have a new model learned, as every review does by itself."""
    job = await jobs.later(Kind.TRAIN_RECOMMENDER)
    await session.commit()
    response.headers["Location"] = f"/jobs/{job.id}"
    return Job.model_validate(job)
