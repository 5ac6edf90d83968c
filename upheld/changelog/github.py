"""One GitHub annotation a change (GitHub Docs, "Workflow commands"); the job summary is the Markdown."""

from upheld.changelog import View
from upheld.changelog._words import approval, lead, shown, where
from upheld.model import Change, Comparison, Level
from upheld.wording import message, parameter

COMMAND = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice", Level.OFF: "debug"}


def render(comparison: Comparison, _view: View) -> str:
    """Return lines in the order given; "" for no changes. What was approved is a notice, whatever it weighs."""
    file = "" if ":" in comparison.new else f"file={parameter(comparison.new)},"
    return "".join(_annotation(change, file) for change in comparison.changes)


def _annotation(change: Change, file: str) -> str:
    command = COMMAND[change.level] if change.approval is None else "notice"
    lines = [f"{where(change)}: {change.message}"]
    if change.witness is not None:
        lines += [f"{lead(change.witness)}:", *shown(change.witness)]
    if told := approval(change):
        lines.append(told)
    return f"::{command} {file}title={parameter(change.rule)}::{message(chr(10).join(lines))}\n"
