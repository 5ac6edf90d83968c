"""A bookshop in one file: tidy, typed, and not quite what its docs promise."""

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI(title="Bookshop")

TITLES = {1: "Emma", 2: "Persuasion", 3: "Sanditon"}


class Book(BaseModel):
    """A book on the shelf."""

    id: int
    title: str


class Shelf(BaseModel):
    """Some of the books, and how many pages there are."""

    books: list[Book]
    pages: int


@app.get("/books")
def list_books(per_page: int = 10) -> Shelf:
    """List the first page of books."""
    books = [Book(id=book_id, title=title) for book_id, title in TITLES.items()]
    return Shelf(books=books[:per_page], pages=-(-len(books) // per_page))


@app.get("/books/{book_id}")
def get_book(book_id: int) -> Book:
    """Return one book."""
    if book_id not in TITLES:
        raise HTTPException(404, "No such book")
    return Book(id=book_id, title=TITLES[book_id])
