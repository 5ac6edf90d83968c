"""A status that nothing produces is taken out where the route itself names it, and nowhere else."""

from tests.fix.rules.conftest import Shop, missing

SOURCE = """
from http import HTTPStatus

from fastapi import APIRouter, FastAPI, HTTPException, status
from pydantic import BaseModel


class Problem(BaseModel):
    detail: str


def problems(*statuses):
    return {each: {"model": Problem} for each in statuses}


PROBLEMS = {404: {"model": Problem}, 409: {"model": Problem}}
ONE = {404: {"model": Problem}}
app = FastAPI()
router = APIRouter()


def need(number: int) -> None:
    if number != 1:
        raise HTTPException(404, "No")


@app.get("/a", responses={404: {"model": Problem}})
def a() -> str:
    return "a"


@app.get(
    "/b",
    responses={
        # long ago
        status.HTTP_410_GONE: {"model": Problem},
        HTTPStatus.NOT_FOUND: {"model": Problem},  # not there
        "418": {
            "model": Problem,
        },
    },
)
def b(number: int) -> str:
    need(number)
    return "b"


@router.get("/c", responses=problems(404, 409))
def c(number: int) -> str:
    need(number)
    return "c"


@router.get("/d", responses={**ONE, 409: {"model": Problem}})
def d(number: int) -> str:
    need(number)
    return "d"


@router.get("/e", responses=ONE | {418: {}}, tags=["e"])
def e(number: int) -> str:
    need(number)
    return "e"


@router.get("/f", responses=ONE | {409: {}, 418: {}})
def f(number: int) -> str:
    need(number)
    if number == 1:
        raise HTTPException(409, "No")
    return "f"


app.include_router(router)
"""

WANTED = """
PROBLEMS = {404: {"model": Problem}, 409: {"model": Problem}}
ONE = {404: {"model": Problem}}
...
@app.get("/a")
...
    responses={
        # long ago
        HTTPStatus.NOT_FOUND: {"model": Problem},  # not there
    },
...
@router.get("/c", responses=problems(404))
...
@router.get("/d", responses=ONE)
...
@router.get("/e", responses=ONE, tags=["e"])
...
@router.get("/f", responses=ONE | {409: {}})
"""


def test_fix(shop: Shop) -> None:
    after = shop(SOURCE, "phantom-status")["main.py"]
    assert not missing(after, WANTED), after
