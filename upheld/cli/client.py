"""`upheld client`: the package that callers of the service import."""

from pathlib import Path
from typing import Annotated

import typer

from upheld.cli._options import Check, Debug, Format
from upheld.model import UpheldError
from upheld.settings import FILE


def command(
    *,
    contract: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The OpenAPI document to read.",
            show_default="tool.upheld.contract or contracts/openapi.json",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--out", "--output", metavar="FOLDER", help="Where to.", show_default="tool.upheld.client"),
    ] = None,
    check: Check = False,
    form: Format = "text",
    debug: Debug = False,
) -> None:
    """Generate a client package from the committed document.

    A typed method for each operation, a class for each documented error, to be waited for or awaited; pip installs
    the folder, whose name is the package's. The files are the same to the byte on every run and machine.
    """
    from upheld import run
    from upheld.cli._output import say, show
    from upheld.cli._project import project

    del debug
    root, settings = project()
    folder = output or settings.client
    if folder is None:
        example = 'write client = "generated/client" or say -o FOLDER'
        raise UpheldError(f"{FILE}: tool.upheld.client is missing, expected the client's folder; {example}")
    source, out = root / (contract or settings.contract), root / folder
    if not check:
        for path in run.client(root=root, contract=source, out=out):
            say(f"wrote {path}")
        return
    report = run.stale_client(settings, contract=source, out=out)
    if form == "text" and not report.findings:
        say(f"{folder} is up to date")
        return
    raise typer.Exit(show(report, settings.fail_on, form=form))
