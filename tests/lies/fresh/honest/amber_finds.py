"""Finds of amber along a coast, and who may keep them."""

from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import Body, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel

Shore = Literal["east", "west"]


class FindError(Exception):
    status = HTTPStatus.INTERNAL_SERVER_ERROR


class NoSuchFind(FindError):
    status = HTTPStatus.NOT_FOUND


class Withdrawn(NoSuchFind):
    status = HTTPStatus.GONE


class Kept(FindError):
    status = HTTPStatus.CONFLICT


class KeptByMuseum(Kept):
    """The museum keeps what is large."""


class Problem(BaseModel):
    detail: str


class Find(BaseModel):
    number: int
    shore: Shore
    grams: int
    keeper: str | None = None


class Register:
    withdrawn = frozenset({3, 17})

    def __init__(self, *finds: Find) -> None:
        self._finds = {find.number: find for find in finds}

    def __len__(self) -> int:
        return max(self._finds)

    def __getitem__(self, number: int) -> Find:
        if number in self.withdrawn:
            raise Withdrawn("It was a pebble")
        if number not in self._finds:
            raise NoSuchFind("No such find")
        return self._finds[number]

    def along(self, shore: Shore) -> list[Find]:
        found = []
        for number in range(1, len(self) + 1):
            try:
                find = self[number]
            except FindError:
                continue
            if find.shore == shore:
                found.append(find)
        return found

    def claim(self, number: int, keeper: str) -> Find:
        find = self[number]
        if find.grams > 500:
            raise KeptByMuseum("Pieces of that size go to the museum")
        if find.keeper not in (None, keeper):
            raise Kept("Somebody was faster")
        find.keeper = keeper
        return find


PROBLEM: dict[str, Any] = {"model": Problem}
register = Register(Find(number=1, shore="east", grams=12), Find(number=2, shore="west", grams=740, keeper="Museum"))
app = FastAPI(title="Amber finds")


@app.exception_handler(FindError)
async def on_find_error(request: Request, error: FindError) -> JSONResponse:
    return JSONResponse({"detail": str(error)}, status_code=error.status)


@app.exception_handler(RequestValidationError)
async def on_invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    return JSONResponse({"detail": f"{len(error.errors())} mistakes in the request"}, status_code=422)


@app.get("/finds", responses={"default": PROBLEM})
async def finds(shore: Shore = "east") -> list[Find]:
    return register.along(shore)


@app.get("/finds/{number}", responses={kind.status.value: PROBLEM for kind in (NoSuchFind, Withdrawn)} | {422: PROBLEM})
async def find(number: int) -> Find:
    return register[number]


@app.put("/finds/{number}/keeper", responses={"4XX": PROBLEM})
async def claim(number: int, keeper: Annotated[str, Body(embed=True, min_length=1, max_length=40)]) -> Find:
    return register.claim(number, keeper)
