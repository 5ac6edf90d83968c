"""Notes of a fossil dig, square by square, with errors in the words of the field team."""
# ruff: noqa: E501

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import FastAPI, Path, Request, status
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

app = FastAPI(title="Fossil digs")
Square = Annotated[int, Path(ge=1, le=64)]


class Told(BaseModel):
    detail: str


class Find(BaseModel):
    depth_cm: int = Field(ge=0, le=900)
    note: str = Field(max_length=120)


class Dig(BaseModel):
    square: int
    finds: list[Find] = []


class Plan(BaseModel):
    lead: str = Field(min_length=1, max_length=30)
    metres: float = Field(gt=0, le=9)


digs: dict[int, Dig] = {}
plans: dict[int, Plan] = {}


def first_of(errors: Iterable[dict[str, Any]]) -> int | None:
    """The status that the field team expects for the first error that has one."""
    for error in errors:
        match error:
            case {"type": "json_invalid"}:
                return status.HTTP_400_BAD_REQUEST
            case {"loc": ("path", *_)}:
                return status.HTTP_404_NOT_FOUND
            case {"type": "string_too_long", "loc": ("body", *_)}:
                return status.HTTP_413_CONTENT_TOO_LARGE
    return None


@app.exception_handler(RequestValidationError)
async def in_plain_words(request: Request, error: RequestValidationError) -> JSONResponse:
    code = first_of(error.errors())
    if code is None:
        kept = [{key: found[key] for key in ("loc", "msg", "type")} for found in error.errors()]
        return JSONResponse({"detail": kept}, 422)
    return JSONResponse({"detail": "; ".join(found["msg"] for found in error.errors())}, code)  # lie: undocumented-status PUT /squares/{square}/plan 413; lie: undocumented-status GET /squares/{square} 404


BAD = {400: {"model": Told}}
NO_SQUARE = {404: {"model": Told}}


@app.get("/squares/{square}")
async def square(square: Square) -> Dig:
    return digs.get(square) or Dig(square=square)


@app.post("/squares/{square}/finds", status_code=201, responses=BAD | NO_SQUARE | {413: {"model": Told}})
async def found(square: Square, find: Find) -> Dig:
    dig = digs.setdefault(square, Dig(square=square))
    dig.finds = [*dig.finds[-9:], find]
    return dig


@app.put("/squares/{square}/plan", responses=BAD | NO_SQUARE)
async def plan(square: Square, plan: Plan) -> Plan:
    plans[square] = plan
    return plan


@app.get("/squares/{square}/plan", responses=NO_SQUARE)
async def planned(square: Square) -> Plan | None:
    return plans.get(square)
