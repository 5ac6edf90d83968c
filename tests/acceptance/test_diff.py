"""`upheld diff` as a process: quick, on its own, and never at a loss for a line."""

import json
import re
import subprocess
import sys
from itertools import pairwise

import pytest

from tests.acceptance.conftest import Project, environment, the_line
from tests.repository import CONTRACT, commit, git, repository

pytestmark = pytest.mark.slow

BOOK = """
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class Book(BaseModel):
        title: str
        {members}


    @app.get("/books")
    def books() -> list[Book]:
        return []


    @app.post("/books")
    def add(book: Book) -> Book:
        return book
"""
WATCHED = """\
import runpy, sys
sys.argv = ["upheld", *sys.argv[1:]]
try:
    runpy.run_module("upheld", run_name="__main__")
finally:
    heavy = ("fastapi", "starlette", "schemathesis", "hypothesis", "rich", "pydantic", "libcst")
    print([name for name in heavy if name in sys.modules])
"""


def test_what_it_imports(project: Project) -> None:
    """Neither the framework nor what generates requests; Typer's Rich and Pydantic only cost time."""
    (project.folder / "watched.py").write_text(WATCHED, encoding="utf-8")
    for name in ("old.json", "new.yaml"):
        text = '{"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "paths": {}}'
        (project.folder / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "watched.py", "diff", "old.json", "new.yaml"]
    done = subprocess.run(command, cwd=project.folder, env=environment(), capture_output=True, text=True, check=False)
    assert (0, "Nothing changed from old.json to new.yaml.\n[]\n", "") == (done.returncode, done.stdout, done.stderr)


@pytest.fixture
def shop(project: Project) -> Project:
    """A project whose contract is committed on main, on a branch that left it."""
    project.write(
        shop=BOOK.replace("{members}", "isbn: str | None = None"), pyproject="[tool.upheld]\napp = 'shop:app'\n"
    )
    assert project.upheld("export").code == 0
    repository(project.folder)
    commit(project.folder, "Begin")
    git(project.folder, "checkout", "--quiet", "-b", "topic")
    return project


def test_a_documented_field_that_is_taken_out(shop: Project) -> None:
    assert shop.upheld("diff").code == 0
    shop.write(shop=BOOK.replace("{members}", "isbn: str"))
    assert shop.upheld("export").code == 0
    commit(shop.folder, "Ask for the number")
    ended = shop.upheld("diff")
    assert ended.code == 1
    assert "accepted by the old contract, refused by the new:\n        POST /books\n" in ended.out
    assert '        {"title": ""}\n' in ended.out
    approved = shop.upheld("diff", "--approve", "nobody leaves it out")
    assert (0, "") == (approved.code, approved.out)
    assert "wrote contracts/approvals.toml\n" in approved.err
    ended = shop.upheld("diff")
    assert (0, True) == (ended.code, "approved until " in ended.out)
    path = shop.folder / "contracts" / "approvals.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"expires = .*", "expires = 2020-01-31", text), encoding="utf-8")
    ended = shop.upheld("diff")
    assert (1, True) == (ended.code, "ended on 2020-01-31; the change counts again" in ended.err)


def test_an_app_against_its_contract(shop: Project) -> None:
    shop.write(shop=BOOK.replace("{members}", "print('loud')"))
    ended = shop.upheld("diff", CONTRACT, "shop:app", "--format", "json")
    told = json.loads(ended.out)
    assert (CONTRACT, "shop:app", "loud\n") == (told["old"], told["new"], ended.err)


def test_a_changelog(shop: Project) -> None:
    assert shop.upheld("changelog").code == 0
    text = (shop.folder / "contracts/CHANGELOG.md").read_text(encoding="utf-8")
    assert "Begin\n\nThe first contract, 2 operations.\n" in text
    assert (0, "contracts/CHANGELOG.md is up to date\n") == shop.upheld("changelog", "--check")[::2]


BROKEN = {
    "a key twice": ("a.yaml", "openapi: 3.1.0\nopenapi: 3.1.0\n", 'a.yaml:2: the key "openapi" stands twice'),
    "deep": ("a.json", "[" * 100_000, "a.json: nested too deeply to be read"),
    "laughs": (
        "a.yaml",
        "a: &a [1]\n" + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefghi")),
        "a.yaml:8: aliases",
    ),
    "an anchor in itself": ("a.yaml", "a: &a [*a]\n", "a.yaml:1: the anchor &a holds itself"),
    "not valid": ("a.json", '{"openapi": "3.1.0"}', 'a.json: "info" is a required property at #'),
    "nothing": ("a.json", "", "a.json:1: Expecting value"),
}


@pytest.mark.parametrize(("name", "text", "begin"), BROKEN.values(), ids=BROKEN)
def test_a_broken_side(project: Project, name: str, text: str, begin: str) -> None:
    (project.folder / name).write_text(text, encoding="utf-8")
    assert begin in the_line(project.upheld("diff", name, name))
