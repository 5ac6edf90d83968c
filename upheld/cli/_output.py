"""How commands talk: results on standard output, remarks on standard error, never a traceback about either."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from upheld.model import Level, UpheldError

if TYPE_CHECKING:
    from upheld.model import Report

_kept: list[TextIO] = []
"""Where results go while standard output is reserved for them."""


@contextmanager
def reserved() -> Iterator[None]:
    """Keep standard output for results; what an app prints, its threads and its programs, goes to standard error.

    Begun before the app is loaded. Where the app left threads it is never over: what they print stops for nothing.
    """
    before, results, earlier = sys.stdout, sys.stdout, frozenset(threading.enumerate())
    try:
        before.flush()
        descriptor = os.dup(1)
    except OSError:  # it is closed
        yield
        return
    with suppress(OSError):  # a stream in memory stands in for it
        if before.fileno() == 1:
            results = open(  # noqa: SIM115 - flushed by each write, and its descriptor closed below
                descriptor, "w", encoding=before.encoding, errors=before.errors, closefd=False
            )
    with suppress(OSError):
        os.dup2(2, 1)
    _kept.append(results)
    sys.stdout = sys.stderr
    try:
        yield
    finally:
        if earlier.issuperset(threading.enumerate()):
            _kept.pop()
            sys.stdout = before
            os.dup2(descriptor, 1)
            os.close(descriptor)


def emit(text: str) -> None:
    """Write a result to standard output; a reader that has hung up, such as `head`, changes no exit code."""
    _write(results(), text, is_result=True)


def results() -> TextIO:
    """Return the stream that results go to."""
    return _kept[-1] if _kept else sys.stdout


def say(remark: str) -> None:
    """Write a remark of one line to standard error."""
    from upheld.wording import printable

    _write(sys.stderr, f"{printable(remark)}\n", is_result=False)


def show(report: "Report", fail_on: Level, *, form: str, verbose: bool = False, output: Path | None = None) -> int:
    """Render a report to `output` or standard output, add the job summary in GitHub Actions; return the exit code."""
    from upheld import files, fix, gate
    from upheld.report import View, render

    code = gate.decide(report, fail_on)
    held = code == 0
    color = output is None and colorful(results())
    text = render(form, report, View(held=held, verbose=verbose, fixable=fix.fixable(), color=color))
    if output is None:
        emit(text)
    else:
        files.write(output, text)
    if form == "github" and os.environ.get("GITHUB_STEP_SUMMARY"):
        from upheld.report import github

        summarize(github.summary(report, View(held=held, verbose=verbose, fixable=fix.fixable())))
    return code


def summarize(text: str) -> None:
    """Add to the job summary that the environment names. Errors: UpheldError where it cannot be written."""
    summary = os.environ["GITHUB_STEP_SUMMARY"]
    try:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise UpheldError(
            f"GITHUB_STEP_SUMMARY={summary}: cannot be written ({error.strerror or error}), expected a file; "
            "unset it, or name one that can"
        ) from error


def colorful(stream: TextIO) -> bool:
    """Return whether a stream shows colour (no-color.org, force-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")


@contextmanager
def progress() -> Iterator[Callable[[int, int, str], None] | None]:
    """Yield what draws a bar on standard error, `None` where that is no terminal; the bar is gone afterwards."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.text import Text

    from upheld.wording import printable

    bar = Progress(
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.description}", markup=False),
        console=Console(stderr=True, no_color=not colorful(sys.stderr)),
        auto_refresh=False,  # no thread beside the app's event loop
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    with bar:
        task = bar.add_task("", total=None)

        def advance(done: int, total: int, label: str) -> None:
            bar.update(task, completed=done, total=total, description=Text(printable(label)).plain, refresh=True)

        yield advance


def _write(stream: TextIO, text: str, *, is_result: bool) -> None:
    try:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal in the C locale gets escapes, no exception
        stream.write(text)
        stream.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # the interpreter flushes once more as it ends
        if is_result and not isinstance(error, BrokenPipeError):
            reason = error.strerror or error
            raise UpheldError(
                f"standard output: cannot be written ({reason}), expected room for the result; make some, or lead it "
                "somewhere else"
            ) from error
