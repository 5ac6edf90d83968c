"""Whatever goes wrong is one line on standard error and exit code 2; a traceback shows only when asked for."""

import subprocess
import sys
from contextlib import nullcontext

import pytest

from tests.cli.conftest import Cli, Toolkit
from upheld.cli import commands
from upheld.model import UpheldError

FAULTS: dict[str, tuple[BaseException, str]] = {
    "bad input": (UpheldError("app.py: no such file"), "upheld: error: app.py: no such file\n"),
    "more than one line": (UpheldError("a\nb\x1b[0m"), "upheld: error: a\\nb\\x1b[0m\n"),
    "Ctrl-C": (KeyboardInterrupt(), "upheld: error: interrupted, nothing was written; run the command again\n"),
    "a bug": (
        KeyError("x"),
        "upheld: error: KeyError: 'x'; this is a bug in Upheld: run it again with --debug to see where\n",
    ),
}


@pytest.mark.parametrize(("fault", "line"), FAULTS.values(), ids=FAULTS)
def test_failures(cli: Cli, toolkit: Toolkit, fault: BaseException, line: str) -> None:
    toolkit.fault = fault
    assert (2, "", line) == cli("check")


def test_interrupted_before_a_command_began(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("upheld.cli._main._application", interrupted)
    assert (2, "", FAULTS["Ctrl-C"][1]) == cli("check")


def test_interrupted_between_two_of_our_lines(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typer exits with a code of its own then."""

    def interrupted() -> None:
        sys.exit(130)

    monkeypatch.setattr("upheld.cli._main._application", interrupted)
    monkeypatch.setattr("upheld.cli._process.leave", lambda *_args, **_options: None)
    monkeypatch.setattr("upheld.cli._process.Interruption.asked", True, raising=False)
    monkeypatch.setattr("upheld.cli._process.Interruption.__init__", lambda *_args: None)
    monkeypatch.setattr("upheld.cli._process.Interruption.heard", lambda _self: nullcontext())
    assert (2, "", FAULTS["Ctrl-C"][1]) == cli("check")


@pytest.mark.parametrize("arguments", [("check", "--debug"), ("--debug", "check")], ids=" ".join)
def test_debug_shows_the_traceback(cli: Cli, toolkit: Toolkit, arguments: tuple[str, ...]) -> None:
    toolkit.fault = KeyError("x")
    ended = cli(*arguments)
    assert ended.code == 2
    assert ended.err.startswith("Traceback (most recent call last):\n")
    assert ended.err.splitlines()[-1].startswith("upheld: error: KeyError: 'x'")


USAGE = {
    "no command": ((), "Usage: upheld [OPTIONS] COMMAND [ARGS]..."),
    "unknown command": (("chek",), "No such command 'chek'"),
    "unknown option": (("check", "--sed", "1"), "No such option: --sed"),
    "unknown format": (("check", "--format", "xml"), "'xml' is no format, expected one of github, json, text"),
    "unknown level": (("check", "--fail-on", "fatal"), "'fatal' is no level to fail on, expected error, warning or"),
    "budget of nothing": (("check", "--budget", "0"), "Invalid value for '--budget'"),
    "no address": (("check", "--base-url", "example.org"), "'example.org', expected an http or https URL"),
    "no rule": (("explain",), "Missing argument 'RULE'"),
}


@pytest.mark.parametrize(("arguments", "text"), USAGE.values(), ids=USAGE)
def test_wrong_usage(cli: Cli, arguments: tuple[str, ...], text: str) -> None:
    ended = cli(*arguments)
    assert ended.code == 2
    assert text in ended.out + ended.err
    assert "Traceback" not in ended.err


def test_version(cli: Cli) -> None:
    ended = cli("--version")
    assert (0, "upheld 0.1.0\n", "") == ended


def test_every_command_is_listed(cli: Cli) -> None:
    ended = cli("--help")
    assert ended.code == 0
    for command in commands():
        assert f"\n  {command} " in ended.out
        assert cli(command, "--help").code == 0


def test_help_imports_nothing_slow() -> None:
    script = (
        "import runpy, sys; sys.argv = ['upheld', '--help']\ntry: runpy.run_module('upheld', run_name='__main__')\n"
    )
    script += (
        "finally: print([name for name in ('rich', 'fastapi', 'schemathesis', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (0, "[]") == (done.returncode, done.stdout.splitlines()[-1])
