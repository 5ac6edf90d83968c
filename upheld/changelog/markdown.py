"""For a pull request's comment or job summary, and for the changelog that is committed: Markdown as GitHub reads it."""

from collections.abc import Iterable, Iterator, Sequence

from upheld.changelog import View
from upheld.changelog._words import TITLES, advice, approval, counts, groups, lead, pointers, shown, sides, where
from upheld.model import Change, Comparison, Entry, Verdict, Version
from upheld.wording import code, counted, html

NOTICE = "<!-- Written by `upheld changelog` from the contract's git history; change nothing here. -->"
UNSEEN = frozenset({"text-changed", "tags-changed"})
"""What no client sees, and no changelog tells."""


def render(comparison: Comparison, view: View) -> str:
    """Return the verdict, the suggested version, then what breaks, what is undecided, and the rest folded."""
    if comparison.old is None:
        return ""
    if not comparison.changes:
        return f"### Nothing changed in the contract\n\n{html(sides(comparison).capitalize())}.\n"
    told = [f"Suggested version: **{comparison.suggested_version}**, {html(sides(comparison))}."]
    if view.failing:
        told.append(f"{counted(view.failing, 'change')} at or above the gate.")
    if approved := sum(change.approval is not None for change in comparison.changes):
        told.append(f"{counted(approved, 'change')} approved.")
    parts = [f"### The contract: {counts(comparison.changes)}", " ".join(told), *_groups(comparison.changes, fold=True)]
    if command := advice(comparison, view.failing):
        parts.append(f"Next: {code(command)}")
    return "\n\n".join(parts) + "\n"


def chronicle(entries: Iterable[Entry]) -> str:
    """Return a changelog: a section for each version of a contract, in the order given."""
    parts = ["# Changelog of the contract", NOTICE]
    for entry in entries:
        title = f"{entry.day} {code(entry.commit)} {html(entry.subject)}"
        parts.append(f"## {title}" if entry.commit else f"## {html(entry.subject)}")
        parts += _entry(entry)
    return "\n\n".join(parts) + "\n"


def _entry(entry: Entry) -> Iterator[str]:
    if entry.changes is None:
        yield html(entry.told)
        return
    seen = tuple(change for change in entry.changes if change.rule not in UNSEEN)
    if not seen:
        yield "Nothing that a client sees."
        return
    asked = {change.version for change in seen}
    yield f"Suggested version: **{next(version for version in Version if version in asked)}**."
    yield from _groups(seen, fold=False)


def _groups(changes: Sequence[Change], *, fold: bool) -> Iterator[str]:
    for verdict, group in groups(changes):
        listed = "\n".join(_change(change) for change in group)
        if fold and verdict is Verdict.COMPATIBLE:
            title = counted(len(group), f"{verdict} change")
            yield f"<details><summary>{title}</summary>\n\n{listed}\n\n</details>"
        else:
            yield f"{'####' if fold else '###'} {TITLES[verdict]}\n\n{listed}"


def _change(change: Change) -> str:
    place = code(pointers(change))
    lines = [
        f"- **{html(where(change))}**: {html(change.message)} ({code(change.rule)}{f', {place}' if place else ''})"
    ]
    if told := approval(change):
        lines.append(f"  <br>{html(told.capitalize())}")
    if change.witness is not None:
        shot = "\n".join(html(line) for line in shown(change.witness))
        lines.append(f"  <br>{html(lead(change.witness).capitalize())}:\n  <pre>{shot.replace(chr(10), '&#10;')}</pre>")
    return "\n".join(lines)
