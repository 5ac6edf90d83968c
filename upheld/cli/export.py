"""`upheld export`: the document that the app promises, committed."""

from pathlib import Path
from typing import Annotated

import typer

from upheld.cli._options import App, Check, Debug, Format


def command(
    app: App = None,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Where to; - is standard output.",
            show_default="tool.upheld.contract or contracts/openapi.json",
        ),
    ] = None,
    check: Check = False,
    form: Format = "text",
    debug: Debug = False,
) -> None:
    """Write the app's OpenAPI document to a file.

    Commit it, and a review shows what a change promises. The text is the same to the byte on every run and machine.
    """
    from upheld import run
    from upheld.cli._output import emit, reserved, say, show
    from upheld.cli._project import project

    del debug
    root, settings = project()
    with reserved():
        if not check:
            written = run.export(app, settings, root=root, out=output)
            if isinstance(written, str):
                emit(written)
            else:
                say(f"wrote {written}")
            return
        path = root / (output or settings.contract)
        report = run.stale(app, settings, root=root, path=path)
        if form == "text" and not report.findings:
            say(f"{path.relative_to(root) if path.is_relative_to(root) else path} is up to date")
            return
        code = show(report, settings.fail_on, form=form)
    raise typer.Exit(code)
