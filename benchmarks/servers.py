"""Apps served by uvicorn on the loopback interface, each in a process that ends with the block it was started in.

Server and clients have a core each where there are two, so that neither is measured waiting for the other.
"""

import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.lies import scoring
from tests.loopback import free_port

CORES = sorted(os.sched_getaffinity(0))
PATIENCE_S = 60
"""How long a server may take to start or to end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        """Return what clients call it by."""
        return f"http://127.0.0.1:{self.port}"

    def memory_mb(self) -> float:
        """Return what it holds in memory (Linux: resident set size)."""
        _, pages, *_ = Path(f"/proc/{self.process.pid}/statm").read_text().split()
        return int(pages) * resource.getpagesize() / 1024**2


@contextmanager
def apart() -> Iterator[None]:
    """Keep this process to the last core; `served` gives the first one to the servers."""
    os.sched_setaffinity(0, CORES[-1:])
    try:
        yield
    finally:
        os.sched_setaffinity(0, CORES)


@contextmanager
def served(app: str, folder: Path, environ: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Serve an app, one worker, without a log of requests, in a folder; yield once it takes connections."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", app, "--port", str(port), "--log-level", "warning", "--no-access-log"]
    log = folder / f"uvicorn-{port}.log"
    with (
        log.open("wb") as out,
        subprocess.Popen(  # noqa: S603 - our own apps
            command,
            cwd=folder,
            env=scoring.environment() | dict(environ or {}),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        os.sched_setaffinity(process.pid, CORES[:1])  # before it has threads, which inherit this
        try:
            _await(process, port, log)
            yield Server(port=port, process=process)
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                process.kill()


def _await(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(20 * PATIENCE_S):
        if process.poll() is not None:
            break
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"no server on port {port}: {log.read_text(encoding='utf-8')}")
