"""The measured figures as Markdown, and what was required of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks import corpus, many, rates, schemathesis_cli
from benchmarks.corpus import RUNS, SCHEMATHESIS, UPHELD, Results
from benchmarks.many import Many
from benchmarks.rates import Rate

SPEED_LEAST = 5.0
"""How many times as fast as the Schemathesis CLI Upheld has to be over the corpus."""
MEDIAN_MOST_S = dict(zip(RUNS, (1.0, 0.7), strict=True))
"""How long a check of one app of the corpus may take, half of the time."""
RATES_LEAST = {rates.UPHELD: 1500.0, rates.UPHELD_WARM: 4000.0}
"""Distinct requests a second that Upheld has to send, with what it generates, and once its requests are stored."""
BARE_MOST = 2.5
"""How many times as long as a bare call a request of Upheld's may take, once its requests are stored."""
MANY_MOST_S = {many.FIRST: 60.0, many.SECOND: 20.0}
"""How long the largest app may take."""
MANY_MOST_MB = 500.0
GROWTH_MOST = 1.5
"""How many times as long as one of the smallest app's an operation of the largest app may take."""


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


def bare_ratio(measured: dict[str, Rate]) -> float:
    """Return how many times as long as a bare call a request of Upheld's takes."""
    return measured[rates.UPHELD_WARM].per_request_s / measured[rates.BARE].per_request_s


def bare_told(measured: dict[str, Rate]) -> str:
    """Say how a request of Upheld's compares with a bare call."""
    return f"With stored requests, a request takes {bare_ratio(measured):.1f} times as long as a bare call."


def many_table(measured: list[Many]) -> str:
    """Lay out what apps of many operations take."""
    head = ["", "seconds", "ms an operation", "seconds of CPU", "MB at most", "requests", "findings"]
    rows = [
        [
            f"{m.operations} operations, {m.run}",
            *(f"{m.seconds:.1f}", f"{m.per_operation_ms:.0f}", f"{m.cpu_s:.1f}"),
            *(f"{m.peak_mb:.0f}", f"{m.requests:,}", f"{m.findings}"),
        ]
        for m in measured
    ]
    return laid_out(head, rows)


def kinds_table() -> str:
    """Lay out which failures of Schemathesis count as which lie."""
    rows = [[f"`{rule}`", ", ".join(sorted(codes))] for rule, codes in schemathesis_cli.KINDS.items()]
    return laid_out(["lie", "found by"], rows)


def requirements(results: Results, measured: dict[str, Rate], sized: list[Many]) -> Iterator[Requirement]:
    """Yield what was required of speed."""
    yield from _over_the_corpus(results)
    yield from speed_requirements(measured, sized)


def speed_requirements(measured: dict[str, Rate], sized: list[Many]) -> Iterator[Requirement]:
    """Yield what was required of speed where nothing is compared with Schemathesis."""
    yield from _of_the_rates(measured)
    yield from _of_many(sized)


def _over_the_corpus(results: Results) -> Iterator[Requirement]:
    for run in RUNS:
        times = speed(results, run)
        yield Requirement(
            text=f"at least {SPEED_LEAST:.0f} times the Schemathesis CLI's speed over the corpus, {run}",
            seen=f"{times:.1f}",
            held=times >= SPEED_LEAST,
        )
        median_s = corpus.total(results[UPHELD, run]).median_s
        yield Requirement(
            text=f"a median of at most {MEDIAN_MOST_S[run]} s an app over the corpus, {run}",
            seen=f"{median_s:.2f} s",
            held=median_s <= MEDIAN_MOST_S[run],
        )


def _of_the_rates(measured: dict[str, Rate]) -> Iterator[Requirement]:
    for name, least in RATES_LEAST.items():
        rate = measured[name].per_second
        yield Requirement(
            text=f"at least {least:,.0f} distinct requests a second, {name}", seen=f"{rate:,.0f}", held=rate >= least
        )
    ratio = bare_ratio(measured)
    yield Requirement(
        text=f"at most {BARE_MOST} times as long as a bare call, requests stored",
        seen=f"{ratio:.2f}",
        held=ratio <= BARE_MOST,
    )


def _of_many(measured: list[Many]) -> Iterator[Requirement]:
    size = max(m.operations for m in measured)
    for m in measured:
        if m.operations == size:
            most_s = MANY_MOST_S[m.run]
            yield Requirement(
                text=f"{size} operations in at most {most_s:.0f} s, {m.run}",
                seen=f"{m.seconds:.1f} s",
                held=m.seconds <= most_s,
            )
    peak_mb = max(m.peak_mb for m in measured)
    yield Requirement(
        text=f"{size} operations in less than {MANY_MOST_MB:.0f} MB",
        seen=f"{peak_mb:.0f} MB",
        held=peak_mb < MANY_MOST_MB,
    )
    for run in MANY_MOST_S:
        grown = many.growth(measured, run)
        yield Requirement(
            text=f"an operation of {size} takes at most {GROWTH_MOST} times one of the smallest app's, {run}",
            seen=f"{grown:.2f}",
            held=grown <= GROWTH_MOST,
        )


def laid_out(head: list[str], rows: Iterable[list[str]]) -> str:
    """Return a Markdown table, numbers to the right."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
