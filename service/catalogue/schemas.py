"""The bodies of the catalogue."""

from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from service.catalogue.store import MAX_STOCK, Genre
from service.paging import Page
from service.wire import LINE, WHOLE, Cents, Id, RequestBody, ResponseBody

Name = Annotated[str, Field(min_length=1, max_length=200, pattern=LINE)]
Isbn = Annotated[
    str, Field(pattern="^97[89][0-9]{10}$", description="ISBN-13, digits only. The check digit is not verified.")
]
Stock = Annotated[int, Field(ge=0, le=MAX_STOCK, description="Copies on the shelf."), WHOLE]
Shelf = Annotated[Genre, Field(strict=False)]
"""Strict Pydantic would ask for a member of the enum, which JSON can not hold."""

_FACTS: JsonDict = {
    "title": "The Waves",
    "author": "Virginia Woolf",
    "isbn": "9780156949606",
    "genre": "fiction",
    "price_cents": 1299,
}


class BookFacts(RequestBody):
    """What there is to say about a book, apart from how many copies are there."""

    model_config = ConfigDict(json_schema_extra={"examples": [_FACTS]})

    title: Name
    author: Name
    isbn: Isbn
    genre: Shelf
    price_cents: Cents


class NewBook(BookFacts):
    """A book, and the first copies of it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**_FACTS, "stock": 12}]})

    stock: Stock


class StockCount(RequestBody):
    """The result of counting the copies of a book."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"stock": 12}]})

    stock: Stock


class Book(ResponseBody):
    """A book of the catalogue."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"id": 1, **_FACTS, "stock": 12, "added_at": "2026-03-01T09:30:00Z"}]}
    )

    id: Id
    title: Name
    author: Name
    isbn: Isbn
    genre: Genre
    price_cents: Cents
    stock: Stock
    added_at: datetime


class BookPage(Page[Book]):
    """Some of the books, in the order in which they were added."""
