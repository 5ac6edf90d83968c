"""An embassy with one body for all errors, its validation errors included, and a promise of it in the docs."""

from http import HTTPStatus

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException as StarletteHTTPException


class Problem(BaseModel):
    title: str
    status: int
    errors: list[str] = []


class Visa(BaseModel):
    country: str = Field(pattern="^[A-Z]{2}$")
    days: int = Field(gt=0, le=90)


PROBLEMS = {status: {"model": Problem} for status in (404, 409, 422)}
app = FastAPI(responses=PROBLEMS)


def problem(status: int, title: str, errors: list[str] | None = None) -> JSONResponse:
    return JSONResponse(Problem(title=title, status=status, errors=errors or []).model_dump(), status)


@app.exception_handler(StarletteHTTPException)
async def http(request: Request, error: StarletteHTTPException) -> JSONResponse:
    return problem(error.status_code, str(error.detail))


@app.exception_handler(RequestValidationError)
async def validation(request: Request, error: RequestValidationError) -> JSONResponse:
    return problem(422, "Invalid", [str(each["loc"]) for each in error.errors()])


@app.post("/visas", status_code=201)
def add_visa(visa: Visa) -> Visa:
    if visa.days == 13:
        raise HTTPException(409, "unlucky")
    return visa


@app.get("/visas/{number}")
def read_visa(number: int) -> Visa:
    if number == 0:
        raise HTTPException(404, HTTPStatus(404).phrase)
    if number > 5:
        raise HTTPException(410, "expired")  # lie: undocumented-status GET /visas/{number} 410
    return Visa(country="AT", days=9)


@app.get("/consuls/{number}")
def consul(number: int) -> str:
    if number < 0:
        return JSONResponse({"title": "none"}, 404)  # lie: response-schema-mismatch GET /consuls/{number} 404
    return "Ada"
