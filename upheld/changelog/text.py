"""For people: what breaks first, each change with where it is, what shows it, and whether it was approved.

The text is the same on a terminal and in a pipe, colour apart: nothing is wrapped, boxed or cut. Colours are written
here, since Rich takes longer to import than two documents to compare.
"""

from collections.abc import Iterator

from upheld.changelog import View
from upheld.changelog._words import TITLES, advice, approval, counts, groups, lead, pointers, shown, sides, where
from upheld.model import Change, Comparison, Level
from upheld.wording import counted, printable

BOLD, DIM, CYAN = "1", "2", "36"
STYLE = {Level.ERROR: "1;31", Level.WARNING: "1;33", Level.NOTE: "1;36", Level.OFF: DIM}


def render(comparison: Comparison, view: View) -> str:
    """Return the changes grouped by verdict, then the summary; "" where there was nothing to compare with."""
    if comparison.old is None:
        return ""
    return "".join(f"{line}\n" for line in _lines(comparison, view))


def _lines(comparison: Comparison, view: View) -> Iterator[str]:
    for verdict, changes in groups(comparison.changes):
        yield _styled(TITLES[verdict], BOLD, view)
        yield ""
        for change in changes:
            yield from _change(change, view)
            yield ""
    if not comparison.changes:
        yield _styled(f"Nothing changed {printable(sides(comparison))}.", "1;32", view)
        return
    color = "1;31" if view.failing else "1;32"
    told = f"{counts(comparison.changes).capitalize()} {printable(sides(comparison))}."
    yield _styled(told, color, view)
    if view.failing:
        yield f"{counted(view.failing, 'change')} at or above the gate."
    if approved := sum(change.approval is not None for change in comparison.changes):
        yield f"{counted(approved, 'change')} approved."
    yield f"Suggested version: {comparison.suggested_version}."
    if command := advice(comparison, view.failing):
        yield f"Next: {_styled(command, BOLD, view)}"


def _change(change: Change, view: View) -> Iterator[str]:
    yield f"  {_styled(printable(where(change)), BOLD, view)}"
    rule = _styled(f"[{printable(change.rule)}]", DIM, view)
    yield f"    {_styled(change.level, STYLE[change.level], view)}: {printable(change.message)}  {rule}"
    if place := pointers(change):
        yield f"      {_styled(printable(place), CYAN, view)}"
    if change.witness is not None:
        yield f"      {_styled(lead(change.witness), DIM, view)}:"
        for line in shown(change.witness):
            yield f"        {printable(line)}"
    if told := approval(change):
        yield f"      {_styled(printable(told), '32', view)}"


def _styled(text: str, style: str, view: View) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if view.color else text
