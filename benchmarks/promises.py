"""What it costs to break a promise of FastAPI, each way on the same app: `python -m benchmarks.promises`, on Linux.

`--write` puts the figures into docs/promises.md. Takes less than a minute.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

import httpx2

from benchmarks import killed, machine, pages
from benchmarks.asking import Asked, ask
from benchmarks.promised import CALL_S, POOL_TIMEOUT_S, TASK_S
from benchmarks.servers import apart, served
from benchmarks.tables import laid_out

APP = "benchmarks.promised:app"
SLICE_S = 2.0

CALLERS = 4
BESIDE = {
    "nothing": None,
    "`time.sleep` in `async def`": "/blocking",
    "`time.sleep` in `def`": "/blocking-def",
    "`await asyncio.sleep` in `async def`": "/waiting",
}
CROWDS = (4, 40, 80, 160)

POOL_REQUESTS = 200
POOL_CALLERS = 40

BLOCKING = (
    f"**Blocking.** One client asks a trivial `async def` endpoint, one request after another, while {CALLERS} others "
    f"keep calling one that takes {1000 * CALL_S:.0f} ms:"
)
THREADS = (
    f"**Threads.** More and more clients keep calling the plain `def` that sleeps {1000 * CALL_S:.0f} ms; all plain "
    "functions of an app share 40 threads:"
)
SESSIONS = (
    f"**Sessions.** {POOL_REQUESTS} requests, {POOL_CALLERS} at a time, on a pool of 5 connections and 10 more, which "
    f"lets a request wait {POOL_TIMEOUT_S} s for one:"
)
ANSWER = f"**After the answer.** {1000 * TASK_S:.0f} ms of work, and when the client has its answer:"
KILLED = "**Killed** with SIGKILL after the answers and before the work, then started again:"


def blocking(port: int, slice_s: float) -> str:
    """Lay out how long another endpoint takes while some clients call one that is busy."""
    rows = []
    for name, target in BESIDE.items():
        seen, called = asyncio.run(beside(port, "/trivial", target, CALLERS, slice_s))
        rows.append([name, f"{seen.per_second:,.0f}", *_latencies(seen), f"{called.per_second:,.0f}" if target else ""])
    return laid_out(
        [
            f"{CALLERS} clients keep calling",
            "trivial answers a second",
            "median ms",
            "99th percentile ms",
            "slowest ms",
            "their own a second",
        ],
        rows,
    )


def threads(port: int, slice_s: float) -> str:
    """Lay out how long clients wait when there are more of them than threads."""
    rows = []
    for crowd in CROWDS:
        seen, called = asyncio.run(beside(port, "/trivial-def", "/blocking-def", crowd, slice_s))
        slowest = f"{called.percentile_ms(100):.0f}"
        rows.append(
            [f"{crowd}", f"{called.per_second:,.0f}", f"{called.percentile_ms(50):.0f}", slowest, *_latencies(seen)]
        )
    return laid_out(
        [
            "clients",
            "answers a second",
            "median ms",
            "slowest ms",
            "a trivial `def` meanwhile: median ms",
            "99th percentile ms",
            "slowest ms",
        ],
        rows,
    )


async def beside(port: int, target: str, busy: str | None, callers: int, slice_s: float) -> tuple[Asked, Asked]:
    """Return what one client is answered while some call what is busy, and what those are."""
    if busy is None:
        return await ask(port, target, seconds=slice_s), Asked()
    called = asyncio.create_task(ask(port, busy, connections=callers, seconds=slice_s))
    await asyncio.sleep(2 * CALL_S)
    seen = await ask(port, target, seconds=slice_s - 4 * CALL_S)
    return seen, await called


def _latencies(seen: Asked) -> list[str]:
    return [f"{seen.percentile_ms(percent):.1f}" for percent in (50, 99, 100)]


def sessions(folder: Path) -> str:
    """Lay out what becomes of a pool whose connections do not come back."""
    rows = []
    for name, target in {"closes its session": "/closed", "leaves its session open": "/left-open"}.items():
        with served(APP, folder, {"PROMISED_FOLDER": str(folder)}) as server:
            seen = asyncio.run(ask(server.port, target, connections=POOL_CALLERS, requests=POOL_REQUESTS))
            out = httpx2.get(f"{server.address}/checked-out").raise_for_status().text
        rows.append([name, f"{len(seen.latencies_s)}", f"{seen.errors}", out, f"{seen.seconds:.1f}"])
    return laid_out(["the dependency", "answered", "failed", "connections out at the end", "seconds"], rows)


def moments(port: int) -> str:
    """Lay out when a client has its answer, work being done before it or after it."""
    rows = []
    for name, target in {"before the answer": "/before", "after it, in `BackgroundTasks`": "/after"}.items():
        seen = asyncio.run(ask(port, target, requests=5))
        rows.append([name, f"{seen.percentile_ms(50):.1f}", f"{seen.percentile_ms(100):.1f}"])
    return laid_out(["the work is done", "median ms", "slowest ms"], rows)


def page(slice_s: float) -> str:
    """Measure everything, and return what the page shows."""
    parts = [f"Measured on {machine.describe()}."]
    with tempfile.TemporaryDirectory() as temporary, apart():
        folder = Path(temporary)
        with served(APP, folder, {"PROMISED_FOLDER": str(folder)}) as server:
            parts += [BLOCKING, blocking(server.port, slice_s)]
            parts += [THREADS, threads(server.port, slice_s)]
            parts += [SESSIONS, sessions(folder)]
            parts += [ANSWER, moments(server.port)]
        parts += [KILLED, killed.table(folder)]
    return "\n\n".join(parts)


def main() -> int:
    """Measure, print and, where asked to, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.promises", description=__doc__)
    parser.add_argument("--slice", type=float, default=SLICE_S, metavar="SECONDS", help="how long each load takes")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/promises.md")
    options = parser.parse_args()
    measured = page(options.slice)
    sys.stdout.write(f"{measured}\n")
    if options.write:
        text = pages.PROMISES.read_text(encoding="utf-8")
        pages.PROMISES.write_text(pages.replaced(text, measured, "figures"), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
