"""The Schemathesis CLI on one app, started as its own users would: over uvicorn on loopback, with every check.

What it reports is translated in its favour: wherever a failure could mean the lie that is marked, the lie is found.
"""

import contextlib
import json
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import SEED
from tests.lies import scoring
from tests.lies.scoring import Mark
from tests.loopback import free_port

REQUEST_LIMIT_S = 5
"""Its `--request-timeout`, the same as Upheld's time limit; by default it would wait for as long as an app hangs."""
APP_LIMIT_S = 60
"""It is ended after this long on one app; what it wrote until then counts."""
NETWORK = "network"
"""Stands for its network errors, time-outs among them, which have no code."""

KINDS: dict[str, frozenset[str]] = {
    "undocumented-status": frozenset({"ST103"}),
    "server-error": frozenset({"ST101", "ST102", "ST103", NETWORK}),
    "response-schema-mismatch": frozenset({"ST108", "ST109", "ST110", "ST111"}),
    "undocumented-media-type": frozenset({"ST104", "ST105", "ST106", "ST109", "ST110"}),
    "response-header-mismatch": frozenset({"ST107", "ST108"}),
    "undocumented-field": frozenset({"ST108"}),
    "rejects-valid-request": frozenset({"ST202"}),
    "accepts-invalid-request": frozenset({"ST201", "ST203"}),
    "auth-not-enforced": frozenset({"ST401", "ST201", "ST203"}),
    "phantom-operation": frozenset({"ST103", "ST202", "ST204"}),
    "no-answer": frozenset({"ST112", NETWORK}),
    "invalid-example": frozenset({"ST202"}),
    "leaked-connection": frozenset({"ST101", "ST102", "ST112", NETWORK}),
    "blocking-call": frozenset({"ST112", NETWORK}),
    "background-task-error": frozenset(),  # from here on: nothing that can be seen from outside
    "phantom-status": frozenset(),
    "undocumented-parameter": frozenset(),
}
"""Which of its failure codes (`st explain CODE`) stand for a lie of a rule on the same operation."""
_STATUS_TOLD = frozenset({"ST101", "ST103"})
"""Codes that name the status; a lie about a status is found when it is that one."""
_STATUS_ASKED = frozenset({"undocumented-status", "server-error"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One kind of failure on one operation."""

    code: str
    operation: str
    status: int | None
    """Of the answer; `None` where there was none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """One run of the CLI on one app."""

    failures: frozenset[Failure]
    requests: int
    seconds: float
    """From starting the server to the end of the CLI."""
    server_s: float
    """Of those, until the server answered."""
    ended: bool
    """Whether it came to its end within the limit."""


def run(folder: Path) -> Ran:
    """Serve the app in its folder and run the CLI on it."""
    report = folder / "report.ndjson"
    report.unlink(missing_ok=True)
    began = time.perf_counter()
    with _served(folder) as port:
        answered = time.perf_counter()
        command = [str(Path(sysconfig.get_path("scripts"), "st")), "run", f"http://127.0.0.1:{port}/openapi.json"]
        command += ["--checks", "all", "--seed", f"{SEED}", "--request-timeout", f"{REQUEST_LIMIT_S}"]
        command += ["--report", "ndjson", "--report-ndjson-path", report.name]
        try:
            subprocess.run(  # noqa: S603 - the CLI that is measured
                command,
                cwd=folder,
                env=scoring.environment(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=APP_LIMIT_S,
                check=False,
            )
            ended = True
        except subprocess.TimeoutExpired:
            ended = False
        finished = time.perf_counter()
    events = list(_events(report))
    return Ran(
        failures=frozenset(failures(events)),
        requests=sum(len(recorder.get("interactions", {})) for recorder in _recorders(events)),
        seconds=finished - began,
        server_s=answered - began,
        ended=ended,
    )


def failures(events: Iterable[dict[str, Any]]) -> Iterator[Failure]:
    """Yield what its events report as failed."""
    for event in events:
        for recorder in _recorders([event]):
            for case, checks in recorder.get("checks", {}).items():
                answer = recorder.get("interactions", {}).get(case, {}).get("response") or {}
                for check in checks:
                    if found := (check.get("failure_info") or {}).get("failure"):
                        yield Failure(
                            code=found["code"], operation=found["operation"], status=answer.get("status_code")
                        )
        if error := event.get("NonFatalError"):
            yield Failure(code=NETWORK, operation=error["label"], status=None)


def finds(mark: Mark, reported: Iterable[Failure]) -> bool:
    """Tell whether one of the failures can be read as this lie."""
    for failure in reported:
        if failure.operation != mark.operation or failure.code not in KINDS.get(mark.rule, ()):
            continue
        told = failure.code in _STATUS_TOLD and mark.rule in _STATUS_ASKED
        if not told or failure.status == mark.status:
            return True
    return False


@contextlib.contextmanager
def _served(folder: Path) -> Iterator[int]:
    port = free_port()
    server = subprocess.Popen(  # noqa: S603 - our own apps
        [sys.executable, "-m", "uvicorn", f"{folder.name}:app", "--port", f"{port}", "--log-level", "critical"],
        cwd=folder,
        env=scoring.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port, server)
        yield port
    finally:
        server.kill()  # an app that hangs would not end when asked to
        server.wait()


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    while server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.01)
    raise scoring.ScoringError(f"uvicorn ended with {server.returncode}, expected it to serve")


def _events(report: Path) -> Iterator[dict[str, Any]]:
    if not report.exists():
        return
    for line in report.read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except ValueError:  # it was ended in the middle of a line
            return


def _recorders(events: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for event in events:
        if recorder := event.get("ScenarioFinished", {}).get("recorder"):
            yield recorder
