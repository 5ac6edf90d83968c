"""How long the service's client takes to be generated and imported, and what type checkers in strict mode say of it.

`python -m benchmarks.clients`; nothing else should run meanwhile. Exits with 1 where a figure is worse than required.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import machine
from benchmarks.tables import Requirement

ROOT = Path(__file__).parents[1]
NAME = "bookshop_client"
REPEATS = 5
GENERATED_MOST_S = 5.0
IMPORTED_MOST_S = 0.4
IMPORTED = f"import time; began = time.perf_counter(); import {NAME}; print(time.perf_counter() - began)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The quickest of several runs, and what is wrong with the types."""

    generated_s: float
    """A whole process."""
    imported_s: float
    """The import within a process that has imported nothing else."""
    mypy: int
    """Errors."""
    pyright: int
    """Errors."""


def measure(repeats: int) -> Measured:
    """Generate the client into a folder of its own, import it and check its types."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        command = [sys.executable, "-m", "upheld", "client", "--out", str(folder / NAME)]
        generated = []
        for _ in range(repeats):
            shutil.rmtree(folder / NAME, ignore_errors=True)
            began = time.perf_counter()
            _run(command, ROOT)
            generated.append(time.perf_counter() - began)
        imported = [float(_run([sys.executable, "-c", IMPORTED], folder)) for _ in range(repeats)]
        (folder / "pyrightconfig.json").write_text(json.dumps({"typeCheckingMode": "strict", "include": [NAME]}))
        return Measured(
            generated_s=min(generated),
            imported_s=min(imported),
            mypy=_errors([sys.executable, "-m", "mypy", "--strict", "-p", NAME], folder, ": error:"),
            pyright=_errors([sys.executable, "-m", "pyright", "--pythonpath", sys.executable], folder, " - error:"),
        )


def _run(command: Sequence[str], folder: Path) -> str:
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout  # noqa: S603


def _errors(command: Sequence[str], folder: Path, mark: str) -> int:
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)  # noqa: S603
    found = sum(mark in line for line in done.stdout.splitlines())
    if done.returncode not in {0, 1} or bool(found) != bool(done.returncode):
        raise SystemExit(f"{' '.join(command)}: exit code {done.returncode}: {done.stdout}{done.stderr}")
    return found


def requirements(found: Measured) -> Iterator[Requirement]:
    """Yield what is required of a client."""
    text, seen = f"generated in {GENERATED_MOST_S} s at most", f"{found.generated_s:.2f} s"
    yield Requirement(text=text, seen=seen, held=found.generated_s <= GENERATED_MOST_S)
    text, seen = f"imported in {IMPORTED_MOST_S} s at most", f"{found.imported_s:.2f} s"
    yield Requirement(text=text, seen=seen, held=found.imported_s <= IMPORTED_MOST_S)
    yield Requirement(text="mypy strict has no error", seen=f"{found.mypy}", held=found.mypy == 0)
    yield Requirement(text="pyright strict has no error", seen=f"{found.pyright}", held=found.pyright == 0)


def main() -> int:
    """Measure and print; return 1 where less was reached than is required."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.clients", description=__doc__)
    parser.add_argument("--repeats", type=int, default=REPEATS, metavar="N", help="runs of each")
    required = list(requirements(measure(parser.parse_args().repeats)))
    sys.stdout.write(f"Measured on {machine.describe()}.\n\n" + "".join(f"{one}\n" for one in required))
    return int(not all(one.held for one in required))


if __name__ == "__main__":
    sys.exit(main())
