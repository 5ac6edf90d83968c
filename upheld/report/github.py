"""One GitHub annotation a finding (GitHub Docs, "Workflow commands"), and a job summary in Markdown."""

from upheld.model import Finding, Level, Report
from upheld.report import View, advice, commands, coverage, round_trip, verdict
from upheld.wording import code, counted, folded, html, message, parameter

COMMAND = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice", Level.OFF: "debug"}


def render(report: Report, _view: View) -> str:
    """Return lines in the order given; "" for no findings. A finding without a line is annotated without one."""
    return "".join(_annotation(finding) for finding in report.findings)


def summary(report: Report, view: View) -> str:
    """Return the job summary: the verdict, a table of the findings, and a request to paste for each."""
    parts = [f"### {html(verdict(report, view))}", coverage(report), round_trip(report)]
    if report.findings:
        head = "| | operation | rule | finding | line |\n|---|---|---|---|---|\n"
        parts.append(head + "\n".join(_row(finding) for finding in report.findings))
        parts.extend(_reproduction(finding) for finding in report.findings if finding.request is not None)
        parts.append(f"Next: {code(advice(report, view))}")
    if report.notes:
        notes = "\n".join(f"- {code(note.about)} {html(note.message)}" for note in report.notes)
        parts.append(folded(f"{counted(len(report.notes), 'note')} on what FastAPI does by itself", notes))
    return "\n\n".join(filter(None, parts)) + "\n"


def _annotation(finding: Finding) -> str:
    place = f"title={parameter(finding.rule)}"
    if finding.location is not None:
        place = f"file={parameter(finding.location.path)},line={finding.location.line},{place}"
    return f"::{COMMAND[finding.level]} {place}::{message(_message(finding))}\n"


def _message(finding: Finding) -> str:
    told = f"{finding.operation}: {finding.message}" if finding.operation else finding.message
    flaky = "; not on every run" if finding.flaky else ""
    lines = commands(finding.request) if finding.request is not None else ()
    return "\n".join([f"{told}{flaky}", *lines])


def _row(finding: Finding) -> str:
    where = f"{finding.location.path}:{finding.location.line}" if finding.location is not None else ""
    cells = (finding.level, code(finding.operation), code(finding.rule), html(finding.message), code(where))
    return f"| {' | '.join(cells)} |"


def _reproduction(finding: Finding) -> str:
    requests = commands(finding.request) if finding.request is not None else ()
    lines = "\n".join(f"<pre>{html(command)}</pre>" for command in requests)
    return folded(f"{finding.operation} {finding.rule}", lines)
