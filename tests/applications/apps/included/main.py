"""A library: routers in routers, prefixes and dependencies given where they are included."""

from fastapi import Depends, FastAPI
from library.books import books
from library.gate import open_hours
from library.loans import loans

app = FastAPI()
books.include_router(loans, prefix="/{book_id}/loans")
app.include_router(books, prefix="/v1/books", tags=["books"])
app.include_router(loans, prefix="/v1/all-loans/{book_id}", dependencies=[Depends(open_hours)])
