"""Long lists, a page at a time.

A page starts after a known id and not at an offset: what is added or removed meanwhile moves nothing, and the last page
costs the database no more than the first.
"""

from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import Field
from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from service.database import NumberedRow
from service.wire import MAX_ID, WHOLE, Id, ResponseBody

MAX_LIMIT = 100

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="How many items to send at most.", examples=[20]), WHOLE]
Cursor = Annotated[
    int, Query(ge=0, le=MAX_ID, description="Start after this id: a page's `next_cursor`.", examples=[0]), WHOLE
]


def nothing() -> list[Any]:
    """Make the default of a parameter that may be repeated.

    Pydantic looks at each request whether the factory takes an argument, and of `list` itself that is known from a text
    that has to be parsed: it would be a twentieth of what listing the books takes.
    """
    return []


Item = TypeVar("Item")
Row = TypeVar("Row", bound=NumberedRow)


class Page(ResponseBody, Generic[Item]):
    """Some items of a list, in the order of their ids."""

    items: Annotated[list[Item], Field(max_length=MAX_LIMIT)]
    next_cursor: Annotated[Id | None, Field(description="The `cursor` of the next page; null on the last one.")]


AnyPage = TypeVar("AnyPage", bound=Page[Any])


async def read_page(
    page: type[AnyPage], session: AsyncSession, query: Select[Row], table: type[Row], cursor: int, limit: int
) -> AnyPage:
    """Return one page of what a query finds."""
    one_more = query.where(table.id > cursor).order_by(table.id).limit(limit + 1)
    rows = list(await session.scalars(one_more))
    shown = rows[:limit]
    return page.model_validate({"items": shown, "next_cursor": shown[-1].id if len(rows) > limit else None})
