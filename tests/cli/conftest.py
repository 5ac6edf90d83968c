"""The command line with a toolkit behind it that answers at once."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

import upheld
from tests.build import report
from upheld.cli import main
from upheld.model import Level, Report, Rule

PAGE = """An operation answered with a status its document never mentions.

Why: a generated client has no branch for it.
Bad:
    @app.get("/pets/{id}")
    def pet(id: int): raise HTTPException(404)
Good:
    @app.get("/pets/{id}", responses={404: {}})
    def pet(id: int): raise HTTPException(404)
Source: OpenAPI 3.1.1, Responses Object.
"""


FIX = """Document it.

Safety: docs only.
"""


class Ended(NamedTuple):
    """How a command ended."""

    code: object
    out: str
    err: str


Cli = Callable[..., Ended]


class Toolkit:
    """Stands in for `upheld.run`, `upheld.gate` and `upheld.rules`; remembers what it was asked."""

    def __init__(self) -> None:
        self.report: Report = report()
        self.fault: BaseException | None = None
        self.asked: dict[str, Any] = {}

    def answer(self, name: str, result: Any) -> Callable[..., Any]:
        def function(*args: Any, **kwargs: Any) -> Any:
            self.asked[name] = (args, kwargs)
            if self.fault is not None:
                raise self.fault
            return result() if callable(result) else result

        return function


@pytest.fixture
def toolkit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Toolkit:
    kit = Toolkit()
    run = SimpleNamespace(
        check=kit.answer("check", lambda: kit.report),
        check_url=kit.answer("check_url", lambda: kit.report),
        export=kit.answer("export", Path("contracts/openapi.json")),
        stale=kit.answer("stale", lambda: kit.report),
        client=kit.answer("client", [Path("generated/__init__.py"), Path("generated/models.py")]),
        stale_client=kit.answer("stale_client", lambda: kit.report),
    )
    known = {"undocumented-field": Rule(level=Level.WARNING), "undocumented-status": Rule(level=Level.ERROR)}
    rules = SimpleNamespace(load=lambda: known, ids=lambda: frozenset(known), page=lambda _rule: PAGE)
    gate = SimpleNamespace(
        decide=lambda report, level: int(any(f.level.weight >= level.weight for f in report.findings))
    )
    fix = SimpleNamespace(fixable=lambda: frozenset({"undocumented-status"}), page=lambda _rule: FIX)
    for name, part in {"run": run, "rules": rules, "gate": gate, "fix": fix}.items():
        monkeypatch.setattr(upheld, name, part, raising=False)
    monkeypatch.chdir(tmp_path)
    return kit


@pytest.fixture
def cli(whole: Cli, toolkit: Toolkit) -> Cli:  # noqa: ARG001 - puts it in place
    """Call the command line as a process would be, with the toolkit that answers at once."""
    return whole


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Call the command line as a process would be, with all that is behind it."""

    def call(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["upheld", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return Ended(ended.value.code, out, err)

    return call
