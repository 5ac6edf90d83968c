"""Whole checks of apps that take back what signs in: it is signed in again, and no lie is made of it."""

import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from textwrap import dedent

import pytest

from upheld import run
from upheld.model import Report
from upheld.settings import FixedHeaders, PasswordFlow, Settings

ACCOUNTS = """
    from secrets import token_hex
    from typing import Annotated
    from fastapi import Depends, FastAPI, HTTPException
    from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
    from pydantic import BaseModel

    app = FastAPI()
    scheme = OAuth2PasswordBearer("/token")
    users = {"ada": "hunter22"}
    tokens: dict[str, str] = {}
    seen: list[str] = []
    NO = {401: {"description": "Not signed in"}}

    class Token(BaseModel):
        access_token: str

    @app.post("/token", responses=NO)
    def token(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> Token:
        if users.get(form.username) != form.password:
            raise HTTPException(401)
        made = "t" + token_hex(8)
        tokens[made] = form.username
        return Token(access_token=made)

    def user(token: Annotated[str, Depends(scheme)]) -> str:
        if tokens.get(token) not in users:
            raise HTTPException(401)
        return tokens[token]

    User = Annotated[str, Depends(user)]

    @app.get("/me", responses=NO)
    def me(user: User) -> str:
        return user

    @app.get("/shelves/{number}", responses=NO)
    def shelf(number: int, user: User) -> int:
        seen.append(user)
        return number
"""
LOGOUT = (
    ACCOUNTS
    + """
    @app.post("/logout", status_code=204)
    def logout(token: Annotated[str, Depends(scheme)], user: User) -> None:
        del tokens[token]
    @app.post("/notes")
    def note(text: str, user: User) -> str:
        seen.append("note")
        return text
"""
)
LOGOUT = LOGOUT.replace('"/logout", status_code=204', '"/logout", status_code=204, responses=NO')
DELETES_ME = (
    ACCOUNTS
    + """
    @app.delete("/me", status_code=204, responses=NO)
    def leave(user: User) -> None:
        del users[user]
    @app.delete("/shelves/{number}", status_code=204, responses=NO)
    def remove(number: int, user: User) -> None:
        seen.append("removed")
"""
)
SIGN_IN = PasswordFlow(username="ada", password="hunter22")
PUTS_BACK = """
    import {app}

    def reset():
        {app}.users["ada"] = "hunter22"
"""
NUMBERS = count()
Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a module of a name that no other has, and return the name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])

    def written(source: str, **names: str) -> str:
        name = f"signed_in_{next(NUMBERS)}"
        text = dedent(source)
        (tmp_path / f"{name}.py").write_text(text.format(**names) if names else text, encoding="utf-8")
        return name

    return written


def told(report: Report) -> list[tuple[str, str, int | None]]:
    """Return what was found, in short."""
    return [(finding.rule, finding.operation, finding.status) for finding in report.findings]


def check(name: str, **settings: object) -> Report:
    """Check an app of the working directory as a user whom it knows."""
    return run.check(f"{name}:app", Settings(**{"auth": SIGN_IN, "budget": 60} | settings), root=Path.cwd())  # type: ignore[arg-type]


def test_a_token_that_is_revoked(write: Write) -> None:
    name = write(LOGOUT)
    report = check(name)
    # What the author did not document is reported, for it is seen without any credentials.
    assert {("undocumented-status", "POST /notes", 401)} == set(told(report))
    assert "signed-out" in {note.about for note in report.notes}
    assert "note" in sys.modules[name].seen
    assert "t" + "0" * 16 not in str(report.findings)


def test_a_user_who_is_deleted(write: Write) -> None:
    name = write(DELETES_ME)
    report = check(name)
    assert [] == told(report)
    assert "signed-out" in {note.about for note in report.notes}
    assert "removed" in sys.modules[name].seen


def test_a_user_who_is_deleted_and_put_back(write: Write) -> None:
    name = write(DELETES_ME)
    without = run_of(name, check(name))
    again = write(DELETES_ME)
    with_reset = run_of(again, check(again, hooks=write(PUTS_BACK, app=again)))
    assert with_reset > without


def run_of(name: str, report: Report) -> int:
    """Return how often a signed-in request was really served."""
    assert [] == told(report)
    return len(sys.modules[name].seen)


def test_what_only_one_operation_refuses_is_its_own_doing(write: Write) -> None:
    source = (
        ACCOUNTS
        + """
    @app.get("/vault")
    def vault(user: User, key: int = 0) -> int:
        raise HTTPException(401, "Never")
"""
    )
    assert {("undocumented-status", "GET /vault", 401)} == set(told(check(write(source))))


LEAKY = """
    from typing import Annotated
    from fastapi import Depends, FastAPI
    from fastapi.security import APIKeyHeader

    app = FastAPI()
    SCHEME = APIKeyHeader(name="X-Key")

    @app.get("/any", responses={401: {}})
    def any_key(key: Annotated[str, Depends(SCHEME)]) -> int:
        return 1
"""


def test_wrong_credentials_that_are_accepted(write: Write) -> None:
    auth = FixedHeaders(headers={"X-Key": "right-9f31c2"})
    report = check(write(LEAKY), auth=auth)
    assert [("auth-not-enforced", "GET /any", None)] == told(report)
    finding = report.findings[0]
    assert "answered 200 to wrong credentials; the docs require APIKeyHeader" == finding.message
    assert finding.request is not None
    assert {"x-key": "***"} == finding.request.headers
    assert [] == told(check(write(LEAKY), auth=None))  # made up as both would be
