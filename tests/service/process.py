"""The bookshop as a process of its own, which can be killed; on PostgreSQL with a worker beside it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import httpx2

from tests.loopback import free_port

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60
STAFF = {"BOOKSHOP_STAFF_EMAIL": "staff@example.org", "BOOKSHOP_STAFF_PASSWORD": "a good password"}
CHEAP = {
    "BOOKSHOP_ARGON2_TIME_COST": "1",
    "BOOKSHOP_ARGON2_MEMORY_KIB": "8",
    "BOOKSHOP_ARGON2_PARALLELISM": "1",
    "BOOKSHOP_LOG_LEVEL": "error",
    "BOOKSHOP_SECRET_KEY": "the same one before and after a restart",
}


class Served:
    """A running bookshop, in a folder of its own."""

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self.folder = folder
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("BOOKSHOP_")}
        self.environ = {**inherited, "PYTHONPATH": f"{ROOT}", **STAFF, **CHEAP, **environ}
        self._port = free_port()
        self.address = f"http://127.0.0.1:{self._port}"
        self._processes = list[subprocess.Popen[bytes]]()

    def start(self) -> Self:
        """Start it, and wait until it says that it is ready."""
        self._run("uvicorn", "service.app:app", "--port", f"{self._port}", "--log-level", "warning")
        if self.environ.get("BOOKSHOP_DATABASE_URL", "").startswith("postgresql"):
            self._run("service.worker")
        until = time.monotonic() + PATIENCE_S
        while not self._ready():
            assert time.monotonic() < until, self.log()
            assert self._processes[-1].poll() is None, self.log()
            time.sleep(0.1)
        return self

    def kill(self) -> None:
        """End every process of it at once, as a power cut would."""
        for process in self._processes:
            process.send_signal(signal.SIGKILL)
            process.wait()
        self._processes.clear()

    def stop(self) -> None:
        """Ask it to end."""
        for process in self._processes:
            process.terminate()
            process.wait(PATIENCE_S)
        self._processes.clear()

    def log(self) -> str:
        """Return what it has written."""
        return (self.folder / "log").read_text(encoding="utf-8")

    def _run(self, *words: str) -> None:
        with (self.folder / "log").open("ab") as log:
            self._processes.append(
                subprocess.Popen(
                    [sys.executable, "-m", *words],
                    cwd=self.folder,
                    env=self.environ,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            )

    def _ready(self) -> bool:
        try:
            return httpx2.get(f"{self.address}/health/ready").status_code == 200
        except httpx2.TransportError:
            return False


@contextmanager
def served(folder: Path, environ: Mapping[str, str]) -> Iterator[Served]:
    """Run a bookshop until the block ends."""
    shop = Served(folder, environ)
    try:
        yield shop.start()
    finally:
        shop.stop()


def sign_in(address: str, email: str = "staff@example.org") -> dict[str, str]:
    """Return the header of somebody who is signed in; a new reader under any other address than the staff's."""
    password = STAFF["BOOKSHOP_STAFF_PASSWORD"]
    with httpx2.Client(base_url=address, timeout=PATIENCE_S) as client:
        if email != "staff@example.org":
            assert client.post("/accounts", json={"email": email, "password": password}).status_code == 201
        token = client.post("/token", data={"grant_type": "password", "username": email, "password": password})
    return {"Authorization": f"Bearer {token.json()['access_token']}"}
