"""Trials, each in a process of its own, as many at a time as there are processors."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from upheld.model import UpheldError
from upheld.roundtrip.script import Errand, Mode, Outcome, packed, unpacked

MODULE = "upheld.trial"
_PATIENCE_S = 600.0


def tried(errands: Sequence[Errand], env: dict[str, str] | None = None) -> Iterator[tuple[Mode, Outcome]]:
    """Make trials and yield what came of each, in their order.

    Errors: UpheldError, with the process's last words, where one could not be made.
    """
    with ThreadPoolExecutor(max(1, min(len(errands), os.cpu_count() or 1))) as pool:
        outcomes = pool.map(lambda errand: _tried(errand, env), errands)
        yield from zip([errand.mode for errand in errands], outcomes, strict=True)


def _tried(errand: Errand, env: dict[str, str] | None) -> Outcome:
    with tempfile.TemporaryFile() as said:
        try:
            done = subprocess.run(  # noqa: S603 - ourselves
                [sys.executable, "-m", MODULE],
                input=packed(errand),
                stdout=subprocess.PIPE,
                stderr=said,
                cwd=errand.root,
                env={**os.environ, **_path(), **(env or {})},
                timeout=_PATIENCE_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise UpheldError(
                f"round trip {errand.mode}: no end after {_PATIENCE_S:g} s, expected a minute at most; "
                "leave it out with round_trip = false below [tool.upheld]"
            ) from error
        try:
            outcome = unpacked(done.stdout, Outcome)
        except ValueError as error:
            said.seek(0)
            words = said.read().decode(errors="replace").strip().splitlines()
            last = words[-1] if words else f"exit code {done.returncode}"
            raise UpheldError(
                f"round trip {errand.mode}: its process ended ({last[:300]}), expected it to go on; "
                "run the check again with --debug"
            ) from error
    if outcome.problem:
        raise UpheldError(f"round trip {errand.mode}: {outcome.problem}")
    return outcome


def _path() -> dict[str, str]:
    """Return what lets the other process find this package where it is not installed."""
    here = str(Path(__file__).resolve().parents[2])
    return {"PYTHONPATH": os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH", "")]))}
