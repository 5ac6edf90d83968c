"""For people: findings by operation, each with its line, what was promised and seen, and a request to paste.

The text is the same on a terminal and in a pipe, colour apart: nothing is wrapped, boxed or cut.
"""

from collections.abc import Iterator
from io import StringIO
from itertools import groupby
from operator import attrgetter

from rich.console import Console
from rich.syntax import Syntax
from rich.text import Text

from upheld.model import Evidence, Finding, Level, Report, Witness
from upheld.report import View, advice, commands, coverage, round_trip, verdict
from upheld.wording import counted, printable

STYLE = {Level.ERROR: "bold red", Level.WARNING: "bold yellow", Level.NOTE: "bold cyan", Level.OFF: "dim"}
DIFF = {"+": "green", "-": "red", "@": "cyan"}


def render(report: Report, view: View) -> str:
    """Return the findings grouped by operation, then the notes and what was not seen if wanted, then the summary."""
    out = StringIO()
    console = Console(
        file=out,
        force_terminal=view.color,
        color_system="standard" if view.color else None,
        no_color=not view.color,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,
    )
    for line in _lines(report, view):
        console.print(line)
    return out.getvalue()


def _lines(report: Report, view: View) -> Iterator[Text]:
    for operation, findings in groupby(report.findings, key=attrgetter("operation")):
        yield Text(printable(operation) or "The document as a whole", style="bold")
        for finding in findings:
            yield from _finding(finding, view)
            yield Text()
    if view.verbose and report.notes:
        yield Text("What FastAPI does by itself, which is no finding", style="bold")
        for note in report.notes:
            operations = f"  ({counted(note.operations, 'operation')})" if note.operations else ""
            yield _labelled(note.about, f"{note.message}{operations}", width=max(len(n.about) for n in report.notes))
        yield Text()
    if view.verbose and report.requests and report.unseen:
        yield Text("Documented, and not seen", style="bold")
        width = max(len(printable(unseen.operation)) for unseen in report.unseen)
        for unseen in report.unseen:
            yield _labelled(unseen.operation, ", ".join(unseen.responses), width=width)
        yield Text()
    if view.verbose and report.trip is not None and report.trip.missed:
        yield Text("Seen by the check, and not met by the client", style="bold")
        width = max(len(printable(missed.operation)) for missed in report.trip.missed)
        for missed in report.trip.missed:
            yield _labelled(missed.operation, ", ".join(missed.responses), width=width)
        yield Text()
    yield from _summary(report, view)


def _finding(finding: Finding, view: View) -> Iterator[Text]:
    yield Text.assemble(
        "  ",
        (finding.level, STYLE[finding.level]),
        f": {printable(finding.message)}  ",
        (f"[{printable(finding.rule)}]", "dim"),
    )
    if (location := finding.location) is not None:
        yield Text.assemble("    ", (f"{printable(location.path)}:{location.line}", "cyan"))
        if location.code:
            yield Text.assemble("      ", _python(location.code, view))
    for label in ("documented", "observed"):
        if text := getattr(finding, label):
            yield _labelled(label, text, width=len("documented"))
    if finding.request is not None:
        yield Text.assemble("    ", (_occasion(finding, finding.request), "dim"))
        for command in commands(finding.request):
            yield Text(f"      {printable(command)}")
    elif finding.evidence is Evidence.READ and finding.location is not None:
        yield Text.assemble("    ", ("read in the code; no request showed it", "dim"))
    if finding.fix is not None:
        yield _labelled("fix", finding.fix.summary, width=len("documented"))
        for line in finding.fix.diff.splitlines():
            yield Text(f"      {printable(line)}", style=DIFF.get(line[:1], ""))


def _occasion(finding: Finding, request: Witness) -> str:
    flaky = ", not on every run" if finding.flaky else ""
    smallest = ", the smallest" if finding.count > 1 else ""
    after = f" after {counted(len(request.after), 'other')}" if request.after else ""
    return f"seen in {counted(finding.count, 'request')}{flaky}{smallest}{after}:"


def _summary(report: Report, view: View) -> Iterator[Text]:
    color = "green" if not report.findings else "yellow" if view.held else "red"
    yield Text(verdict(report, view), style=f"bold {color}")
    if seen := coverage(report):
        yield Text(seen)
    if met := round_trip(report):
        yield Text(met)
    if report.notes and not view.verbose:
        yield Text(f"{counted(len(report.notes), 'note')} on what FastAPI does by itself: -v shows them.", style="dim")
    if command := advice(report, view):
        yield Text.assemble("Next: ", (command, "bold"))


def _labelled(label: str, text: str, *, width: int) -> Text:
    return Text.assemble("    ", (f"{printable(label):<{width}}", "dim"), f"  {printable(text)}")


def _python(code: str, view: View) -> Text:
    text = printable(code)
    if not view.color:
        return Text(text)
    highlighted = Syntax("", "python", theme="ansi_dark", background_color="default").highlight(text)
    highlighted.rstrip()
    return highlighted
