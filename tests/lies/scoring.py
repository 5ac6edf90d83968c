"""What an app of the corpus is known to lie about, and how a report of `upheld check` compares with it.

`python -m tests.lies.scoring [--fresh] [--seed N] [NAME …]` scores the apps whose names hold one of the words, or all.
"""

import argparse
import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import jsonschema_rs

FOLDER = Path(__file__).parent
FRESH = FOLDER / "fresh"
"""Apps that were written without a look at Upheld, and put here before anything was mended for their sake."""
ROOT = FOLDER.parents[1]
PATIENCE_S = 300
"""How long a check of one app may take before it counts as hung."""

_COMMENT = re.compile(r" *# (?:lie|also): .*$", re.MULTILINE)
_MARK = re.compile(r"(lie|also): ([a-z-]+) ([A-Z]+ /\S*)(?: (\d{3}))?")
_NOT_HANDED_ON = re.compile(
    r"PYTHONDONTWRITEBYTECODE|PYTEST_.*|COV_.*|COVERAGE_.*|GITHUB_.*|FORCE_COLOR|NO_COLOR|COLUMNS"
)
"""Of the environment: what a user's shell does not have, and what would slow a check down or change its output."""


class ScoringError(Exception):
    """A mark that cannot be read, or a check that gave no report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One `# lie:` (or `# also:`) of an app."""

    rule: str
    operation: str
    """`GET /books/{book_id}`, as documented."""
    status: int | None
    line: int
    """Counted from 1."""
    also: bool = False
    """Whether this is the second line that may be blamed for a lie that is marked elsewhere."""

    @property
    def key(self) -> "Key":
        """What has to be found, whatever the line."""
        return self.rule, self.operation, self.status

    def __str__(self) -> str:
        return f"{_told(self.key)}, line {self.line}"


Key = tuple[str, str, int | None]
"""Rule, operation and status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One finding of a report, as far as it is scored."""

    rule: str
    operation: str
    status: int | None
    level: str
    path: str | None
    line: int | None
    message: str

    @property
    def key(self) -> Key:
        """What it is compared by."""
        return self.rule, self.operation, self.status

    def __str__(self) -> str:
        return f"{_told(self.key)}, {self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What one run of `upheld check --format json` gave."""

    text: str
    """Standard output as it was."""
    report: dict[str, Any]
    seconds: float
    """Wall-clock time of the whole process."""

    @property
    def timeless(self) -> str:
        """The text without the one part that differs from run to run, `stats.seconds`."""
        return re.sub(r'("seconds": )[\d.]+', r"\1…", self.text)

    @property
    def findings(self) -> list[Found]:
        """The findings at `error` or `warning`."""
        return [_found(entry) for entry in self.report["findings"] if entry["level"] != "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How the findings of one app compare with its marks."""

    exact: tuple[Mark, ...] = ()
    """Found with rule, operation and status, at the marked line or at its `also` line."""
    misplaced: tuple[tuple[Mark, Found], ...] = ()
    """Found with rule, operation and status, at another line."""
    missed: tuple[Mark, ...] = ()
    extra: tuple[Found, ...] = ()
    """What no mark accounts for."""

    def lines(self) -> Iterator[str]:
        """Yield one line for everything that is not as it should be."""
        for mark in self.missed:
            yield f"missed     {mark}"
        for mark, found in self.misplaced:
            yield f"misplaced  {mark}, found at {found.path}:{found.line}"
        for found in self.extra:
            yield f"extra      {found}"


def apps(folder: Path = FOLDER) -> list[Path]:
    """Return the files of the corpus, or of `FRESH`, the lying ones first."""
    return [*sorted((folder / "lying").glob("*.py")), *sorted((folder / "honest").glob("*.py"))]


def marks(text: str) -> list[Mark]:
    """Return the marks in an app's source, in its order. Errors: ScoringError, naming the line that cannot be read."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        _, sharp, comment = line.partition(" # lie:")
        if not sharp:
            _, sharp, comment = line.partition(" # also:")
        for part in f"{sharp.removeprefix(' # ')}{comment}".split("; ") if sharp else ():
            match = _MARK.fullmatch(part)
            if match is None:
                raise ScoringError(f"line {number}: {part!r}, expected 'lie: RULE METHOD PATH [STATUS]' or 'also: …'")
            kind, rule, operation, status = match.groups()
            status_or_none = int(status) if status else None
            found.append(Mark(rule=rule, operation=operation, status=status_or_none, line=number, also=kind == "also"))
    return found


def blanked(text: str) -> str:
    """Return an app's source with its marks replaced by blanks of the same length."""
    return _COMMENT.sub(lambda match: " " * len(match[0]), text)


def copied(app: Path, folder: Path) -> Path:
    """Put a copy without marks into a folder of its own below `folder`; return that folder, empty but for the copy."""
    own = folder / app.parent.name / app.stem
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir(parents=True)
    (own / app.name).write_text(blanked(app.read_text(encoding="utf-8")), encoding="utf-8")
    return own


def environment() -> dict[str, str]:
    """Return what a command started in a user's shell would see, this repository importable."""
    kept = {name: value for name, value in os.environ.items() if not _NOT_HANDED_ON.fullmatch(name)}
    return kept | {"PYTHONPATH": str(ROOT)}


def check(folder: Path, target: str | None = None, *, seed: int = 0) -> Checked:
    """Run `upheld check` in the folder of a copy, on `target` or its one app; a report that disobeys its schema raises.

    Errors: ScoringError when there is no report, or the exit code is another than the report asks for.
    """
    began = time.perf_counter()
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "upheld",
            "check",
            target or f"{folder.name}:app",
            "--format",
            "json",
            "--seed",
            f"{seed}",
        ],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE_S,
        check=False,
    )
    seconds = time.perf_counter() - began
    if done.returncode not in {0, 1}:
        raise ScoringError(f"{folder.name}: exit {done.returncode}, expected 0 or 1: {done.stderr[-2000:]}")
    report = json.loads(done.stdout)
    _schema().validate(report)
    failed = any(entry["level"] == "error" for entry in report["findings"])
    if done.returncode != failed:
        raise ScoringError(f"{folder.name}: exit {done.returncode}, expected {int(failed)}")
    return Checked(text=done.stdout, report=report, seconds=seconds)


