"""The cloakroom of a concert hall."""

from itertools import count

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException


class Problem(BaseModel):
    title: str
    hook: int | None = None


class Coat(BaseModel):
    owner: str = Field(max_length=40)
    wet: bool = False


class Ticket(BaseModel):
    hook: int


class CloakroomError(Exception):
    status: int
    title: str

    def __init__(self, hook: int | None = None) -> None:
        self.hook = hook


class NoCoat(CloakroomError):
    status = 404
    title = "That hook is empty"


class TooWet(CloakroomError):
    status = 409
    title = "Shake it first"


app = FastAPI(title="Cloakroom", responses={"4XX": {"model": Problem, "description": "Refused"}})
hooks: dict[int, Coat] = {}
numbers = count(1)


@app.exception_handler(CloakroomError)
async def refused(request: Request, error: CloakroomError) -> JSONResponse:
    return JSONResponse({"title": error.title, "hook": error.hook}, status_code=error.status)


@app.exception_handler(HTTPException)
async def http_problem(request: Request, error: HTTPException) -> JSONResponse:
    return JSONResponse({"title": str(error.detail)}, error.status_code, error.headers)


@app.exception_handler(RequestValidationError)
async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    return JSONResponse({"title": f"{len(error.errors())} mistakes"}, status_code=422)


@app.post("/coats", status_code=201)
async def hang(coat: Coat) -> Ticket:
    if coat.wet:
        raise TooWet
    hook = next(numbers)
    hooks[hook] = coat
    return Ticket(hook=hook)


@app.delete("/coats/{hook}")
async def fetch(hook: int) -> Coat:
    if hook not in hooks:
        raise NoCoat(hook)
    return hooks.pop(hook)


@app.get("/coats/{hook}/lost")
async def report_lost(hook: int) -> Ticket:
    if hook in hooks:
        raise HTTPException(418, "It is still here")
    return Ticket(hook=hook)
