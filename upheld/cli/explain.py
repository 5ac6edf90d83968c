"""`upheld explain`: the page of a rule."""

import sys
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Annotated

import typer

from upheld.cli._options import Debug
from upheld.model import UpheldError


def command(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The id that stands beside a finding or a change.")],
    *,
    debug: Debug = False,
) -> None:
    """Show a rule's page: why it exists, what breaks it.

    The id of a rule stands in brackets behind each finding, and behind each change of a diff.
    """
    from upheld import fix, rules
    from upheld.cli._output import colorful, emit
    from upheld.diff.catalogue import RULES

    del debug
    known = {*rules.ids(), *RULES}
    if rule not in known:
        close = get_close_matches(rule, known, n=1, cutoff=0.4)
        hint = f'did you mean "{close[0]}"?' if close else 'see "upheld rules"'
        raise UpheldError(f"{rule}: no such rule, expected one of {len(known)}; {hint}")
    if rule in RULES:
        kind = RULES[rule]
        level = f"error where it breaks a client, {kind.level} where it does not"
        page = f"{kind.says}\nWhy: {kind.why}\n" + (f"Mirror: {kind.mirror}\n" if kind.mirror != rule else "")
    else:
        level, page = rules.load()[rule].level, rules.page(rule)
        if fixed := fix.page(rule):
            page = f"{page.rstrip()}\nFix: {fixed.strip()}"
    emit(_page(rule, level, page, color=colorful(sys.stdout)))


def _page(rule: str, level: str, page: str, *, color: bool) -> str:
    """Lay the docstring out: rule and level on top, an empty line before every section."""
    lines = [_bold(rule, color=color) + f"  {level}", "", *_sections(page.strip().splitlines(), color=color)]
    return "\n".join(lines) + "\n"


def _sections(lines: list[str], *, color: bool) -> Iterator[str]:
    for line in lines:
        head, colon, rest = line.partition(":")
        if colon and head in {"Why", "Bad", "Good", "Source", "Fix", "Safety", "Mirror"}:
            yield ""
            yield f"{_bold(f'{head}:', color=color)}{rest}"
        elif line.strip():
            yield line


def _bold(text: str, *, color: bool) -> str:
    return f"\033[1m{text}\033[0m" if color else text
