"""Same code, same contract, same seed: the same report, whatever the process is and whether requests were kept."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.conftest import PATIENCE_S, ROOT, environment
from tests.test_workflow import clone

pytestmark = pytest.mark.slow

CORPUS = ROOT / "tests" / "lies"
APPS = ("honest/shape_canvas.py", "lying/night_trains.py")


def report(folder: Path, app: str | None, hash_seed: str) -> str:
    """Return the JSON report of a check in a process of its own, less the seconds that it took."""
    done = subprocess.run(
        [sys.executable, "-m", "upheld", "check", *([app] if app else []), "--format", "json", "--budget", "60"],
        cwd=folder,
        env=environment() | {"PYTHONHASHSEED": hash_seed},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=2 * PATIENCE_S,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    assert json.loads(done.stdout)["stats"]["requests"] > 0
    return re.sub(r'("seconds": )[\d.]+', r"\1…", done.stdout)


def test_the_service(root: Path, tmp_path: Path) -> None:
    folder = clone(root, tmp_path / "clone")
    cold = report(folder, None, "1")
    assert list((folder / ".upheld" / "corpus").glob("*.json"))
    assert cold == report(folder, None, "2")


@pytest.mark.parametrize("name", APPS)
def test_an_app_of_the_corpus(tmp_path: Path, name: str) -> None:
    folders = [tmp_path / "one", tmp_path / "other"]
    app = Path(name).stem
    for folder in folders:
        folder.mkdir()
        (folder / f"{app}.py").write_bytes((CORPUS / name).read_bytes())
    cold = report(folders[0], f"{app}:app", "1")
    assert cold == report(folders[0], f"{app}:app", "2"), "with the requests that were kept"
    assert cold == report(folders[1], f"{app}:app", "3"), "with requests drawn anew, in another folder"
