"""How long `upheld diff` takes as a process: on the service and on generated ones of up to 13 MB.

`python -m benchmarks.diffs`, on Linux, takes two minutes; nothing else should run meanwhile. Exits with 1 where a
figure is worse than required. `--write` puts the table into docs/performance.md.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import large, machine, pages
from benchmarks.tables import Requirement, laid_out

ROOT = Path(__file__).parents[1]
SERVICE = ROOT / "contracts" / "openapi.json"
SIZES = (125, 250, 500, 1000)
"""Operations of the generated documents; the largest is of 13 MB."""
SHARE = 0.03
"""Of the models are changed."""
SERVICE_SHARE = 0.25
"""Of the service's few."""
SEED = 1
REPEATS = 5
SERVICE_MOST_S = 0.4
LARGEST_MOST_S = 6.0
LARGEST_MOST_MB = 600.0
GROWTH_MOST = 1.5
"""How many times as long as one of the smallest document's an operation of the largest document may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """What comparing one pair took, the quickest of several runs."""

    name: str
    operations: int
    mb: float
    changes: int
    breaking: int
    seconds: float
    peak_mb: float


def measure(sizes: Sequence[int], repeats: int, say: Callable[[str], None]) -> list[Timed]:
    """Compare the service's document and generated ones with changed copies, each as a process of its own."""
    found = []
    with tempfile.TemporaryDirectory() as temporary:
        old, new = Path(temporary) / "old.json", Path(temporary) / "new.json"
        service = json.loads(SERVICE.read_text(encoding="utf-8"))
        for name, document in (("the service", service), *((f"{size:,} operations", size) for size in sizes)):
            made: dict[str, Any] = large.document(document) if isinstance(document, int) else document
            share = SHARE if isinstance(document, int) else SERVICE_SHARE
            old.write_text(json.dumps(made, indent=2), encoding="utf-8")
            new.write_text(json.dumps(large.edited(made, share, seed=SEED), indent=2), encoding="utf-8")
            operations = sum(len(item) for item in made["paths"].values())
            timed = min((_timed(name, operations, old, new) for _ in range(repeats)), key=lambda one: one.seconds)
            say(f"{name}: {timed.seconds:.2f} s, {timed.peak_mb:.0f} MB, {timed.changes} changes")
            found.append(timed)
    return found


def _timed(name: str, operations: int, old: Path, new: Path) -> Timed:
    command = [sys.executable, "-m", "upheld", "diff", str(old), str(new), "--format", "json", "--fail-on", "never"]
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        out = process.stdout.read() if process.stdout is not None else ""
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}, expected 0")
    summary = json.loads(out)["summary"]
    return Timed(
        name=name,
        operations=operations,
        mb=old.stat().st_size / 1e6,
        changes=sum(summary[verdict] for verdict in ("breaking", "undecided", "compatible")),
        breaking=summary["breaking"],
        seconds=seconds,
        peak_mb=usage.ru_maxrss / 1024,
    )


def growth(measured: Sequence[Timed]) -> float:
    """Return how many times as long an operation of the largest document takes as one of the smallest."""
    sized = sorted(measured, key=lambda one: one.operations)[1:]  # the service's is mostly Python that starts
    return (sized[-1].seconds / sized[-1].operations) / (sized[0].seconds / sized[0].operations)


def table(measured: Sequence[Timed]) -> str:
    """Lay out what was measured."""
    head = ["", "operations", "MB each", "changes", "breaking", "seconds", "peak MB"]
    rows = [
        [one.name, f"{one.operations:,}", f"{one.mb:.1f}", f"{one.changes}", f"{one.breaking}", f"{one.seconds:.2f}",
         f"{one.peak_mb:.0f}"]
        for one in measured
    ]  # fmt: skip
    return laid_out(head, rows)


def page(measured: Sequence[Timed], repeats: int) -> str:
    """Return what docs/performance.md shows."""
    told = f"An operation of the largest takes {growth(measured):.2f} times as long as one of the smallest."
    return f"Measured on {machine.describe()}; the quickest of {repeats} runs.\n\n{table(measured)}\n\n{told}"


def requirements(measured: Sequence[Timed]) -> Iterator[Requirement]:
    """Yield what was required of the first and of the largest pair."""
    first, last = measured[0], measured[-1]
    text = f"{first.name}'s document in {SERVICE_MOST_S} s at most"
    yield Requirement(text=text, seen=f"{first.seconds:.2f} s", held=first.seconds <= SERVICE_MOST_S)
    text = f"{last.name} in {LARGEST_MOST_S} s at most"
    yield Requirement(text=text, seen=f"{last.seconds:.2f} s", held=last.seconds <= LARGEST_MOST_S)
    text = f"{last.name} in {LARGEST_MOST_MB:.0f} MB at most"
    yield Requirement(text=text, seen=f"{last.peak_mb:.0f} MB", held=last.peak_mb <= LARGEST_MOST_MB)
    seen = growth(measured)
    text = f"an operation takes {GROWTH_MOST} times as long at most in the largest document"
    yield Requirement(text=text, seen=f"{seen:.2f}", held=seen <= GROWTH_MOST)


def main() -> int:
    """Measure, print and, where asked to, write; return 1 where less was reached than is required."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.diffs", description=__doc__)
    parser.add_argument("--repeats", type=int, default=REPEATS, metavar="N", help="runs of each pair")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    measured = measure(SIZES, options.repeats, _say)
    required = list(requirements(measured))
    told = page(measured, options.repeats)
    sys.stdout.write(f"{told}\n\n" + "".join(f"{requirement}\n" for requirement in required))
    if options.write:
        text = pages.PERFORMANCE.read_text(encoding="utf-8")
        pages.PERFORMANCE.write_text(pages.replaced(text, told, "diffs"), encoding="utf-8")
    return int(not all(requirement.held for requirement in required))


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
