"""The bodies of reviews."""

from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from service.paging import Page
from service.wire import TEXT, WHOLE, Id, RequestBody, ResponseBody

Stars = Annotated[int, Field(ge=1, le=5), WHOLE]
Opinion = Annotated[str, Field(min_length=1, max_length=2000, pattern=TEXT)]


class NewReview(RequestBody):
    """An opinion on a book."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"stars": 5, "text": "Six voices, one sea."}]})

    stars: Stars
    text: Opinion


class Review(ResponseBody):
    """An opinion on a book; whose it is, is nobody's business."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 3,
                    "book_id": 1,
                    "stars": 5,
                    "text": "Six voices, one sea.",
                    "written_at": "2026-03-04T20:15:00Z",
                    "changed_at": "2026-03-05T08:00:00Z",
                }
            ]
        }
    )

    id: Id
    book_id: Id
    stars: Stars
    text: Opinion
    written_at: datetime
    changed_at: datetime | None


class ReviewPage(Page[Review]):
    """Some of the reviews of a book, oldest first."""
