from fastapi import APIRouter, HTTPException

loans = APIRouter()


@loans.get("/{loan_id}")
def read_loan(book_id: int, loan_id: int) -> dict[str, int]:
    if loan_id < 0:
        raise HTTPException(410, "Returned")  # lie: undocumented-status GET /v1/books/{book_id}/loans/{loan_id} 410; lie: undocumented-status GET /v1/all-loans/{book_id}/{loan_id} 410
    return {"book": book_id, "loan": loan_id}
