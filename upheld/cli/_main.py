"""What `upheld` does once its imports are there."""

import functools
import importlib
import sys
import threading
import traceback
from collections.abc import Callable
from typing import NoReturn

from upheld.cli import HELP, _process, commands
from upheld.model import UpheldError

INTERRUPTED = "interrupted, nothing was written; run the command again"


def main() -> None:
    """Run the command that `sys.argv` names and exit; every failure is one line on standard error."""
    _process.have_streams()
    _process.live_long()
    earlier = frozenset(threading.enumerate())
    interruption = _process.Interruption(f"upheld: error: {INTERRUPTED}")
    try:
        with interruption.heard():
            _run(interruption)
    except SystemExit as end:
        _process.leave(end.code, earlier, now=interruption.asked)
        raise


def _run(interruption: _process.Interruption) -> None:
    try:
        _application()
    except SystemExit as end:
        if interruption.asked and end.code == 130:  # it met Typer between two of our lines
            _fail(INTERRUPTED)
        raise
    except UpheldError as error:
        _fail(f"{error}")
    except KeyboardInterrupt:
        _fail(INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - whatever it is, a user gets one line
        again = "run it again with --debug to see where"
        _fail(f"{type(error).__name__}: {error}; this is a bug in Upheld: {again}")
    finally:
        if "upheld.drive.ahead" in sys.modules:
            from upheld.drive import ahead

            ahead.end()


def _application() -> None:
    import typer

    from upheld.cli import _options, _plain

    app = typer.Typer(
        name="upheld",
        help="Keep a FastAPI app's documentation true: compare what the docs promise with what the app does.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,  # boxes do not paste, and Rich takes longer to import than everything else here
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": sorted(HELP)},
    )
    app.callback()(_options.common)
    named = [name for name in sys.argv[1:2] if name in commands()]
    for name in named or commands():
        module = importlib.import_module(f"upheld.cli.{name}")
        app.command(name, context_settings={"max_content_width": 100})(_interruptible(module.command))
    command = typer.main.get_command(app)
    _plain.spare(command)
    command(prog_name="upheld")


def _interruptible(command: Callable[..., None]) -> Callable[..., None]:
    """Tell Ctrl-C from other ends; Typer would turn it into an exit code of its own."""

    @functools.wraps(command)
    def wrapped(*args: object, **kwargs: object) -> None:
        try:
            command(*args, **kwargs)
        except KeyboardInterrupt as error:
            raise UpheldError(INTERRUPTED) from error

    return wrapped


def _fail(message: str) -> NoReturn:
    from upheld.cli._output import say

    if "--debug" in sys.argv[1:]:
        traceback.print_exc()
    say(f"upheld: error: {message}")
    sys.exit(2)
