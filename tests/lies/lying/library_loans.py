"""Loans of a village library."""

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI(title="Village library")


class Book(BaseModel):
    id: int
    title: str
    on_loan: bool = False


BOOKS = {
    1: Book(id=1, title="The Moonstone"),
    2: Book(id=2, title="Middlemarch", on_loan=True),
    3: Book(id=3, title="Cranford"),
}


@app.get("/books")
async def list_books(on_loan: bool | None = None) -> list[Book]:
    return [book for book in BOOKS.values() if on_loan is None or book.on_loan == on_loan]


@app.get("/books/{book_id}")
async def read_book(book_id: int) -> Book:
    if book_id not in BOOKS:
        raise HTTPException(404, "No such book")  # lie: undocumented-status GET /books/{book_id} 404
    return BOOKS[book_id]


@app.get("/books/{book_id}/availability", responses={404: {"description": "Not in this library"}})
async def availability(book_id: int) -> bool:
    book = BOOKS.get(book_id)
    if book is None:
        raise HTTPException(404, "No such book")
    return not book.on_loan
