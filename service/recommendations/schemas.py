"""The bodies of recommendations."""

from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from service.catalogue.schemas import Book
from service.recommendations.model import NEIGHBOURS
from service.wire import Id, ResponseBody

_BOOK: JsonDict = {
    "id": 2,
    "title": "Orlando",
    "author": "Virginia Woolf",
    "isbn": "9780156701600",
    "genre": "fiction",
    "price_cents": 1099,
    "stock": 3,
    "added_at": "2026-03-01T09:30:00Z",
}


class Recommendation(ResponseBody):
    """A book, and how likely it is to please."""

    book: Book
    score: Annotated[float, Field(ge=0, le=1)]


class Recommendations(ResponseBody):
    """Books, the likeliest to please first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"model": 4, "items": [{"book": _BOOK, "score": 0.8165}]}]}
    )

    model: Annotated[Id | None, Field(description="The version of the model; null before the first one is trained.")]
    items: Annotated[list[Recommendation], Field(max_length=NEIGHBOURS)]


class Recommender(ResponseBody):
    """The model that recommends now."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"version": 4, "trained_at": "2026-03-04T20:15:01Z", "books": 310, "opinions": 2048}]
        }
    )

    version: Id
    trained_at: datetime
    books: Annotated[int, Field(ge=0, description="Books that somebody has an opinion on.")]
    opinions: Annotated[int, Field(ge=0, description="Paid order lines and reviews that it was learned from.")]
