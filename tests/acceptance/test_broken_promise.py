"""A documented 404 is deleted from a copy of the service: `nox -s contract` fails, and says enough to see it happen."""

import shlex
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.acceptance.conftest import PATIENCE_S, Ended, environment
from tests.loopback import free_port
from tests.programs import program
from tests.test_workflow import clone
from upheld.witness import LOCAL_SERVER

pytestmark = pytest.mark.slow

ROUTER = Path("service", "catalogue", "router.py")
DELETED = "404, "
"""Stands once for every operation that documents it; the first is that which reads a book."""


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


@pytest.fixture(scope="module")
def curl() -> str:
    """The command that reports tell users to paste."""
    return program("curl")


def test_a_deleted_404(root: Path, tmp_path: Path, curl: str) -> None:
    copy = Copy(clone(root, tmp_path / "clone"))
    router = copy.folder / ROUTER
    text = router.read_text(encoding="utf-8")
    assert DELETED in text
    router.write_text(text.replace(DELETED, "", 1), encoding="utf-8")

    stale = copy.run("nox", "-s", "contract", "--", "--budget", "1")  # which is not about requests
    assert 1 == stale.code, stale.out + stale.err
    assert "GET /books/{book_id}\n  error: answer 404 removed  [stale-contract]\n" in stale.out
    assert "Next: upheld export\n" in stale.out
    assert "the contract is not upheld: export" in stale.err

    assert (0, "", "wrote contracts/openapi.json\n") == copy.run("upheld", "export")
    assert 0 == copy.run("upheld", "client").code

    broken = copy.run("nox", "-s", "contract")
    assert 1 == broken.code, broken.out + broken.err
    assert "the contract is not upheld: check (" in broken.err
    assert "contracts/openapi.json is up to date\n" in broken.out
    assert "generated/bookshop_client is up to date\n" in broken.out
    read = copy.folder / "service" / "catalogue" / "service.py"
    function = read.read_text(encoding="utf-8").partition("async def read(")[2].partition("\n\n\n")[0]
    raised = next(line.strip() for line in function.splitlines() if line.strip().startswith("raise "))
    lines = broken.out.splitlines()
    at = lines.index("  error: answered 404; the docs list 200, 304, 422  [undocumented-status]")
    place, code = (line.strip() for line in lines[at + 1 : at + 3])
    path, _, number = place.partition(":")
    assert ("GET /books/{book_id}", "service/catalogue/service.py", raised) == (lines[at - 1], path, code)
    assert raised == read.read_text(encoding="utf-8").splitlines()[int(number) - 1].strip()
    assert "The contract of service.app:app is not upheld: 1 error." in lines

    (pasted,) = [line.strip() for line in lines[at:] if line.strip().startswith("curl ")]
    with copy.served() as address:
        command = shlex.split(pasted.replace(LOCAL_SERVER, address))
        done = subprocess.run(
            [curl, *command[1:], "--silent", "--show-error", "--write-out", " %{http_code}"],
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE_S,
            check=False,
        )
    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.endswith(" 404")
    assert "There is no such book." in done.stdout
