from typing import Annotated

from fastapi import Header, HTTPException


def open_hours(x_hour: Annotated[int, Header()] = 12) -> None:
    if x_hour > 18:
        raise HTTPException(503, "Closed")  # lie: server-error GET /v1/all-loans/{book_id}/{loan_id} 503
