"""Puts the figures into `README.md` and `docs/performance.md`, between `<!-- bench -->` and `<!-- /bench -->`."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks import tables
from benchmarks.corpus import Results
from benchmarks.many import Many
from benchmarks.rates import Rate
from tests.lies import scoring

README = scoring.ROOT / "README.md"
PERFORMANCE = scoring.ROOT / "docs" / "performance.md"
PROMISES = scoring.ROOT / "docs" / "promises.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All that was measured in one run."""

    apps: list[Path]
    results: Results
    rates: dict[str, Rate]
    many: list[Many]
    machine: str

    @property
    def lies(self) -> int:
        """How many lies the measured apps hold."""
        texts = [app.read_text(encoding="utf-8") for app in self.apps]
        return sum(not mark.also for text in texts for mark in scoring.marks(text))

    @property
    def honest(self) -> int:
        """How many of the measured apps are honest."""
        return sum(app.parent.name == "honest" for app in self.apps)


def summary(figures: Figures) -> str:
    """Return what the README shows."""
    source = (
        f"Measured on {figures.machine}. `.venv/bin/nox -s bench` measures anew; "
        "[docs/performance.md](docs/performance.md) says how."
    )
    corpus = tables.corpus_table(figures.results, figures.lies, figures.honest)
    speed = tables.speed_told(figures.results)
    return "\n\n".join((corpus, speed, tables.rates_table(figures.rates), source))


def page(figures: Figures) -> str:
    """Return what the performance page shows."""
    return "\n\n".join(
        (
            f"Measured on {figures.machine}.",
            f"Over the corpus, {len(figures.apps)} small apps:",
            tables.corpus_table(figures.results, figures.lies, figures.honest),
            tables.speed_told(figures.results),
            tables.corpus_notes(figures.results),
            speed(figures.rates, figures.many),
            "What counts as found by Schemathesis, on the same operation (`st explain CODE` tells what a code means):",
            tables.kinds_table(),
        )
    )


def speed(measured: dict[str, Rate], sized: list[Many]) -> str:
    """Return what the performance page shows of Upheld alone."""
    return "\n\n".join(
        (
            "On one app of ten operations, `benchmarks/ten.py`:",
            tables.rates_table(measured),
            tables.bare_told(measured),
            "On apps of many operations, `benchmarks/many.py`:",
            tables.many_table(sized),
        )
    )


def write(figures: Figures) -> None:
    """Replace what stands between the markers in both files."""
    for path, content in ((README, summary(figures)), (PERFORMANCE, page(figures))):
        path.write_text(replaced(path.read_text(encoding="utf-8"), content), encoding="utf-8")


def replaced(text: str, content: str, mark: str = "bench") -> str:
    """Return a page with `content` between the markers of that name."""
    start, end = f"<!-- {mark} -->\n", f"\n<!-- /{mark} -->"
    head, tail = text.index(start) + len(start), text.index(end)
    return text[:head] + content + text[tail:]
