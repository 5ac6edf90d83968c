"""`upheld check`: the main job."""

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from upheld.cli._options import App, Debug, FailOn, Format, Output, Verbose
from upheld.model import Level, UpheldError
from upheld.settings import BASE_URL, BUDGETS, SEEDS, TIME_LIMITS_S, FixedHeaders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from upheld.model import Application, Case, Finding

_HEADER = re.compile(r"(?P<name>[!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(?P<value>[!-~\xa0-\xff][ -~\t\xa0-\xff]*)")
_EXAMPLE = "http://127.0.0.1:8000"
_NOT_OURS = frozenset({"host", "content-length", "content-type", "transfer-encoding", "connection"})


def _base_url(url: str | None) -> str | None:
    if url is not None and not BASE_URL.fullmatch(url):
        raise typer.BadParameter(f"{url!r}, expected an http or https URL without query")
    return url and url.rstrip("/")


def _url(url: str | None) -> str | None:
    if url is None:
        return None
    if "@" in url:
        raise UpheldError("--url: it holds a user's name, expected a URL without; sign in with --header")
    try:
        urlsplit(url).port  # noqa: B018 - which raises for a number that is no port
    except ValueError as error:
        raise UpheldError(f"--url {url}: no such port, expected one from 1 to 65535; mend the URL") from error
    if not BASE_URL.fullmatch(url):
        raise UpheldError(f"--url {url}: no http or https URL without query, expected {_EXAMPLE}; mend the URL")
    return url.rstrip("/")


def _headers(texts: list[str] | None) -> list[str] | None:
    for number, text in enumerate(texts or (), 1):
        found = _HEADER.fullmatch(text)
        if found is None:  # whatever it holds may be secret
            raise UpheldError(f"--header: the {_nth(number)} is no header, expected 'Name: value'; mend it")
        if found["name"].lower() in _NOT_OURS:
            raise UpheldError(f"--header {found['name']}: is each request's own, expected a credential; leave it out")
    return texts


def _nth(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")


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
    url: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Ask a running server instead of an app; it is sent anything, so not one with real data.",
            show_default=False,
            callback=_url,
        ),
    ] = None,
    contract: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="With --url: its document; tool.upheld.contract, or else URL/openapi.json, if left out.",
            show_default=False,
        ),
    ] = None,
    header: Annotated[
        list[str] | None,
        typer.Option(
            metavar="'NAME: VALUE'",
            help="With --url: signs requests in, instead of tool.upheld.auth; may stand more than once.",
            show_default=False,
            callback=_headers,
        ),
    ] = None,
    round_trip: Annotated[
        bool | None,
        typer.Option(
            "--round-trip/--no-round-trip",
            help="Have the generated client ask again what was asked, in process and over HTTP.",
            show_default="tool.upheld.round_trip",
        ),
    ] = None,
    fail_on: FailOn = None,
    verbose: Verbose = False,
    debug: Debug = False,
) -> None:
    """Call the app and compare its answers with its docs.

    Every documented operation is called in process with generated requests; with --url over HTTP, which shows no line
    of the code and nothing that happens inside. Exits with 0 if the contract is upheld, 1
    if there are findings at or above --fail-on, 2 if that could not be told.
    """
    from upheld import run
    from upheld.cli._output import progress, reserved, show
    from upheld.cli._project import project

    del debug
    _require_url(app, url, base_url, contract, header)
    if url is not None and round_trip:
        raise UpheldError("--round-trip: it starts the app itself, expected no --url; leave one of them out")
    root, settings = project(signs_in=not header)
    if header:
        settings = replace(
            settings, auth=FixedHeaders(headers=dict(re.split(r":[ \t]*", one, maxsplit=1) for one in header))
        )
    settings = replace(
        settings,
        seed=settings.seed if seed is None else seed,
        budget=budget or settings.budget,
        time_limit_s=time_limit_s or settings.time_limit_s,
        base_url=base_url or settings.base_url,
        round_trip=settings.round_trip if round_trip is None else round_trip,
    )
    level = settings.fail_on if fail_on is None else Level(fail_on)
    with reserved():
        with progress() as advance:
            if url is None:
                report = run.check(app, settings, root=root, progress=advance, mend=_mended if form == "json" else None)
            else:
                path = contract and root / contract
                report = run.check_url(url, settings, root=root, path=path, progress=advance)
        code = show(report, level, form=form, verbose=verbose, output=output)
    raise typer.Exit(code)


def _mended(cases: "Sequence[Case]", application: "Application") -> "tuple[Finding, ...]":
    from upheld.fix import Mender

    return Mender().mend(cases, application)


def _require_url(
    app: str | None, url: str | None, base_url: str | None, contract: Path | None, header: list[str] | None
) -> None:
    """Refuse options that do not go together."""
    if url is not None and app is not None:
        raise UpheldError(f"--url {url}: {app} is named as well, expected one thing to ask; leave one of them out")
    if url is not None and base_url is not None:
        raise UpheldError(f"--base-url {base_url}: --url says what requests call the app by; leave one of them out")
    for name, given in (("--contract", contract), ("--header", header)):
        if url is None and given:
            raise UpheldError(f'{name}: no --url, expected both; write "upheld check --url {_EXAMPLE} {name} …"')
