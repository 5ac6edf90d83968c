"""What it takes to see a finding again, on small apps in this process: nothing, a run-up, or luck."""

import json
import os
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from textwrap import dedent

import pytest

from upheld import run
from upheld.model import Level, Report
from upheld.settings import PasswordFlow, Settings

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is sent again without a fork")
NUMBERS = count()
Checked = Callable[..., Report]

PRELUDE = """
import os, random, threading, uuid
from fastapi import Depends, FastAPI, Form, HTTPException
from fastapi.security import OAuth2PasswordBearer
from pydantic import BaseModel
app = FastAPI()
state = {"calls": 0, "closed": False}
made = {}
class Book(BaseModel):
    title: str
    pages: int = 1
class Closing(BaseModel):
    closed: bool
"""


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checked:
    """Write an app below the prelude, and check it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])

    def check(source: str, **settings: object) -> Report:
        name = f"again_app_{next(NUMBERS)}"
        (tmp_path / f"{name}.py").write_text(PRELUDE + dedent(source), encoding="utf-8")
        return run.check(f"{name}:app", Settings(**{"budget": 60} | settings), root=tmp_path)  # type: ignore[arg-type]

    return check


# In each, what a fresh app has to be sent, targets as shown.
TAKES = {
    "alone": (
        """
        @app.get("/shares/{people}")
        def share(people: int, unit: str = "cent", rounded: bool = True) -> dict[str, int]:
            if people > 6:
                raise HTTPException(409)
            return {}
        """,
        ["GET /shares/10"],
    ),
    "a limit": (
        """
        @app.get("/limited")
        def limited() -> dict[str, int]:
            state["calls"] += 1
            if state["calls"] > 5:
                raise HTTPException(429)
            return {}
        """,
        ["GET /limited"] * 6,
    ),
    "created twice": (
        """
        @app.post("/books")
        def create(book: Book) -> dict[str, int]:
            if book.title in made:
                raise HTTPException(409)
            made[book.title] = book
            return {}
        """,
        ['POST /books {"title": ""}'] * 2,
    ),
    "deleted twice": (
        """
        @app.post("/books", status_code=201)
        def create(book: Book) -> dict[str, str]:
            key = str(uuid.uuid4())
            made[key] = book
            return {"id": key}
        @app.delete("/books/{book_id}", responses={404: {}})
        def remove(book_id: str) -> dict[str, int]:
            if book_id not in made:
                raise HTTPException(404)
            if made[book_id] is None:
                raise HTTPException(410)
            made[book_id] = None
            return {}
        """,
        [
            'POST /books {"title": ""}',
            "DELETE /books/{id from POST /books}",
            "DELETE /books/{id from POST /books}",
        ],
    ),
    "a switch": (
        """
        @app.put("/closing")
        def close(closing: Closing) -> dict[str, int]:
            state["closed"] = closing.closed
            return {}
        @app.get("/shop")
        def shop() -> dict[str, int]:
            if state["closed"]:
                raise HTTPException(423)
            return {}
        """,
        ['PUT /closing {"closed": true}', "GET /shop"],
    ),
    "chance that can be repeated": (
        """
        @app.get("/lottery")
        def draw() -> dict[str, int]:
            if random.random() < 0.5:
                raise HTTPException(409)
            return {}
        """,
        None,
    ),
}


@pytest.mark.parametrize(("source", "expected"), TAKES.values(), ids=TAKES)
def test_what_it_takes(checked: Checked, source: str, expected: list[str] | None) -> None:
    report = checked(source)
    (finding,) = report.findings
    assert finding.request is not None
    assert (Level.ERROR, False) == (finding.level, finding.flaky)
    took = [*finding.request.after, finding.request]
    if expected is not None:
        assert expected == [f"{one.method} {one.target} {one.body or ''}".strip() for one in took]
    assert [] == [one for one in took if "{" in one.curl.partition(" -H ")[0]], "a command names what was really given"


def test_the_app_may_draw_lots(checked: Checked) -> None:
    source = TAKES["chance that can be repeated"][0]
    first, second = (checked(source) for _ in range(2))
    assert [finding.count for finding in first.findings] == [finding.count for finding in second.findings]


def test_what_the_whole_run_loses_is_flaky(checked: Checked) -> None:
    report = checked("""
        @app.get("/once")
        def once() -> dict[str, int]:
            if not os.path.exists("seen"):
                open("seen", "w").close()
                raise HTTPException(409)
            return {}
        """)
    (finding,) = report.findings
    assert (Level.WARNING, True, 1) == (finding.level, finding.flaky, finding.count)


def test_an_app_with_threads_is_left_alone(checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("threads are not copied"))
    report = checked("""
        done = threading.Event()
        threading.Thread(target=done.wait, args=(20,), daemon=True).start()
        @app.get("/shares/{people}")
        def share(people: int) -> dict[str, int]:
            done.set()
            raise HTTPException(409)
        """)
    (finding,) = report.findings
    assert (Level.ERROR, False) == (finding.level, finding.flaky)


def test_it_signs_in_anew(checked: Checked) -> None:
    report = checked(
        """
        tokens = set()
        @app.post("/token", include_in_schema=False)
        def token(username: str = Form(), password: str = Form()) -> dict[str, str]:
            tokens.add(uuid.uuid4().hex)
            return {"access_token": max(tokens)}
        @app.get("/me", responses={401: {}})
        def me(bearer: str = Depends(OAuth2PasswordBearer("/token")), limit: int = 1) -> dict[str, int]:
            if bearer not in tokens:
                raise HTTPException(401)
            raise HTTPException(409)
        """,
        auth=PasswordFlow(token_url="/token", username="ada", password="correct horse"),
    )
    (finding,) = report.findings
    assert finding.request is not None
    assert (409, "/me", (), False) == (finding.status, finding.request.target, finding.request.after, finding.flaky)
    assert {"authorization": "Bearer ***"} == finding.request.headers


def test_what_is_given_out_again_is_masked(checked: Checked) -> None:
    report = checked("""
        @app.get("/session")
        def session(long: bool = False) -> dict[str, int]:
            from fastapi.responses import JSONResponse
            return JSONResponse({"access_token": uuid.uuid4().hex, "n": "x"})
        """)
    for finding in report.findings:
        assert not any(len(word) == 32 for word in json.dumps([finding.message, finding.observed]).split('"'))
    assert report.findings
