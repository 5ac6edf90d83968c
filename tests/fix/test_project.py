"""A project of several packages: what is documented once, where new classes go, what is imported, what is left alone."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from upheld import run
from upheld.fix import Mender
from upheld.model import Report
from upheld.settings import Settings

PYPROJECT = """\
[tool.ruff]
line-length = 100
"""


MODELS = """\
from pydantic import BaseModel


class Book(BaseModel):
    title: str


class User(BaseModel):
    name: str
"""


ERRORS = '''\
"""What goes wrong."""


class NotThere(Exception):
    """Nothing is there."""
'''


HANDLERS = """\
from fastapi import Request
from fastapi.responses import JSONResponse

from library.errors import NotThere


async def not_there(request: Request, error: NotThere) -> JSONResponse:
    return JSONResponse({"code": 7, "reason": "Nothing is there"}, 404)
"""


AUTH = """\
from typing import Annotated

from fastapi import Header, HTTPException


def staff(x_key: Annotated[str, Header()] = "") -> None:
    if x_key != "sesame":
        raise HTTPException(403, "Staff only")
"""


BOOKS_ROUTER = """\
from fastapi import APIRouter, Depends

from library.auth import staff
from library.errors import NotThere
from library.models import Book

router = APIRouter(prefix="/books", tags=["books"], dependencies=[Depends(staff)])


@router.get("/{number}")
def read(number: int) -> Book:
    if number != 1:
        raise NotThere
    return Book(title="Orlando")


@router.get("")
def every() -> list[Book]:
    return [Book(title="Orlando")]
"""


USERS_ROUTER = """\
from fastapi import APIRouter, HTTPException

from ..models import User

router = APIRouter()


@router.get("/users/{number}")
def read(number: int) -> User:
    if number != 1:
        raise HTTPException(404, "No such user")
    return User(name="Virginia")


@router.get("/users")
def every(page: int = 1) -> list[User]:
    if page > 5:
        raise HTTPException(404, "No such page")
    return []
"""


SHOPS_ROUTER = """\
from fastapi import APIRouter, HTTPException
from vendor.lib import check

from library import models

shops = APIRouter()


@shops.get("/shops/{number}")
def read(number: int) -> models.Book:
    check(number)
    if number == 7:
        raise HTTPException(410, "Closed")
    return models.Book(title="x")
"""


MAIN = """\
from fastapi import FastAPI

from library.books.router import router as books
from library.errors import NotThere
from library.handlers import not_there
from library.shops.router import shops
from library.users import router as users

app = FastAPI(exception_handlers={NotThere: not_there})
app.include_router(books)
app.include_router(users.router, prefix="/v1")
app.include_router(users.router, prefix="/v2")
app.include_router(shops)
"""


FILES = {
    "pyproject.toml": PYPROJECT,
    "library/models.py": MODELS,
    "library/errors.py": ERRORS,
    "library/handlers.py": HANDLERS,
    "library/auth.py": AUTH,
    "library/books/router.py": BOOKS_ROUTER,
    "library/users/router.py": USERS_ROUTER,
    "library/shops/router.py": SHOPS_ROUTER,
    "library/main.py": MAIN,
    "library/__init__.py": "",
    "library/books/__init__.py": "",
    "library/users/__init__.py": "",
    "library/shops/__init__.py": "",
}

ELSEWHERE = """\
from fastapi import HTTPException


def check(number: int) -> None:
    if number > 100:
        raise HTTPException(400, "Too many")
"""

AFTER = {
    "library/books/router.py": BOOKS_ROUTER.replace("import Book\n", "import Book, Detail, ErrorBody\n")
    .replace(
        'APIRouter(prefix="/books", tags=["books"], dependencies=[Depends(staff)])',
        """APIRouter(
    prefix="/books",
    tags=["books"],
    dependencies=[Depends(staff)],
    responses={403: {"model": Detail, "description": "Staff only"}},
)""",
    )
    .replace(
        '@router.get("/{number}")',
        '@router.get("/{number}", responses={404: {"model": ErrorBody, "description": "Nothing is there"}})',
    ),
    "library/models.py": MODELS.replace(
        "class Book(",
        """class Detail(BaseModel):
    detail: str


class ErrorBody(BaseModel):
    code: int
    reason: str


class Book(""",
    ),
    "library/shops/router.py": SHOPS_ROUTER.replace(
        '@shops.get("/shops/{number}")',
        """@shops.get(
    "/shops/{number}",
    responses={
        400: {"model": models.Detail, "description": "Bad Request"},
        410: {"model": models.Detail, "description": "Closed"},
    },
)""",
    ),
    "library/users/router.py": USERS_ROUTER.replace("import User\n", "import Detail, User\n").replace(
        "APIRouter()",
        'APIRouter(responses={404: {"model": Detail, "description": "No such user; No such page"}})',
    ),
}
"""Each status once: on the router where all of it answers so, on the route else. `Detail` is written once, among models."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write the project, and beside it a package that is not part of it."""
    for name, text in {**FILES, "../elsewhere/vendor/lib.py": ELSEWHERE}.items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "elsewhere"), *sys.path])
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def checked(root: Path) -> tuple[Report, dict[str, str]]:
    """Check the project, and return what is found and what would be written."""
    mender = Mender()
    known = set(sys.modules)
    try:
        report = run.check("library.main:app", Settings(budget=40), root=root, mend=mender.mend)
        return report, mender.texts(behaviour=False)
    finally:
        for name in set(sys.modules) - known:
            if name.partition(".")[0] in {"library", "vendor"}:
                del sys.modules[name]


def sorted_and_formatted(root: Path, texts: Mapping[str, str]) -> None:
    """Ask Ruff whether it would change anything."""
    for command in (["check", "--select", "I", "--quiet"], ["format", "--check", "--quiet"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, *texts], cwd=root, capture_output=True, text=True, check=False
        )
        assert (0, "") == (done.returncode, done.stdout)


def test_project(project: Path) -> None:
    report, texts = checked(project)
    assert {"undocumented-status"} == {finding.rule for finding in report.findings}
    assert all(finding.fix is not None and finding.fix.diff for finding in report.findings)
    assert AFTER == texts
    for name, text in texts.items():
        (project / name).write_text(text, encoding="utf-8")
    sorted_and_formatted(project, texts)
    again, more = checked(project)
    assert () == again.findings
    assert {} == more
