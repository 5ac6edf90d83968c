"""A documented 404 is deleted from a copy of the service: `nox -s contract` fails, and says enough to see it happen."""

import shlex
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.conftest import PATIENCE_S
from tests.acceptance.copies import Copy
from tests.programs import program
from tests.test_workflow import clone
from upheld.witness import LOCAL_SERVER

pytestmark = pytest.mark.slow

ROUTER = Path("service", "catalogue", "router.py")
DELETED = "404, "
"""Stands once for every operation that documents it; the first is that which reads a book."""


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
