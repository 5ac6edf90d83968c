"""The measured figures as Markdown, and what was required of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks import corpus, rates, schemathesis_cli
from benchmarks.corpus import RUNS, SCHEMATHESIS, UPHELD, Results
from benchmarks.rates import Rate

SPEED_LEAST = 4.0
"""How many times as fast as the Schemathesis CLI Upheld has to be over the corpus."""
RATE_LEAST = 1000.0
"""Distinct requests a second that Upheld has to send once its requests are stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing that was required, and whether it was reached."""

    text: str
    seen: str
    held: bool

    def __str__(self) -> str:
        return f"{'PASS' if self.held else 'FAIL'}  {self.text}: {self.seen}"


def corpus_table(results: Results, lies: int, honest: int) -> str:
    """Lay out what both tools did over the corpus."""
    head = ["", f"lies found, of {lies}", f"reports on {honest} honest apps", "seconds", "median an app", "requests"]
    rows = []
    for run in RUNS:
        for tool in (SCHEMATHESIS, UPHELD):
            found = corpus.total(results[tool, run])
            alarms = f"{found.alarms}" + (f", in {found.alarmed} apps" if found.alarms else "")
            cells = (f"{found.lies}", alarms, f"{found.seconds:.1f}", f"{found.median_s:.2f}", f"{found.requests:,}")
            rows.append([f"{tool}, {run}", *cells])
    return laid_out(head, rows)


def speed(results: Results, run: str) -> float:
    """Return how many times as fast as the Schemathesis CLI Upheld was over the corpus."""
    theirs, ours = (corpus.total(results[tool, run]).seconds for tool in (SCHEMATHESIS, UPHELD))
    return theirs / ours


def speed_told(results: Results) -> str:
    """Say how Upheld's speed compares."""
    told = ", ".join(f"{speed(results, run):.1f} times as fast in the {run}" for run in RUNS)
    return f"Over the corpus, Upheld against the Schemathesis CLI: {told}."


def corpus_notes(results: Results) -> str:
    """Say what the seconds of the Schemathesis CLI hold."""
    sums = [corpus.total(results[SCHEMATHESIS, run]) for run in RUNS]
    servers = " and ".join(f"{found.server_s:.0f} s" for found in sums)
    cut = " and ".join(f"{found.cut}" for found in sums)
    limit_s = schemathesis_cli.APP_LIMIT_S
    return (
        f"Of the CLI's seconds, {servers} went into starting servers. It was ended after {limit_s} s where an app "
        f"never answers: {cut} times."
    )


def rates_table(measured: dict[str, Rate]) -> str:
    """Lay out the rates on the app of ten operations."""
    head = ["", "distinct requests a second", "distinct requests", "sent", "seconds", "seconds of the process"]
    rows = [
        [name, f"{r.per_second:,.0f}", f"{r.distinct:,}", f"{r.arrived:,}", f"{r.seconds:.2f}", f"{r.process_s:.2f}"]
        for name, r in measured.items()
    ]
    return laid_out(head, rows)


def kinds_table() -> str:
    """Lay out which failures of Schemathesis count as which lie."""
    rows = [[f"`{rule}`", ", ".join(sorted(codes))] for rule, codes in schemathesis_cli.KINDS.items()]
    return laid_out(["lie", "found by"], rows)


def requirements(results: Results, measured: dict[str, Rate]) -> Iterator[Requirement]:
    """Yield what was required of speed."""
    for run in RUNS:
        times = speed(results, run)
        yield Requirement(
            text=f"at least {SPEED_LEAST:.0f} times the Schemathesis CLI's speed over the corpus, {run}",
            seen=f"{times:.1f}",
            held=times >= SPEED_LEAST,
        )
    rate = measured[rates.UPHELD_WARM].per_second
    yield Requirement(
        text=f"at least {RATE_LEAST:,.0f} distinct requests a second with stored requests",
        seen=f"{rate:,.0f}",
        held=rate >= RATE_LEAST,
    )


def laid_out(head: list[str], rows: Iterable[list[str]]) -> str:
    """Return a Markdown table, numbers to the right."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