def compare(expected: Iterable[Mark], findings: Iterable[Found], *, path: str) -> Score:
    """Compare what was found in an app, whose own file is `path`, with its marks.

    Each lie takes one finding of its rule, operation and status: one at its line before one at an `also` line before
    any other. Extra is what is left over then, unless it stands at a marked line of the same key.
    """
    marks_by_key = _by_key(expected)
    found_by_key = _by_key(findings)
    exact, misplaced, missed, extra = [], [], [], []
    for key in {**marks_by_key, **found_by_key}:
        marked, left = marks_by_key.get(key, []), list(found_by_key.get(key, []))
        hit = {mark: found for mark in marked if (found := _at(left, path, mark.line)) is not None}
        left = [found for found in left if not any(found is other for other in hit.values())]
        also = [mark for mark in hit if mark.also]
        for mark in (mark for mark in marked if not mark.also):
            if mark in hit:
                exact.append(mark)
            elif also:
                also.pop()
                exact.append(mark)
            elif left:
                misplaced.append((mark, left.pop(0)))
            else:
                missed.append(mark)
        extra += left
    return Score(exact=tuple(exact), misplaced=tuple(misplaced), missed=tuple(missed), extra=tuple(extra))


_Keyed = TypeVar("_Keyed", Mark, Found)


def _by_key(things: Iterable[_Keyed]) -> dict[Key, list[_Keyed]]:
    sorted_out: dict[Key, list[_Keyed]] = {}
    for thing in things:
        sorted_out.setdefault(thing.key, []).append(thing)
    return sorted_out


def _at(findings: Iterable[Found], path: str, line: int) -> Found | None:
    return next((found for found in findings if (found.path, found.line) == (path, line)), None)


def _found(entry: dict[str, Any]) -> Found:
    location = entry["location"] or {"path": None, "line": None}
    return Found(
        rule=entry["rule"],
        operation=entry["operation"],
        status=entry["status"],
        level=entry["level"],
        path=location["path"],
        line=location["line"],
        message=entry["message"],
    )


def _told(key: Key) -> str:
    rule, operation, status = key
    return f"{rule} {operation}" + (f" {status}" if status is not None else "")


@functools.cache
def _schema() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(json.loads((ROOT / "upheld" / "report" / "schema.json").read_bytes()))


def main(arguments: list[str]) -> int:
    """Score apps two at a time, print what is not as it should be and a sum; return 1 if anything is not."""
    parser = argparse.ArgumentParser(prog="python -m tests.lies.scoring")
    parser.add_argument("words", nargs="*", metavar="NAME", help="only apps whose names hold one of these")
    parser.add_argument("--fresh", action="store_true", help="the apps of fresh/")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    options = parser.parse_args(arguments)
    words = options.words
    there = apps(FRESH if options.fresh else FOLDER)
    chosen = [app for app in there if not words or any(word in app.stem for word in words)]

    def scored(app: Path) -> tuple[Checked, Score]:
        checked = check(copied(app, Path(folder)), seed=options.seed)
        return checked, compare(marks(app.read_text(encoding="utf-8")), checked.findings, path=app.name)

    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        results = list(zip(chosen, pool.map(scored, chosen), strict=True))
    wrong = 0
    for app, (checked, score) in results:
        if lines := list(score.lines()):
            wrong += 1
            sys.stdout.write(
                f"{app.relative_to(FOLDER)}, {checked.seconds:.1f} s\n" + "".join(f"  {line}\n" for line in lines)
            )
    scores = [score for _, (_, score) in results]
    exact, misplaced, missed, extra = (
        sum(len(getattr(score, name)) for score in scores) for name in ("exact", "misplaced", "missed", "extra")
    )
    seconds = sum(checked.seconds for _, (checked, _) in results)
    sys.stdout.write(
        f"{len(chosen)} apps: {exact + misplaced} lies found, {exact} of them at their line; "
        f"{missed} missed, {extra} extra; {seconds:.1f} s\n"
    )
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
