"""Rents kayaks by the hour."""
# ruff: noqa: E501

from fastapi import FastAPI, HTTPException, Response
from pydantic import BaseModel, Field

app = FastAPI()


class Rental(BaseModel):
    hours: int = Field(ge=1, le=8)
    double: bool = False


PLACE = {"required": True, "schema": {"type": "string", "minLength": 1}}
WAIT = {"required": True, "schema": {"type": "integer"}}


@app.post(
    "/rentals",
    status_code=201,
    responses={
        201: {"headers": {"Location": PLACE}},
        409: {"description": "All are out", "headers": {"Retry-After": WAIT}},
    },
)
def rent(rental: Rental, response: Response) -> Rental:
    if rental.double and rental.hours > 4:
        raise HTTPException(409, "All are out", headers={"Retry-After": "at noon"})  # lie: response-header-mismatch POST /rentals 409
    if rental.double:
        response.headers["Location"] = f"/rentals/double/{rental.hours}"
    return rental  # lie: response-header-mismatch POST /rentals 201
