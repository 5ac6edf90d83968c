from fastapi import APIRouter

books = APIRouter()


@books.get("")
def list_books(limit: int = 10) -> list[str]:
    return ["Orlando"][: max(limit, 0)]


@books.get("/{book_id}")
def read_book(book_id: int) -> dict[str, int]:
    return {"id": book_id}
