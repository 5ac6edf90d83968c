"""Copies of this repository, as clones would be; what they need is installed already."""

import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.acceptance.conftest import PATIENCE_S, Ended, environment
from tests.loopback import free_port


class Copy:
    """A copy of this repository, as a clone would be; what it needs is installed already."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, module: str, *arguments: str) -> Ended:
        """Run a module to its end, the copy's own where it has one of that name."""
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=self.folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=4 * PATIENCE_S,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    @contextmanager
    def served(self) -> Iterator[str]:
        """Serve it on loopback; yield the address."""
        settings = tomllib.loads((self.folder / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["upheld"]
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        log = self.folder.with_name("uvicorn.log")
        with (
            log.open("wb") as out,
            subprocess.Popen(
                [sys.executable, "-m", "uvicorn", settings["app"], "--port", str(port)],
                cwd=self.folder,
                env=_environment() | settings["env"],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            ) as server,
        ):
            try:
                for _ in range(10 * PATIENCE_S):
                    if server.poll() is not None or _answers(address):
                        break
                    time.sleep(0.1)
                assert server.poll() is None, log.read_text(encoding="utf-8")
                yield address
            finally:
                server.terminate()


def _environment() -> dict[str, str]:
    """Return an environment in which nox installs nothing, and the copy's own packages are found first."""
    environ = environment() | {"UPHELD_PYTHON": sys.executable}
    del environ["PYTHONPATH"]
    return environ


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/openapi.json", timeout=5):  # noqa: S310 - http, on loopback
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
