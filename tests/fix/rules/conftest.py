"""Small apps that are checked and mended in this process."""

import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from textwrap import dedent

import pytest

from upheld import run
from upheld.fix import Mender
from upheld.model import Report
from upheld.settings import Settings

NUMBERS = count()

Mend = Callable[..., tuple[Report, Mender, str]]


@pytest.fixture
def mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mend:
    """Check the source of an app, and return the report, its mender and the source as it would be written."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])

    def mended(source: str, *, rule: str = "", behaviour: bool = False) -> tuple[Report, Mender, str]:
        name = f"mended_app_{next(NUMBERS)}"
        text = dedent(source).lstrip("\n")
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        mender = Mender([rule] if rule else ())
        report = run.check(f"{name}:app", Settings(budget=40), root=Path.cwd(), mend=mender.mend)
        return report, mender, mender.texts(behaviour=behaviour).get(f"{name}.py", text)

    return mended


Shop = Callable[..., dict[str, str]]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """Check a package whose module `main` holds the app, mend one rule's findings, and check it again.

    Return the sources as they would be written; they are left as they are by a second run, none of the rule's findings
    but those of the operations in `left` are there any more, and no new one.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])

    def checked(files: dict[str, str], rule: str, *, behaviour: bool) -> tuple[Report, dict[str, str]]:
        name = f"shop_{next(NUMBERS)}"
        for path, text in {"__init__.py": "", **files}.items():
            (tmp_path / name / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / path).write_text(text, encoding="utf-8")
        mender = Mender([rule] if rule else ())
        report = run.check(f"{name}.main:app", Settings(budget=40), root=Path.cwd(), mend=mender.mend)
        texts = mender.texts(behaviour=behaviour)
        return report, {path.removeprefix(f"{name}/"): text for path, text in texts.items()}

    def mended(
        files: dict[str, str] | str, rule: str, *, behaviour: bool = False, left: tuple[str, ...] = ()
    ) -> dict[str, str]:
        sources = {"main.py": files} if isinstance(files, str) else files
        before = {path: dedent(text).lstrip("\n") for path, text in sources.items()}
        first, texts = checked(before, rule, behaviour=behaviour)
        after = {**before, **texts}
        again, more = checked(after, "", behaviour=behaviour)
        known = {(one.rule, one.operation, one.status) for one in first.findings if one.rule != rule}
        there = {(one.rule, one.operation, one.status) for one in again.findings}
        assert {(rule, operation) for operation in left} == {(name, operation) for name, operation, _ in there - known}
        assert {} == more
        return after

    return mended


def missing(text: str, wanted: str) -> str:
    """Return the first of the wanted passages, parted by lines of three dots, that a text does not hold; "" for none."""
    lines = [line.strip() for line in text.splitlines()]
    for passage in dedent(wanted).split("\n...\n"):
        said = [line.strip() for line in passage.strip("\n").splitlines()]
        if not any(said == lines[at : at + len(said)] for at in range(len(lines))):
            return passage
    return ""
