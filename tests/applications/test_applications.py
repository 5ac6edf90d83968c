"""What real applications are like: `upheld check` copes with each, finds the marked lies at their lines, and nothing else.

An app is a file or a folder below `apps/`, marked as those of the corpus are (`tests/lies/README.md`).
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.lies import scoring

APPS = Path(__file__).parent / "apps"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """How an app is checked, and what is said about it beyond its marks."""

    app: str = ""
    """The file or folder, where the label is not its name."""
    target: str = ""
    """`{name}:app` of a file, `main:app` of a folder where nothing is said."""
    settings: tuple[str, ...] = ()
    """Lines of `[tool.upheld]`."""
    notes: tuple[str, ...] = ()
    """What the framework does by itself in it."""
    warnings: frozenset[str] = frozenset()
    """The operations whose lies are no more than warnings."""
    unseen: int = 0
    """How many documented responses did not come: most are the 422 of parameters that any text suits."""
    silent: int = 0
    """How many operations never answer."""


CASES: dict[str, Case] = {
    "after_yield": Case(notes=("lax-conversion", "router-not-found")),
    "below_a_proxy": Case(notes=("lax-conversion", "router-not-found")),
    "big_integers": Case(
        notes=("body-unparsable", "json-nan", "lax-conversion", "redirect-slashes", "router-not-found")
    ),
    "big_integers_orm": Case(notes=("lax-conversion", "redirect-slashes", "router-not-found")),
    "catch_all": Case(
        notes=("body-unparsable", "json-echo", "json-null", "lax-conversion", "redirect-slashes", "router-not-found")
    ),
    "class_views": Case(notes=("lax-conversion", "redirect-slashes", "router-not-found"), unseen=1),
    "custom_openapi": Case(notes=("lax-conversion", "router-not-found")),
    "downloads": Case(unseen=5),
    "duplicate_ids": Case(notes=("lax-conversion",)),
    "endless_answers": Case(),
    "every_type": Case(
        notes=("bare-refusal", "body-unparsable", "json-nan", "json-null", "lax-conversion", "router-not-found")
    ),
    "exits": Case(notes=("lax-conversion", "router-not-found")),
    "factory": Case(
        target="factory:create_app",
        notes=(
            "redirect-slashes",
            "router-not-found",
        ),
        unseen=1,
    ),
    "factory called": Case(
        app="factory",
        target="factory:create_app()",
        notes=(
            "redirect-slashes",
            "router-not-found",
        ),
        unseen=1,
    ),
    "files_by_path": Case(notes=("json-echo", "redirect-slashes", "router-not-found"), unseen=10),
    "handwritten": Case(notes=("router-not-found",), unseen=1),
    "harsh": Case(notes=("lax-conversion", "router-not-found"), unseen=3),
    "hidden": Case(notes=("router-not-found",), unseen=1),
    "included": Case(notes=("lax-conversion", "redirect-slashes", "router-not-found")),
    "logs_to_stdout": Case(notes=("lax-conversion", "router-not-found")),
    "middlewares": Case(
        notes=("body-unparsable", "json-echo", "json-nan", "lax-conversion", "redirect-slashes", "router-not-found"),
        unseen=1,
    ),
    "models": Case(
        notes=(
            "bare-refusal",
            "body-unparsable",
            "json-echo",
            "json-nan",
            "json-null",
            "lax-conversion",
            "redirect-slashes",
            "router-not-found",
        )
    ),
    "mounted": Case(
        notes=(
            "redirect-slashes",
            "router-not-found",
        ),
        unseen=1,
    ),
    "moves_away": Case(notes=("lax-conversion", "router-not-found")),
    "naive_moments": Case(
        notes=("lax-conversion", "redirect-slashes", "router-not-found"),
        warnings=frozenset({"GET /opening", "GET /trains"}),
    ),
    "not_json": Case(),
    "not_null": Case(
        notes=("body-unparsable", "json-nan", "json-null", "lax-conversion", "redirect-slashes", "router-not-found")
    ),
    "not_null_async": Case(notes=("body-unparsable",)),
    "overrides": Case(notes=("lax-conversion",)),
    "own_client": Case(warnings=frozenset({"GET /who"}), notes=("router-not-found",), unseen=4),
    "own_routes": Case(notes=("body-unparsable", "lax-conversion", "redirect-slashes", "router-not-found"), unseen=2),
    "prints_and_moves": Case(notes=("router-not-found",), unseen=1),
    "problem_details": Case(
        notes=("body-unparsable", "lax-conversion", "redirect-slashes", "router-not-found"), unseen=3
    ),
    "shadowed": Case(notes=("bare-refusal", "lax-conversion", "router-not-found"), unseen=2),
    "slow_import": Case(notes=("lax-conversion", "router-not-found")),
    "slow_lifespan": Case(settings=("time_limit_s = 0.5",), notes=("router-not-found",), unseen=3),
    "sqlmodel_shop": Case(
        notes=("body-unparsable", "json-nan", "lax-conversion", "redirect-slashes", "router-not-found")
    ),
    "startup": Case(
        notes=(
            "redirect-slashes",
            "router-not-found",
        )
    ),
    "task_groups": Case(notes=("lax-conversion",), unseen=2),
    "threads_and_signals": Case(
        settings=("time_limit_s = 0.3",), notes=("lax-conversion", "router-not-found"), unseen=1, silent=1
    ),
    "three_hundred": Case(settings=("budget = 4",), unseen=300),
    "trusted_host": Case(settings=('base_url = "https://bank.example"',), notes=("lax-conversion", "router-not-found")),
    "uploads": Case(notes=("bare-refusal", "form-unparsable", "lax-conversion")),
    "websockets": Case(
        notes=(
            "redirect-slashes",
            "router-not-found",
        ),
        unseen=1,
    ),
    "wrapped": Case(notes=("lax-conversion", "router-not-found")),
}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Told:
    """One finding, or the mark that asks for it."""

    rule: str
    operation: str
    status: int | None
    path: str | None
    line: int | None
    level: str


def test_every_app_has_a_case() -> None:
    there = {path.stem for path in APPS.iterdir() if not path.name.startswith(("_", "."))}
    assert there == {case.app or label for label, case in CASES.items()}


@pytest.mark.slow
@pytest.mark.parametrize("label", CASES)
def test_application(label: str, tmp_path: Path) -> None:
    case = CASES[label]
    name = case.app or label
    folder = copied(APPS / name, tmp_path / "project")
    (folder / "pyproject.toml").write_text("\n".join(["[tool.upheld]", *case.settings]), encoding="utf-8")
    target = case.target or ("main:app" if (folder / "main.py").exists() else f"{name}:app")
    report = scoring.check(folder, target).report
    assert expected(folder, APPS / name, case) == sorted(map(told, report["findings"]))
    assert list(case.notes) == [note["about"] for note in report["notes"]]
    operations, responses = report["coverage"]["operations"], report["coverage"]["responses"]
    assert case.silent == operations["documented"] - operations["answered"]
    assert case.unseen == responses["documented"] - responses["seen"]


def copied(source: Path, folder: Path) -> Path:
    """Copy an app without its marks; return the folder that is its project."""
    if source.is_dir():
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns("__pycache__", ".upheld"))
    else:
        folder.mkdir()
        shutil.copy(source.with_suffix(".py"), folder)
    for path in folder.rglob("*.py"):
        path.write_text(scoring.blanked(path.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def expected(folder: Path, source: Path, case: Case) -> list[Told]:
    """Return what the marks of an app ask for."""
    marked = source if source.is_dir() else source.parent
    return sorted(
        Told(
            rule=mark.rule,
            operation=mark.operation,
            status=mark.status,
            path=path.relative_to(folder).as_posix(),
            line=mark.line,
            level="warning" if mark.operation in case.warnings else "error",
        )
        for path in folder.rglob("*.py")
        for mark in scoring.marks((marked / path.relative_to(folder)).read_text(encoding="utf-8"))
    )


def told(entry: dict[str, Any]) -> Told:
    """Return what a finding of a report says, as far as marks ask for it."""
    place = entry["location"] or {"path": None, "line": None}
    return Told(
        rule=entry["rule"],
        operation=entry["operation"],
        status=entry["status"],
        path=place["path"],
        line=place["line"],
        level=entry["level"],
    )
