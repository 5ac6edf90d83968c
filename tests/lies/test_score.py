"""Upheld finds every lie of the corpus at its line, nothing else, and the same again the second time."""

import re
import shutil
from pathlib import Path

import pytest

from tests.lies import scoring

README = (scoring.FOLDER / "README.md").read_text(encoding="utf-8")
APPS = {app.relative_to(scoring.FOLDER).with_suffix("").as_posix(): app for app in scoring.apps()}
COLD_AGAIN = sorted(APPS)[::20]
"""Apps that are checked a third time, with nothing stored."""


def section(title: str) -> str:
    """Return what the README says under a heading."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", README, re.DOTALL | re.MULTILINE)
    assert found is not None, title
    return found[1]


def known_misses() -> list[str]:
    """Return the marks whose line is known to be missed: one list entry of the README each, with its reason."""
    return re.findall(r"^- `(.+?)`: ", section("Missed lines"), re.MULTILINE)


def named(app: Path, mark: scoring.Mark) -> str:
    return f"{app.name}:{mark.line} {mark.rule} {mark.operation} {mark.status or ''}".rstrip()


@pytest.mark.slow
@pytest.mark.parametrize("name", APPS)
def test_app(name: str, tmp_path: Path) -> None:
    app = APPS[name]
    folder = scoring.copied(app, tmp_path)
    cold = scoring.check(folder)
    score = scoring.compare(scoring.marks(app.read_text(encoding="utf-8")), cold.findings, path=app.name)
    problems = "\n".join(score.lines())
    misplaced = [named(app, mark) for mark, _ in score.misplaced]
    assert () == score.missed, problems
    assert () == score.extra, problems
    assert [miss for miss in known_misses() if miss.startswith(f"{app.name}:")] == misplaced, problems
    assert cold.timeless == scoring.check(folder).timeless, "a second run, with stored requests, says something else"
    if name in COLD_AGAIN:
        shutil.rmtree(folder / ".upheld")
        assert cold.timeless == scoring.check(folder).timeless, "a third run, with nothing stored, says something else"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", COLD_AGAIN)
def test_another_seed_finds_the_same(name: str, seed: int, tmp_path: Path) -> None:
    app = APPS[name]
    checked = scoring.check(scoring.copied(app, tmp_path), seed=seed)
    score = scoring.compare(scoring.marks(app.read_text(encoding="utf-8")), checked.findings, path=app.name)
    assert [] == list(score.lines())


def test_at_most_one_line_in_ten_is_missed() -> None:
    lies = {
        named(app, mark) for app in APPS.values() for mark in scoring.marks(app.read_text("utf-8")) if not mark.also
    }
    assert set(known_misses()) <= lies
    assert 10 * len(known_misses()) <= len(lies)


def test_the_readme_counts_right() -> None:
    marks = {app: [mark for mark in scoring.marks(app.read_text("utf-8")) if not mark.also] for app in APPS.values()}
    lies = [mark for found in marks.values() for mark in found]
    lying = [app for app in marks if app.parent.name == "lying"]
    counts = section("Counts")
    assert f"{len(lying)} lying apps with {len(lies)} lies, {len(marks) - len(lying)} honest apps." in counts
    rules = {mark.rule for mark in lies}
    table = {
        f"| `{rule}` | {sum(mark.rule == rule for mark in lies)} | "
        f"{sum(any(mark.rule == rule for mark in found) for found in marks.values())} |"
        for rule in rules
    }
    assert table == set(re.findall(r"^\| `.*$", counts, re.MULTILINE))


@pytest.mark.parametrize("name", APPS)
def test_marked_if_lying(name: str) -> None:
    app = APPS[name]
    marks = scoring.marks(app.read_text(encoding="utf-8"))
    assert (app.parent.name == "lying") == bool(marks)
    keys = {mark.key for mark in marks if not mark.also}
    assert all(mark.key in keys for mark in marks), "an `also` without its `lie`"
