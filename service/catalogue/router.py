"""The operations on the catalogue: everybody reads, the staff writes."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from service import document, problem
from service.accounts.dependencies import STAFF_ONLY
from service.catalogue import service, store
from service.catalogue.schemas import Book, BookFacts, BookPage, NewBook, StockCount
from service.catalogue.store import BookRow, Genre
from service.dependencies import SessionDep
from service.paging import Cursor, Limit, read_page
from service.wire import MAX_CENTS, MAX_ID, WHOLE

router = APIRouter(prefix="/books", tags=["catalogue"])

BookId = Annotated[int, Path(ge=1, le=MAX_ID, description="A book's `id`.", examples=[1]), WHOLE]
Words = Annotated[
    str,
    Query(
        max_length=100,
        pattern=r"^[^\u0000-\u001f\u007f]*$",
        description="Part of a title or an author, ASCII letters in either case; any book where this is empty.",
        examples=["woolf"],
    ),
]
Genres = Annotated[
    list[Genre],
    Query(default_factory=list, max_length=len(Genre), description="The shelves to look at; all where none is given."),
]
MaxPrice = Annotated[int, Query(ge=0, le=MAX_CENTS, description="The highest price in cents.", examples=[2000]), WHOLE]


@router.get("", summary="Search the books", response_description="A page of books.", responses=problem.responses(422))
async def list_books(
    *,
    session: SessionDep,
    genre: Genres,
    q: Words = "",
    max_price_cents: MaxPrice = MAX_CENTS,
    limit: Limit = 20,
    cursor: Cursor = 0,
) -> BookPage:
    """List the books that match all of the given conditions, in the order in which they were added."""
    found = store.search(q, genre, max_price_cents)
    rows, next_cursor = await read_page(session, found, BookRow, cursor, limit)
    return BookPage(items=[Book.model_validate(row) for row in rows], next_cursor=next_cursor)


@router.post(
    "",
    status_code=201,
    summary="Add a book",
    response_description="The new book.",
    dependencies=[STAFF_ONLY],
    responses={201: document.located("/books/{id}"), **problem.responses(400, 401, 403, 409, 422)},
)
async def add_book(new: NewBook, session: SessionDep, response: Response) -> Book:
    """Put a book on sale. Answers 409 where another book has its ISBN."""
    book = await service.add(session, new)
    response.headers["Location"] = f"/books/{book.id}"
    return Book.model_validate(book)


@router.get(
    "/{book_id}", summary="Read a book", response_description="The book.", responses=problem.responses(404, 422)
)
async def read_book(book_id: BookId, session: SessionDep) -> Book:
    """Show one book."""
    return Book.model_validate(await service.read(session, book_id))


@router.put(
    "/{book_id}",
    summary="Describe a book anew",
    response_description="The book as it is now.",
    dependencies=[STAFF_ONLY],
    responses=problem.responses(400, 401, 403, 404, 409, 422),
)
async def replace_book(book_id: BookId, facts: BookFacts, session: SessionDep) -> Book:
    """Replace all that is said about a book; its stock stays. Answers 409 where another book has the ISBN."""
    return Book.model_validate(await service.replace(session, book_id, facts))


@router.put(
    "/{book_id}/stock",
    summary="Count the copies of a book",
    response_description="The book as it is now.",
    dependencies=[STAFF_ONLY],
    responses=problem.responses(400, 401, 403, 404, 422),
)
async def count_stock(book_id: BookId, count: StockCount, session: SessionDep) -> Book:
    """Set how many copies there are: the result of a count, whatever the shop believed before."""
    return Book.model_validate(await service.count_stock(session, book_id, count))


@router.delete(
    "/{book_id}",
    status_code=204,
    summary="Remove a book",
    response_description="The book is gone.",
    dependencies=[STAFF_ONLY],
    responses=problem.responses(401, 403, 404, 409, 422),
)
async def remove_book(book_id: BookId, session: SessionDep) -> None:
    """Take a book off sale. Answers 409 where orders refer to it."""
    await service.remove(session, book_id)
