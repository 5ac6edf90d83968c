"""One GitHub annotation a finding (GitHub Docs, "Workflow commands"), and a job summary in Markdown."""

from html import escape

from upheld.model import Finding, Level, Report
from upheld.report import View, advice, commands, counted, coverage, printable, verdict

COMMAND = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice", Level.OFF: "debug"}


def render(report: Report, _view: View) -> str:
    """Return lines in the order given; "" for no findings. A finding without a line is annotated without one."""
    return "".join(_annotation(finding) for finding in report.findings)


def summary(report: Report, view: View) -> str:
    """Return the job summary: the verdict, a table of the findings, and a request to paste for each."""
    parts = [f"### {_html(verdict(report, view))}", coverage(report)]
    if report.findings:
        head = "| | operation | rule | finding | line |\n|---|---|---|---|---|\n"
        parts.append(head + "\n".join(_row(finding) for finding in report.findings))
        parts.extend(_reproduction(finding) for finding in report.findings if finding.request is not None)
        parts.append(f"Next: {_code(advice(report))}")
    if report.notes:
        notes = "\n".join(f"- {_code(note.about)} {_html(note.message)}" for note in report.notes)
        parts.append(_folded(f"{counted(len(report.notes), 'note')} on what FastAPI does by itself", notes))
    return "\n\n".join(filter(None, parts)) + "\n"


def _annotation(finding: Finding) -> str:
    place = f"title={_property(finding.rule)}"
    if finding.location is not None:
        place = f"file={_property(finding.location.path)},line={finding.location.line},{place}"
    return f"::{COMMAND[finding.level]} {place}::{_text(_message(finding))}\n"


def _message(finding: Finding) -> str:
    message = f"{finding.operation}: {finding.message}" if finding.operation else finding.message
    flaky = "; not on every run" if finding.flaky else ""
    lines = commands(finding.request) if finding.request is not None else ()
    return "\n".join([f"{message}{flaky}", *lines])


def _text(raw: str) -> str:  # `%` first, or it would escape our own escapes; a newline is the one control that shows
    lines = (printable(line.replace("%", "%25")) for line in raw.split("\n"))
    return "%0A".join(lines)


def _property(raw: str) -> str:
    return _text(raw).replace(":", "%3A").replace(",", "%2C")


def _row(finding: Finding) -> str:
    where = f"{finding.location.path}:{finding.location.line}" if finding.location is not None else ""
    cells = (finding.level, _code(finding.operation), _code(finding.rule), _html(finding.message), _code(where))
    return f"| {' | '.join(cells)} |"


def _reproduction(finding: Finding) -> str:
    requests = commands(finding.request) if finding.request is not None else ()
    lines = "\n".join(f"<pre>{_html(command)}</pre>" for command in requests)
    return _folded(f"{finding.operation} {finding.rule}", lines)


def _folded(title: str, content: str) -> str:
    return f"<details><summary>{_html(title)}</summary>\n\n{content}\n\n</details>"


def _code(raw: str) -> str:
    return f"<code>{_html(raw)}</code>" if raw else ""


def _html(raw: str) -> str:
    """Return text that is neither HTML nor Markdown to GitHub: what either would read stands as a reference."""
    text = escape(printable(raw), quote=False)
    return "".join(f"&#{ord(char)};" if char in "|`*_[]\\~@#$" else char for char in text)
