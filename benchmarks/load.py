"""How much of what FastAPI itself can answer is left of it in the bookshop: `python -m benchmarks.load`, on Linux.

Both are loaded in turn, in slices, so that a machine that drifts is slow for both. Exits with 1 where less than 60% is
left, where an answer was wrong, or where memory grew by more than a tenth after the first slice. `--write` puts the
table into docs/performance.md, and what it comes to into docs/promises.md.
"""

import argparse
import asyncio
import json
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx2

from benchmarks import machine, pages
from benchmarks.asking import Asked, ask
from benchmarks.servers import Server, apart, served
from benchmarks.tables import Requirement, laid_out

BOOKS = 1000
CONNECTIONS = 16
SLICES = 3
SLICE_S = 10.0
TARGET = "/books?limit=20"

BOOKSHOP, SMALLEST = "the bookshop", "the smallest app"
APPS = {BOOKSHOP: "service.app:app", SMALLEST: "benchmarks.smallest:app"}

SHARE_LEAST = 0.6
"""Of the smallest app's rate."""
GROWTH_MOST = 0.1
"""Of memory, after the first slice: what a server holds once it is warm, it holds for good."""


@dataclass(slots=True, kw_only=True)
class Loaded:
    """What one app did under load."""

    start_mb: float
    asked: Asked = field(default_factory=Asked)
    memory_mb: list[list[float]] = field(default_factory=list)
    """One list a slice, a sample a second and one at its end."""

    @property
    def growth(self) -> float:
        """Return by which part memory grew after the first slice, at most."""
        return max(max(samples) for samples in self.memory_mb) / self.memory_mb[0][-1] - 1


def measure(slice_s: float, say: Callable[[str], None]) -> dict[str, Loaded]:
    """Load both apps in turn; return what they did, by name."""
    with tempfile.TemporaryDirectory() as temporary, apart():
        folder = Path(temporary)
        database = folder / "shop.sqlite3"
        environ = {"BOOKSHOP_DATABASE_URL": f"sqlite+aiosqlite:///{database}", "BOOKSHOP_LOG_LEVEL": "warning"}
        with served(APPS[BOOKSHOP], folder, environ) as bookshop:  # which makes the tables
            fill(database)
            with served(APPS[SMALLEST], folder, environ) as smallest:
                return _loaded({BOOKSHOP: bookshop, SMALLEST: smallest}, slice_s, say)


def fill(database: Path) -> None:
    """Put books on the shelves."""
    columns = "title, author, isbn, genre, price_cents, stock, added_at, version"
    added = datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" ")
    books = [
        (f"Volume {number}", f"Author {number % 70}", f"978{number:010}", "FICTION", 999 + number, 10, added, 1)
        for number in range(BOOKS)
    ]
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany(f"INSERT INTO books ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", books)  # noqa: S608


def _loaded(servers: dict[str, Server], slice_s: float, say: Callable[[str], None]) -> dict[str, Loaded]:
    body_bytes = {name: _body_bytes(server) for name, server in servers.items()}
    loaded = {name: Loaded(start_mb=server.memory_mb()) for name, server in servers.items()}
    for number in range(SLICES):
        for name, server in servers.items():
            asked, samples = asyncio.run(_slice(server, slice_s, body_bytes[name]))
            loaded[name].asked += asked
            loaded[name].memory_mb.append(samples)
            say(f"{number + 1}/{SLICES} {name}: {asked.per_second:,.0f}/s, {samples[-1]:.1f} MB")
    return loaded


def _body_bytes(server: Server) -> int:
    """Ask once, look whether it is a page of books, and return how long it is."""
    body = httpx2.get(f"{server.address}{TARGET}").raise_for_status().content
    page = json.loads(body)
    if [book["id"] for book in page["items"]] != list(range(1, 21)) or page["next_cursor"] != 20:
        raise RuntimeError(f"{TARGET} answered {body[:200]!r}, expected the first 20 books")
    return len(body)


async def _slice(server: Server, seconds: float, body_bytes: int) -> tuple[Asked, list[float]]:
    asking = asyncio.create_task(
        ask(server.port, TARGET, connections=CONNECTIONS, seconds=seconds, body_bytes=body_bytes)
    )
    samples = []
    while not asking.done():
        await asyncio.wait([asking], timeout=1)
        samples.append(server.memory_mb())
    return await asking, samples


def share(loaded: dict[str, Loaded]) -> float:
    """Return which part of the smallest app's rate the bookshop has."""
    return loaded[BOOKSHOP].asked.per_second / loaded[SMALLEST].asked.per_second


def table(loaded: dict[str, Loaded]) -> str:
    """Lay out what both did."""
    head = ["", "requests a second", "median ms", "99th percentile ms", "errors"]
    head += ["MB at the start", "after the first slice", "at the end"]
    return laid_out(head, (_row(name, one) for name, one in loaded.items()))


def _row(name: str, one: Loaded) -> list[str]:
    latencies = [f"{one.asked.percentile_ms(percent):.1f}" for percent in (50, 99)]
    memory = [f"{held:.1f}" for held in (one.start_mb, one.memory_mb[0][-1], one.memory_mb[-1][-1])]
    return [name, f"{one.asked.per_second:,.0f}", *latencies, f"{one.asked.errors:,}", *memory]


def page(loaded: dict[str, Loaded], slice_s: float) -> str:
    """Return the table and what it comes to."""
    measured = f"Measured on {machine.describe()}; {SLICES} slices of {slice_s:g} s for each app."
    return "\n\n".join((measured, table(loaded), told(loaded)))


def told(loaded: dict[str, Loaded]) -> str:
    """Return in words what it comes to."""
    rates = [loaded[name].asked.per_second for name in (BOOKSHOP, SMALLEST)]
    return (
        f"The bookshop answers {rates[0]:,.0f} requests a second, each with 20 of {BOOKS:,} books, where the smallest "
        f"app answers {rates[1]:,.0f}: {share(loaded):.0%}."
    )


def requirements(loaded: dict[str, Loaded]) -> Iterator[Requirement]:
    """Yield what is required of the service under load."""
    seen, errors = share(loaded), sum(one.asked.errors for one in loaded.values())
    text = f"at least {SHARE_LEAST:.0%} of the smallest app's rate"
    yield Requirement(text=text, seen=f"{seen:.1%}", held=seen >= SHARE_LEAST)
    yield Requirement(text="no answer is wrong", seen=str(errors), held=not errors)
    growth = loaded[BOOKSHOP].growth
    text = f"memory grows by {GROWTH_MOST:.0%} at most after the first slice"
    yield Requirement(text=text, seen=f"{growth:.1%}", held=growth <= GROWTH_MOST)


def main() -> int:
    """Measure, print and, where asked to, write; return 1 where less was reached than is required."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--slice", type=float, default=SLICE_S, metavar="SECONDS", help="how long each slice takes")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/")
    options = parser.parse_args()
    loaded = measure(options.slice, _say)
    required = list(requirements(loaded))
    sys.stdout.write(f"{page(loaded, options.slice)}\n\n" + "".join(f"{requirement}\n" for requirement in required))
    if options.write:
        for path, content in ((pages.PERFORMANCE, page(loaded, options.slice)), (pages.PROMISES, told(loaded))):
            path.write_text(pages.replaced(path.read_text(encoding="utf-8"), content, "load"), encoding="utf-8")
    return int(not all(requirement.held for requirement in required))


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
