"""Arguments and options that commands share; a command annotates its parameters with them."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from upheld import __version__


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"upheld {__version__}")
        raise typer.Exit


def _format(name: str) -> str:
    from upheld.report import formats

    if name not in formats():
        raise typer.BadParameter(f"{name!r} is no format, expected one of {', '.join(formats())}")
    return name


def _level(name: str) -> str:
    if name not in {"error", "warning", "note"}:
        raise typer.BadParameter(f"{name!r} is no level to fail on, expected error, warning or note")
    return name


App: TypeAlias = Annotated[
    str | None,
    typer.Argument(
        metavar="APP",
        help="module:app, module:factory or module:factory(); tool.upheld.app of pyproject.toml if left out.",
        show_default=False,
    ),
]
Check: TypeAlias = Annotated[bool, typer.Option("--check", help="Write nothing; exit with 1 if it would change.")]
Debug: TypeAlias = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]
FailOn: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        metavar="LEVEL",
        help="Lowest level that makes the exit code 1: error, warning or note.",
        show_default="error",
        callback=lambda name: name if name is None else _level(name),
    ),
]
Format: TypeAlias = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="text, json or github.", callback=_format)
]
Output: TypeAlias = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write there instead.", show_default=False)
]
Verbose: TypeAlias = Annotated[
    bool,
    typer.Option(
        "-v",
        "--verbose",
        help="Show what FastAPI does by itself, too, and which documented responses were not seen: no findings.",
    ),
]


def common(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_version)
    ] = False,
    debug: Debug = False,
) -> None:
    """Take the options that stand before a command. `--debug` counts anywhere, so `main` reads it by itself."""
    del version, debug
