"""Reports as text: one file a format, the file's stem is the format's name.

Every format has `render(report, view) -> str`: pure, the order of the findings kept, nothing printed.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from upheld.model import Report, Witness
from upheld.wording import counted, joined, printable


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a reader wants of a report."""

    held: bool = True
    """Whether the gate let the report pass."""
    verbose: bool = False
    """Whether what FastAPI does by itself, and what was documented and not seen, is shown, too."""
    fixable: frozenset[str] = frozenset()
    """The ids of the rules whose findings `upheld fix` knows something about."""
    color: bool = False
    """Whether the text may hold ANSI escapes."""


def formats() -> tuple[str, ...]:
    """Return the names of the formats, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def render(name: str, report: Report, view: View) -> str:
    """Render a report in a named format."""
    renderer: Callable[[Report, View], str] = importlib.import_module(f"{__name__}.{name}").render
    return renderer(report, view)


def commands(request: Witness) -> Iterator[str]:
    """Yield what to paste into a shell, line by line: the earlier requests first, equal ones in a loop."""
    for command, group in groupby(earlier.curl for earlier in request.after):
        times = len(list(group))
        yield command if times == 1 else f"for _ in $(seq {times}); do {command}; done"
    yield request.curl


def verdict(report: Report, view: View) -> str:
    """Return the sentence that every reader looks for."""
    app = printable(report.app)
    if not report.findings:
        return f"The contract of {app} is upheld."
    levels = [finding.level for finding in report.findings]
    counts = [counted(levels.count(level), level) for level in dict.fromkeys(sorted(levels, key=_heaviest_first))]
    return f"The contract of {app} is {'upheld' if view.held else 'not upheld'}: {joined(counts)}."


def coverage(report: Report) -> str:
    """Return what the verdict rests on; "" where no request was sent."""
    if not report.requests:
        return ""
    return (
        f"{report.operations.seen} of {counted(report.operations.documented, 'operation')} and "
        f"{report.responses.seen} of {counted(report.responses.documented, 'documented response')} seen, "
        f"{counted(report.requests, 'request')} in {report.seconds:.1f} s, seed {report.seed}."
    )


def round_trip(report: Report) -> str:
    """Return what the generated client met of what was seen; "" where it was not asked."""
    trip = report.trip
    if trip is None:
        return ""
    return (
        f"Round trip: {trip.operations.seen} of {counted(trip.operations.documented, 'operation')} called, "
        f"{trip.responses.seen} of {counted(trip.responses.documented, 'documented response')} met, "
        f"{_ways(trip.modes)}{'' if any('HTTP' in mode for mode in trip.modes) else '; over HTTP takes uvicorn'}."
    )


def _ways(modes: tuple[str, ...]) -> str:
    """Return how the app was reached: `in process and over HTTP, sync and async`."""
    places, clients = zip(*(mode.split(", ") for mode in modes), strict=True)
    return ", ".join(joined(list(dict.fromkeys(parts))) for parts in (places, sorted(clients, reverse=True)))


def advice(report: Report, view: View) -> str:
    """Return the command to type next; "" where there is nothing to do."""
    if not report.findings:
        return ""
    rule = report.findings[0].rule
    known = {"stale-contract": "upheld export", "stale-client": "upheld client", "client-mismatch": "upheld client"}
    if rule in known:
        return known[rule]
    mended = any(finding.rule in view.fixable for finding in report.findings)
    return f"upheld explain {rule}{', or upheld fix' if mended else ''}"


def _heaviest_first(level: str) -> int:
    return ("error", "warning", "note", "off").index(level)
