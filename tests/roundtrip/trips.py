"""Apps with their generated clients, asked, and then asked again by those."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.client.packages import files
from tests.live import Live, faults, live
from tests.modules import forgotten
from upheld import roundtrip, trips
from upheld.client import write
from upheld.model import Exchange, Fault, Json, RoundTrip
from upheld.roundtrip import Errand, Mode
from upheld.roundtrip.script import Outcome
from upheld.settings import Settings

_numbers = itertools.count()
"""Tests of one process do not see each other's packages."""
CLIENT = "generated/shop_client"
SETTINGS = Settings(client=CLIENT)


@contextmanager
def fresh(folder: Path) -> Iterator[Path]:
    """Yield where a package can be written; that it was imported is forgotten afterwards."""
    place = folder / f"shop_client_of_a_trip_{next(_numbers)}"
    with forgotten(place):
        yield place


@contextmanager
def shop(source: str, folder: Path, settings: Settings = SETTINGS, document: Json = None) -> Iterator[Live]:
    """Run the app of a source, the client of its document, or of another one, beside it."""
    with live(source, folder, settings) as app:
        write(folder / CLIENT, files(document or dict(app.contract.document), "shop_client"))
        yield app


def patch(folder: Path, name: str, old: str, new: str) -> None:
    """Write something else in a file of the client."""
    path = folder / CLIENT / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def travel(
    app: Live, history: Sequence[Exchange], settings: Settings = SETTINGS
) -> tuple[RoundTrip, list[tuple[Fault, Exchange]]]:
    """Have the client ask again what was asked."""
    return trips.made(app.application, settings, history, (), faults)


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Leave out every mode but the named ones: each takes a process."""

    def leave(*modes: Mode) -> None:
        def tried(errand: Errand) -> tuple[Outcome, ...]:
            return _tried(replace(errand, modes=modes))

        monkeypatch.setattr(roundtrip, "tried", tried)

    _tried = roundtrip.tried
    return leave
