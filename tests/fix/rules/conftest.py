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
