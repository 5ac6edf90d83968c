"""`upheld diff`: what changed between two versions of the contract, and whom that breaks."""

import os
import re
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from upheld.cli._options import Debug
from upheld.model import Change, Comparison, Level, UpheldError

if TYPE_CHECKING:
    from upheld.changes import Selection

APPROVED_DAYS = 90
NEVER = "never"
_LEVELS = ("error", "warning", "note", NEVER)
_SIDE = "A file, module:app or REVISION:path; "
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _level(name: str | None) -> str | None:
    if name is not None and name not in _LEVELS:
        raise typer.BadParameter(f"{name!r} is no level to fail on, expected error, warning, note or never")
    return name


def _format(name: str) -> str:
    from upheld.changelog import formats

    if name not in formats():
        raise typer.BadParameter(f"{name!r} is no format, expected one of {', '.join(formats())}")
    return name


def command(
    old: Annotated[
        str | None, typer.Argument(metavar="OLD", help=f"{_SIDE}the contract at the base.", show_default=False)
    ] = None,
    new: Annotated[
        str | None, typer.Argument(metavar="NEW", help=f"{_SIDE}the committed contract.", show_default=False)
    ] = None,
    *,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text, json, markdown or github.", callback=_format)
    ] = "text",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write there instead.", show_default=False)
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            metavar="LEVEL",
            help="Lowest level that makes the exit code 1: error, warning, note or never.",
            show_default="error",
            callback=_level,
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND=GLOB",
            help="Look only at path=/books*, tag=orders or rule=request-*; may stand more than once.",
            show_default=False,
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option("--except", metavar="KIND=GLOB", help="Likewise, what not to look at.", show_default=False),
    ] = None,
    approve: Annotated[
        str | None,
        typer.Option(
            metavar="REASON",
            help="Approve what would fail now: write it to approvals.toml beside the contract.",
            show_default=False,
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(
            metavar="DAY", help="With --approve: its last day, as 2026-01-31.", show_default=f"in {APPROVED_DAYS} days"
        ),
    ] = None,
    debug: Debug = False,
) -> None:
    """Compare two versions of the contract and show what breaks a client.

    OLD is the contract at the base if left out: where HEAD left origin/main, else main, or what tool.upheld.base says.
    NEW is the committed contract if left out. Exits with 0 if nothing unapproved is at or above --fail-on, 1 if
    something is, 2 if that could not be told.
    """
    from upheld import gate, run
    from upheld.cli._output import reserved, say
    from upheld.cli._project import project

    del debug
    today = date.today()  # noqa: DTZ011 - an approval ends with the day of whoever reads the calendar
    reason, expires = _approval(approve, until, today)
    root, settings = project()
    selection = _selection(only, without)
    level = None if fail_on == NEVER else Level(fail_on) if fail_on else settings.fail_on
    with reserved():
        comparison = run.diff(old, new, settings, root=root, selection=selection, today=today)
        for remark in comparison.remarks:
            say(remark)
        failing = gate.failing(comparison.changes, level)
        if reason is not None:
            if not failing:
                say("nothing to approve: nothing is at or above the gate")
                return
            path = run.approve(failing, settings, root=root, reason=reason, expires=expires)
            for change in failing:
                say(f"approved until {expires}: {change.message} [{change.rule}]")
            say(f"wrote {path}")
            return
        _show(comparison, failing, form=form, output=output)
    raise typer.Exit(int(bool(failing)))


def _show(comparison: Comparison, failing: tuple[Change, ...], *, form: str, output: Path | None) -> None:
    from upheld import files
    from upheld.changelog import View, render
    from upheld.cli._output import colorful, emit, results, summarize

    view = View(failing=len(failing), color=output is None and colorful(results()))
    text = render(form, comparison, view)
    if output is None:
        emit(text)
    else:
        files.write(output, text)
    if form == "github" and os.environ.get("GITHUB_STEP_SUMMARY"):
        summarize(render("markdown", comparison, View(failing=len(failing))))


def _approval(reason: str | None, until: str | None, today: date) -> tuple[str | None, date]:
    """Return the reason of an approval, if one is given, and its last day."""
    if until is not None and reason is None:
        raise UpheldError(f"--until {until}: no --approve, expected both; write --approve REASON --until {until}")
    if reason is not None and not reason.strip():
        raise UpheldError("--approve: the reason is empty, expected why the break is fine; write it in quotes")
    if until is None:
        return reason and reason.strip(), today + timedelta(days=APPROVED_DAYS)
    try:
        day = date.fromisoformat(until) if _DAY.fullmatch(until) else None
    except ValueError:
        day = None
    example = today + timedelta(days=APPROVED_DAYS)
    if day is None:
        raise UpheldError(f"--until {until!r}: is no day, expected year, month and day; write --until {example}")
    if day < today:
        raise UpheldError(f"--until {until}: is over, expected a day to come; write --until {example}")
    return reason and reason.strip(), day


def _selection(only: list[str] | None, without: list[str] | None) -> "Selection":
    from upheld.changes import Selection, pattern

    return Selection(
        only=[pattern(text, "--only") for text in only or ()],
        without=[pattern(text, "--except") for text in without or ()],
    )
