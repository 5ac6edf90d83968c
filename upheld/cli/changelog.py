"""`upheld changelog`: what became of the contract, from its git history."""

from pathlib import Path
from typing import Annotated

import typer

from upheld.cli._options import Check, Debug

NAME = "CHANGELOG.md"


def command(
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Where to; - is standard output.",
            show_default=f"{NAME} beside the contract",
        ),
    ] = None,
    check: Check = False,
    debug: Debug = False,
) -> None:
    """Write the changelog of the committed contract from its git history.

    A section for each commit that touched it, by way of first parents, the newest first: its date, its subject, what
    changed and whom that breaks. What is not committed yet stands on top as unreleased.
    """
    from upheld import files, run
    from upheld.cli._output import emit, say
    from upheld.cli._project import project

    del debug
    root, settings = project()
    text = run.changelog(settings, root=root)
    if output == Path("-") and not check:
        emit(text)
        return
    path = root / output if output is not None else (root / settings.contract).parent / NAME
    told = path.relative_to(root) if path.is_relative_to(root) else path
    if files.holds(path, text):
        say(f"{told} is up to date")
        return
    if check:
        say(f"{told} is out of date; run upheld changelog")
        raise typer.Exit(1)
    files.write(path, text)
    say(f"wrote {told}")
