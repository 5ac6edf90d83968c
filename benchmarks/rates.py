"""Distinct requests a second on one app of ten operations, counted inside the app, the same way for every tool."""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.lies import scoring


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What one process sent."""

    arrived: int
    distinct: int
    """Of those, how many differed in method, target, body or a header other than the tool's own."""
    seconds: float
    """From the loaded app to its last answer; what is generated in between counts."""
    process_s: float
    """From the start of the process to its end."""

    @property
    def per_second(self) -> float:
        """Distinct requests a second, the app loaded."""
        return self.distinct / self.seconds

    @property
    def per_request_s(self) -> float:
        """Seconds a request, sent before or not."""
        return self.seconds / self.arrived


UPHELD = "Upheld, first run"
UPHELD_WARM = "Upheld, requests stored"
ENGINE = "Schemathesis' engine, in process"
BARE = "bare ASGI calls of the same requests"


def measure(repeats: int, say: Callable[[str], None]) -> dict[str, Rate]:
    """Run the tools in turn, `repeats` times; return the run of median rate of each."""
    runs: dict[str, list[Rate]] = {name: [] for name in (UPHELD, UPHELD_WARM, ENGINE, BARE)}
    with tempfile.TemporaryDirectory() as temporary:
        upheld, engine = Path(temporary, "upheld"), Path(temporary, "engine")
        for number in range(repeats):
            for folder in (upheld, engine):
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
            runs[UPHELD].append(_counted(upheld, "upheld", "check", "benchmarks.counted:app", "--format", "json"))
            runs[UPHELD_WARM].append(_counted(upheld, "upheld", "check", "benchmarks.counted:app", "--format", "json"))
            runs[BARE].append(_bare(upheld / "record.json"))  # at once: what they are held against has just been sent
            runs[ENGINE].append(_counted(engine, "benchmarks.engine"))
            rates = ", ".join(f"{name} {found[-1].per_second:,.0f}/s" for name, found in runs.items())
            say(f"rates {number + 1}/{repeats}: {rates}")
    return {name: _median(found) for name, found in runs.items()}


def _counted(folder: Path, *module: str) -> Rate:
    record = folder / "record.json"
    began = time.perf_counter()
    _run(folder, *module)
    process_s = time.perf_counter() - began
    counted = json.loads(record.read_bytes())
    return Rate(
        arrived=len(counted["requests"]),
        distinct=counted["distinct"],
        seconds=counted["seconds"],
        process_s=process_s,
    )


def _bare(record: Path) -> Rate:
    began = time.perf_counter()
    counted = json.loads(_run(record.parent, "benchmarks.bare", str(record)))
    return Rate(
        arrived=counted["requests"],
        distinct=counted["distinct"],
        seconds=counted["seconds"],
        process_s=time.perf_counter() - began,
    )


def _run(folder: Path, *module: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, "-m", *module],
        cwd=folder,
        env=scoring.environment() | {"BENCHMARK_RECORD": str(folder / "record.json")},
        capture_output=True,
        text=True,
        timeout=scoring.PATIENCE_S,
        check=True,
    )
    return done.stdout


def _median(rates: list[Rate]) -> Rate:
    median = statistics.median_low(rate.per_second for rate in rates)
    return next(rate for rate in rates if rate.per_second == median)
