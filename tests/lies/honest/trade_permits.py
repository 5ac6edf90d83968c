"""Permits for street trade; every refusal is a problem document."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException


class Problem(BaseModel):
    type: str = "about:blank"
    title: str
    status: int


class ProblemResponse(JSONResponse):
    media_type = "application/problem+json"


def problem(status: int, headers: Mapping[str, str] | None = None) -> ProblemResponse:
    body = Problem(title=HTTPStatus(status).phrase, status=status)
    return ProblemResponse(body.model_dump(), status_code=status, headers=headers)


def refuses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    schema = {"$ref": "#/components/schemas/Problem"}
    content = {"application/problem+json": {"schema": schema}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


class Permit(BaseModel):
    street: str = Field(min_length=1, max_length=60)
    metres: int = Field(ge=1, le=30)


app = FastAPI(title="Permits")


@app.exception_handler(HTTPException)
async def on_http(request: Request, exc: HTTPException) -> ProblemResponse:
    return problem(exc.status_code, exc.headers)


@app.exception_handler(RequestValidationError)
async def on_invalid(request: Request, exc: RequestValidationError) -> ProblemResponse:
    return problem(422)


@app.post("/permits", status_code=201, responses=refuses(400, 409, 422))
async def apply(permit: Permit) -> Permit:
    if not permit.street.strip():
        raise HTTPException(400)
    if permit.metres > 20:
        raise HTTPException(409)
    return permit


@app.get("/problem", responses={200: {"model": Problem}})
async def example() -> Problem:
    return Problem(title="An example", status=418)
