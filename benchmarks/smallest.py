"""The smallest FastAPI app that answers `GET /books` from the bookshop's database: what the bookshop is held against.

The same table, the same answer and a session for each request; no limits, no headers, no problems, no settings.
"""

import os
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from service.catalogue.store import BookRow, Genre

sessions = async_sessionmaker(create_async_engine(os.environ["BOOKSHOP_DATABASE_URL"]))
app = FastAPI()


class Book(BaseModel):
    """A book."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    title: str
    author: str
    isbn: str
    genre: Genre
    price_cents: int
    stock: int
    added_at: datetime


class BookPage(BaseModel):
    """Some books."""

    items: list[Book]
    next_cursor: int | None


async def session() -> AsyncIterator[AsyncSession]:
    """Open a session for one request."""
    async with sessions() as fresh:
        yield fresh


@app.get("/books")
async def list_books(session: Annotated[AsyncSession, Depends(session)], limit: int = 20) -> BookPage:
    """List the first books."""
    rows = list(await session.scalars(select(BookRow).order_by(BookRow.id).limit(limit)))
    return BookPage(items=[Book.model_validate(row) for row in rows], next_cursor=rows[-1].id)
