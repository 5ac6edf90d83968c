"""A parameter is declared where it is read: in the endpoint, or in the dependency that reads it."""

from tests.fix.rules.conftest import Shop, missing

MAIN = '''
from fastapi import APIRouter, Depends, FastAPI, Request

from .deps import Filter, paging

app = FastAPI()
router = APIRouter()


@app.get("/a")
async def a(
    request: Request,
) -> str:
    """Says."""
    return "de" if request.query_params.get("lang") == "de" else "en"


@app.get("/b")
def b(request: Request, *, q: int = 1) -> str:
    return "one" if request.headers.get("X-Shop-Id") == "1" else "two"


@app.get("/c")
def c(request: Request, seen: int = 2) -> str:
    return "one" if request.cookies.get("seen") == "1" else "two"


@router.get("/d")
def d(page: str = Depends(paging)) -> str:
    return page


@router.get("/e")
def e(kind: Filter = Depends()) -> str:
    return kind.said


class Shop:
    @staticmethod
    def own(request: Request) -> str:
        return "y" if request.query_params.get("from") == "z" else "n"


def make(name: str):
    def made(request: Request) -> str:
        return "y" if request.query_params.get("x[y]") == name else "n"

    return made


app.add_api_route("/f", Shop.own)
app.add_api_route("/g", make("z"))
app.include_router(router, prefix="/one")
app.include_router(router, prefix="/two")
'''

DEPS = '''
"""Dependencies."""

import fastapi


def paging(request: fastapi.Request) -> str:
    return "last" if request.query_params.get("page") == "last" else "first"


class Filter:
    def __init__(self, request: fastapi.Request):
        self.said = "x" if request.headers.get("x-filter") == "on" else "y"
'''

WANTED = """
from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, FastAPI, Header, Query, Request
...
    request: Request,
    lang: Annotated[str | None, Query()] = None,
) -> str:
...
    request: Request, *, q: int = 1, x_shop_id: Annotated[str | None, Header()] = None
...
def c(
    request: Request,
    seen: int = 2,
    seen_: Annotated[str | None, Cookie(alias="seen")] = None,
) -> str:
...
        request: Request, from_: Annotated[str | None, Query(alias="from")] = None
...
        request: Request, x_y: Annotated[str | None, Query(alias="x[y]")] = None
"""

WANTED_DEPS = '''
"""Dependencies."""

from typing import Annotated

import fastapi


def paging(
    request: fastapi.Request, page: Annotated[str | None, fastapi.Query()] = None
) -> str:
    return "last" if request.query_params.get("page") == "last" else "first"


class Filter:
    def __init__(
        self,
        request: fastapi.Request,
        x_filter: Annotated[str | None, fastapi.Header()] = None,
    ):
        self.said = "x" if request.headers.get("x-filter") == "on" else "y"
'''


def test_fix(shop: Shop) -> None:
    after = shop({"main.py": MAIN, "deps.py": DEPS}, "undocumented-parameter")
    assert not missing(after["main.py"], WANTED), after["main.py"]
    assert WANTED_DEPS.lstrip() == after["deps.py"]
