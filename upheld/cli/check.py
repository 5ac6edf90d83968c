"""`upheld check`: the main job."""

from dataclasses import replace
from typing import Annotated

import typer

from upheld.cli._options import App, Debug, FailOn, Format, Output, Verbose
from upheld.model import Level
from upheld.settings import BASE_URL, BUDGETS, SEEDS, TIME_LIMITS_S


def _base_url(url: str | None) -> str | None:
    if url is not None and not BASE_URL.fullmatch(url):
        raise typer.BadParameter(f"{url!r}, expected an http or https URL without query")
    return url and url.rstrip("/")


def command(
    app: App = None,
    *,
    form: Format = "text",
    output: Output = None,
    seed: Annotated[
        int | None,
        typer.Option(metavar="N", min=SEEDS[0], max=SEEDS[1], help="Same seed, same requests.", show_default="0"),
    ] = None,
    budget: Annotated[
        int | None,
        typer.Option(metavar="N", min=BUDGETS[0], max=BUDGETS[1], help="Requests per operation.", show_default="200"),
    ] = None,
    time_limit_s: Annotated[
        float | None,
        typer.Option(
            "--time-limit",
            metavar="S",
            min=TIME_LIMITS_S[0],
            max=TIME_LIMITS_S[1],
            help="Seconds a request.",
            show_default="5",
        ),
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="What requests call the app by.",
            show_default="http://testserver",
            callback=_base_url,
        ),
    ] = None,
    fail_on: FailOn = None,
    verbose: Verbose = False,
    debug: Debug = False,
) -> None:
    """Call the app and compare its answers with its docs.

    Every documented operation is called in process with generated requests. Exits with 0 if the contract is upheld, 1
    if there are findings at or above --fail-on, 2 if that could not be told.
    """
    from upheld import run
    from upheld.cli._output import progress, show
    from upheld.cli._project import project

    del debug
    root, settings = project(signs_in=True)
    settings = replace(
        settings,
        seed=settings.seed if seed is None else seed,
        budget=budget or settings.budget,
        time_limit_s=time_limit_s or settings.time_limit_s,
        base_url=base_url or settings.base_url,
    )
    with progress() as advance:
        report = run.check(app, settings, root=root, progress=advance)
    level = settings.fail_on if fail_on is None else Level(fail_on)
    raise typer.Exit(show(report, level, form=form, verbose=verbose, output=output))
