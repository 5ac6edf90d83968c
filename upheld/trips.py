"""A round trip: what a check has asked, asked again by the generated client, in process and over HTTP."""

import importlib.util
import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from upheld import roundtrip
from upheld.drive.links import Links
from upheld.model import Application, Exchange, Fault, Request, RoundTrip, UpheldError
from upheld.roundtrip import Errand, Mode
from upheld.roundtrip.script import Taken
from upheld.settings import Settings

ANSWER_RULES = frozenset(
    {
        "undocumented-status",
        "response-schema-mismatch",
        "undocumented-media-type",
        "response-header-mismatch",
        "server-error",
        "no-answer",
    }
)
"""An answer that one of these speaks of is the app's doing; the client cannot type it, and need not."""


def made(
    application: Application,
    settings: Settings,
    history: Sequence[Exchange],
    logins: tuple[Request, ...],
    told: Callable[[Exchange], Collection[str]],
) -> tuple[RoundTrip, list[tuple[Fault, Exchange]]]:
    """Ask again by the client; `told` are the rules that find fault with an exchange.

    Errors: UpheldError where there is no client, or a trial cannot be made.
    """
    root = application.root
    client = root / (settings.client or "")
    if settings.client is None:
        raise UpheldError(
            'round trip: no client is set, expected client = "generated/…" below [tool.upheld]; '
            "write it there, or leave --round-trip out"
        )
    if not (client / "operations.py").is_file():
        raise UpheldError(f'{client}: no generated client there, expected one; write it with "upheld client"')
    links = Links(history)

    def linked(exchange: Exchange, place: int) -> list[Taken]:
        return [
            Taken(where=link.where, producer=link.producer, pointer=link.pointer, in_header=link.in_header)
            for link in links.of(exchange, place)
        ]

    selection = roundtrip.select(history, lambda exchange: ANSWER_RULES.isdisjoint(told(exchange)), linked)
    errand = Errand(
        modes=modes(),
        app=application.contract.app,
        root=str(root),
        client=str(client),
        settings=settings,
        steps=selection.steps,
        spares=selection.spares,
        logins=logins,
    )
    trials = roundtrip.tried(errand)
    trip = roundtrip.round_trip(trials, selection, application.contract)
    return trip, list(roundtrip.faults(trials, selection, str(Path(root))))


def modes() -> tuple[Mode, ...]:
    """Return how the app can be reached. Errors: UpheldError in CI, where none may be left out."""
    if importlib.util.find_spec("uvicorn") is not None:
        return tuple(Mode)
    if os.environ.get("CI", "").lower() not in ("", "0", "false"):
        raise UpheldError(
            "round trip: uvicorn is not installed, expected it in CI, so that the client is tried over HTTP; "
            'write "pip install uvicorn"'
        )
    return tuple(mode for mode in Mode if not mode.is_http)
