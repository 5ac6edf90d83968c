"""What `upheld fix --write` makes of an app of the corpus."""

import difflib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.lies import scoring
from upheld.fix import fixable

DOCS_ONLY = fixable() - {"auth-not-enforced", "blocking-call", "server-error", "undocumented-field"}
"""The rules whose findings are all mended by documentation alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """One app before and after."""

    name: str
    before: tuple[scoring.Key, ...]
    """What is marked in it."""
    after: tuple[scoring.Key, ...]
    changed: str
    """The difference of its source."""
    again: str
    """What a second run changed."""
    decided: tuple[scoring.Key, ...] = ()
    """Those after, of which the report says that mending them takes a decision."""
    beside: tuple[scoring.Key, ...] = ()
    """What was found in it as it was, and is not marked; not looked for where nothing of the kind is left."""

    @property
    def fixable(self) -> tuple[scoring.Key, ...]:
        """The findings that documentation alone would mend."""
        return tuple(key for key in self.before if key[0] in DOCS_ONLY)

    @property
    def left(self) -> tuple[scoring.Key, ...]:
        """Those of them that are still there."""
        return tuple(key for key in self.fixable if key in self.after)

    @property
    def new(self) -> tuple[scoring.Key, ...]:
        """Findings that were not there before."""
        return tuple(key for key in self.after if key not in (*self.before, *self.beside))


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run `upheld fix` in a folder as a user would."""
    return subprocess.run(
        [sys.executable, "-m", "upheld", "fix", *arguments],
        cwd=folder,
        env=scoring.environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=scoring.PATIENCE_S,
        check=False,
    )


def mend(app: Path, folder: Path, *arguments: str) -> Mended:
    """Fix a copy of an app below `folder`, twice. Errors: ScoringError where a run gives no report."""
    own = scoring.copied(app, folder)
    source = own / app.name
    before = source.read_bytes().decode()
    after = _report(run(own, f"{app.stem}:app", *arguments, "--write", "--format", "json"), app)
    text = source.read_bytes().decode()
    marked = tuple(mark.key for mark in scoring.marks(app.read_text(encoding="utf-8")) if not mark.also)
    beside: tuple[scoring.Key, ...] = ()
    if not set(_keys(after)) <= set(marked):
        first = scoring.copied(app, folder / "as it was")
        beside = _keys(_report(run(first, f"{app.stem}:app", *arguments, "--format", "json"), app))
    _report(run(own, f"{app.stem}:app", *arguments, "--write", "--format", "json"), app)
    return Mended(
        name=app.stem,
        before=marked,
        decided=_keys(after, "by-hand", "behaviour"),
        beside=beside,
        after=_keys(after),
        changed=_difference(before, text),
        again=_difference(text, source.read_bytes().decode()),
    )


def _report(done: "subprocess.CompletedProcess[str]", app: Path) -> dict[str, Any]:
    if done.returncode not in {0, 1}:
        raise scoring.ScoringError(f"{app.name}: exit {done.returncode}, expected 0 or 1: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _keys(report: dict[str, Any], *safeties: str) -> tuple[scoring.Key, ...]:
    """Return the keys of the findings that are no notes; of those alone whose fix has one of several safeties."""
    return tuple(
        (each["rule"], each["operation"], each["status"])
        for each in report["findings"]
        if each["level"] != "note" and (not safeties or (each["fix"] or {}).get("safety") in safeties)
    )


def _difference(before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), "before", "after")
    return "".join(lines)
