"""Trials, each in a process of its own, so that each app is one that nobody has asked anything yet."""

import os
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from upheld.model import UpheldError
from upheld.roundtrip.script import Errand, Mode, Outcome, Report, packed, unpacked

MODULE = "upheld.trial"
PATIENCE_S = 600.0


def tried(errand: Errand) -> tuple[Outcome, ...]:
    """Make the trials of an errand and return what came of each.

    Errors: UpheldError, with the last words of the process, where one could not be made.
    """
    with tempfile.TemporaryFile() as said:
        try:
            done = subprocess.run(  # noqa: S603 - ourselves
                [sys.executable, "-m", MODULE],
                input=packed(errand),
                stdout=subprocess.PIPE,
                stderr=said,
                cwd=errand.root,
                env={**os.environ, **errand.settings.env, **_path()},
                timeout=PATIENCE_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise UpheldError(
                f"round trip: no end after {PATIENCE_S:g} s, expected a minute at most; "
                "leave it out with round_trip = false below [tool.upheld]"
            ) from error
        try:
            report = unpacked(done.stdout, Report)
        except ValueError as error:
            said.seek(0)
            words = said.read().decode(errors="replace").strip().splitlines()
            last = words[-1] if words else f"exit code {done.returncode}"
            raise UpheldError(
                f"round trip: its process ended ({last[:300]}), expected it to go on; take out what ends it"
            ) from error
    if report.problem:
        raise UpheldError(f"round trip: {report.problem}")
    return report.outcomes


def _path() -> dict[str, str]:
    """Return what lets the other process find this package where it is not installed."""
    here = str(Path(__file__).resolve().parents[2])
    return {"PYTHONPATH": os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH", "")]))}


def apart(errand: Errand, make: Callable[[Mode], Outcome]) -> tuple[Outcome, ...]:
    """Make each trial in a copy of this process, in which the app is loaded and not yet started.

    Where it cannot be copied, since it has begun threads or the platform has no copies, each begins from the start.
    Errors: UpheldError where a trial could not be made.
    """
    if len(errand.modes) == 1:
        return (make(errand.modes[0]),)
    if sys.platform != "linux" or threading.active_count() > 1:
        with ThreadPoolExecutor(min(len(errand.modes), os.cpu_count() or 1)) as pool:
            found = pool.map(tried, [_alone(errand, mode) for mode in errand.modes])
            return tuple(outcome for outcomes in found for outcome in outcomes)
    copies = [(mode, _copied(mode, make)) for mode in errand.modes]
    return tuple(_read(mode, *copy) for mode, copy in copies)


def _alone(errand: Errand, mode: Mode) -> Errand:
    return replace(errand, modes=(mode,), spares=errand.spares if mode is Mode.PROCESS_SYNC else ())


def _copied(mode: Mode, make: Callable[[Mode], Outcome]) -> tuple[int, int]:
    """Return the process that makes a trial, and where it tells what came of it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    code = 1
    try:
        os.close(reading)
        try:
            report = Report(outcomes=(make(mode),))
        except UpheldError as error:
            report = Report(problem=f"{mode}: {error}")
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(packed(report))
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it is, no copy may go on with what its parent does
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)  # what its parent would do at its end is not for a copy to do


def _read(mode: Mode, child: int, reading: int) -> Outcome:
    with os.fdopen(reading, "rb") as pipe:
        raw = pipe.read()
    os.waitpid(child, 0)
    try:
        report = unpacked(raw, Report)
    except ValueError as error:
        raise UpheldError(f"{mode}: its process ended, expected it to go on; take out what ends it") from error
    if report.problem:
        raise UpheldError(report.problem)
    return report.outcomes[0]
