"""The operations on the catalogue: everybody reads, the staff writes."""

from typing import Annotated

from fastapi import APIRouter, File, Header, Path, Query, Response, UploadFile
from fastapi.responses import StreamingResponse

from service import document, problem
from service.accounts.dependencies import STAFF_ONLY
from service.catalogue import service, store
from service.catalogue.schemas import Book, BookFacts, BookPage, NewBook, StockCount
from service.catalogue.store import BookRow, Genre
from service.dependencies import SessionDep, SessionsDep
from service.paging import Cursor, Limit, nothing, read_page
from service.wire import MAX_CENTS, MAX_ID, WHOLE

router = APIRouter(tags=["catalogue"])

_TAG = '^"[0-9]{1,16}"$'
_TAGS = '^([*]|"[0-9]{1,16}")$'

CSV = f"{','.join(service.COLUMNS)}\r\n1,The Waves,Virginia Woolf,9780156949606,fiction,1299,12\r\n"

ETAG = {
    "headers": {
        "ETag": {
            "description": "Another one after each change.",
            "required": True,
            "schema": {"type": "string", "pattern": _TAG},
        }
    }
}

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
    Query(
        default_factory=nothing, max_length=len(Genre), description="The shelves to look at; all where none is given."
    ),
]
IfMatch = Annotated[
    str | None, Header(pattern=_TAGS, description="The tag that the book must have; `*` for any.", examples=['"1"'])
]
IfNoneMatch = Annotated[
    str | None, Header(pattern=_TAGS, description="The tag of the book that one has; `*` for any.", examples=['"1"'])
]
Cover = Annotated[UploadFile, File(description="The picture; its kind is told by how it starts.")]
MaxPrice = Annotated[int, Query(ge=0, le=MAX_CENTS, description="The highest price in cents.", examples=[2000]), WHOLE]


@router.get(
    "/books", summary="Search the books", response_description="A page of books.", responses=problem.responses(422)
)
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
    return await read_page(BookPage, session, found, BookRow, cursor, limit)


@router.post(
    "/books",
    status_code=201,
    summary="Add a book",
    response_description="The new book.",
    dependencies=[STAFF_ONLY],
    responses={201: document.located("/books/{id}"), **problem.responses(400, 401, 403, 409, 413, 422)},
)
async def add_book(new: NewBook, session: SessionDep, response: Response) -> Book:
    """Put a book on sale. Answers 409 where another book has its ISBN."""
    book = await service.add(session, new)
    response.headers["Location"] = f"/books/{book.id}"
    return Book.model_validate(book)


@router.get(
    "/books.csv",
    summary="Export the catalogue",
    response_class=StreamingResponse,
    response_description="Every book, the names of the columns first.",
    responses={200: document.file("text/csv", CSV)},
)
async def export_books(sessions: SessionsDep) -> StreamingResponse:
    """Send the whole catalogue as CSV, however long it is."""
    return StreamingResponse(service.export(sessions), media_type="text/csv")


@router.get(
    "/books/{book_id}",
    summary="Read a book",
    response_model=Book,
    response_description="The book.",
    responses={200: ETAG, 304: {"description": "The book is as it was.", **ETAG}, **problem.responses(404, 422)},
)
async def read_book(
    book_id: BookId, session: SessionDep, response: Response, if_none_match: IfNoneMatch = None
) -> Book | Response:
    """Show one book. Answers 304 where it has the tag of `If-None-Match`."""
    book = await service.read(session, book_id)
    if if_none_match in {book.tag, "*"}:
        return Response(status_code=304, headers={"ETag": book.tag})
    response.headers["ETag"] = book.tag
    return Book.model_validate(book)


@router.put(
    "/books/{book_id}",
    summary="Describe a book anew",
    response_description="The book as it is now.",
    dependencies=[STAFF_ONLY],
    responses={200: ETAG, **problem.responses(400, 401, 403, 404, 409, 412, 413, 422)},
)
async def replace_book(
    book_id: BookId, facts: BookFacts, session: SessionDep, response: Response, if_match: IfMatch = None
) -> Book:
    """Replace all that is said about a book; its stock stays.

    Answers 412 where it has another tag than that of `If-Match`, and 409 where another book has the ISBN.
    """
    book = await service.replace(session, book_id, facts, if_match)
    response.headers["ETag"] = book.tag
    return Book.model_validate(book)


@router.put(
    "/books/{book_id}/stock",
    summary="Count the copies of a book",
    response_description="The book as it is now.",
    dependencies=[STAFF_ONLY],
    responses=problem.responses(400, 401, 403, 404, 413, 422),
)
async def count_stock(book_id: BookId, count: StockCount, session: SessionDep) -> Book:
    """Set how many copies there are: the result of a count, whatever the shop believed before."""
    return Book.model_validate(await service.count_stock(session, book_id, count))


@router.delete(
    "/books/{book_id}",
    status_code=204,
    summary="Remove a book",
    response_description="The book is gone.",
    dependencies=[STAFF_ONLY],
    responses=problem.responses(401, 403, 404, 409, 422),
)
async def remove_book(book_id: BookId, session: SessionDep) -> None:
    """Take a book off sale. Answers 409 where orders refer to it."""
    await service.remove(session, book_id)


@router.put(
    "/books/{book_id}/cover",
    status_code=204,
    summary="Put a picture on a book",
    response_description="The book has this cover.",
    dependencies=[STAFF_ONLY],
    responses=problem.responses(400, 401, 403, 404, 413, 415, 422),
)
async def upload_cover(book_id: BookId, cover: Cover, session: SessionDep) -> None:
    """Set the cover of a book: a PNG, a JPEG or a GIF. Answers 415 to any other file."""
    await service.set_cover(session, book_id, await cover.read())


@router.get(
    "/books/{book_id}/cover",
    summary="Look at a book",
    response_class=Response,
    response_description="The picture.",
    responses={200: document.file("image/*"), **problem.responses(404, 422)},
)
async def read_cover(book_id: BookId, session: SessionDep) -> Response:
    """Show the cover of a book."""
    cover = await service.read_cover(session, book_id)
    return Response(cover.content, media_type=cover.media_type)
