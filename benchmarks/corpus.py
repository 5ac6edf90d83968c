"""Both tools on every app of `tests/lies`: what they find, what they report on honest apps, how long they take.

Each app is checked twice by each, in turn: a first run with nothing stored, and a second in the same folder.
"""

import statistics
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import schemathesis_cli
from tests.lies import scoring

UPHELD = "Upheld"
SCHEMATHESIS = "Schemathesis CLI"
RUNS = ("first run", "second run")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of one tool on one app."""

    lies: int
    """Found, of those that are marked."""
    alarms: int
    """Reports on an honest app."""
    requests: int
    seconds: float
    server_s: float = 0.0
    """Of those, what starting a server took."""
    ended: bool = True
    """Whether it came to its end by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Runs of one tool over the corpus."""

    lies: int
    alarms: int
    alarmed: int
    """How many honest apps had an alarm."""
    requests: int
    seconds: float
    server_s: float
    median_s: float
    """Of an app, server included."""
    cut: int
    """How many runs were ended from outside."""


Results = dict[tuple[str, str], list[Run]]
"""By tool and run, in the order of the apps."""


def measure(apps: list[Path], say: Callable[[str], None]) -> Results:
    """Run both tools twice on every app."""
    results: Results = {(tool, run): [] for run in RUNS for tool in (SCHEMATHESIS, UPHELD)}
    with tempfile.TemporaryDirectory() as temporary:
        for number, app in enumerate(apps, 1):
            folders = {tool: scoring.copied(app, Path(temporary, tool)) for tool in (SCHEMATHESIS, UPHELD)}
            for (tool, _), runs in results.items():
                runs.append(_TOOLS[tool](app, folders[tool]))
            times = ", ".join(f"{tool} {run} {runs[-1].seconds:.1f} s" for (tool, run), runs in results.items())
            say(f"{number}/{len(apps)} {app.stem}: {times}")
    return results


def total(runs: Iterable[Run]) -> Sum:
    """Add runs up."""
    runs = list(runs)
    return Sum(
        lies=sum(run.lies for run in runs),
        alarms=sum(run.alarms for run in runs),
        alarmed=sum(run.alarms > 0 for run in runs),
        requests=sum(run.requests for run in runs),
        seconds=sum(run.seconds for run in runs),
        server_s=sum(run.server_s for run in runs),
        median_s=statistics.median(run.seconds for run in runs),
        cut=sum(not run.ended for run in runs),
    )


def _upheld(app: Path, folder: Path) -> Run:
    checked = scoring.check(folder)
    marks = scoring.marks(app.read_text(encoding="utf-8"))
    score = scoring.compare(marks, checked.findings, path=app.name)
    return Run(
        lies=len(score.exact) + len(score.misplaced),
        alarms=0 if marks else len(checked.findings),
        requests=checked.report["stats"]["requests"],
        seconds=checked.seconds,
    )


def _schemathesis(app: Path, folder: Path) -> Run:
    ran = schemathesis_cli.run(folder)
    marks = scoring.marks(app.read_text(encoding="utf-8"))
    return Run(
        lies=sum(schemathesis_cli.finds(mark, ran.failures) for mark in marks if not mark.also),
        alarms=0 if marks else len(ran.failures),
        requests=ran.requests,
        seconds=ran.seconds,
        server_s=ran.server_s,
        ended=ran.ended,
    )


_TOOLS: dict[str, Callable[[Path, Path], Run]] = {UPHELD: _upheld, SCHEMATHESIS: _schemathesis}
