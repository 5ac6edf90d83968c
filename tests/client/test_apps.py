"""Every app of the corpus has models that import, and no class of them had to be given up."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.client.corpus import types

TESTS = Path(__file__).parents[1]
FOLDERS = ("lies/honest", "lies/lying", "lies/fresh/honest", "lies/fresh/lying", "applications/apps")
EXPORT = """
import json, os, sys
from pathlib import Path
from upheld.contract import ContractError, load

sys.dont_write_bytecode = True
found = {}
for folder in sys.argv[2:]:
    for path in sorted(Path(folder).iterdir()):
        target, root = (f"{path.stem}:app", path.parent) if path.suffix == ".py" else ("main:app", path)
        try:
            found[f"{folder}/{path.name}"] = load(target, root=root).contract.document
        except ContractError:  # an app that is wrong in this place, a factory, or no app at all
            pass
        for name, module in list(sys.modules.items()):
            if (getattr(module, "__file__", None) or "").startswith(folder):
                del sys.modules[name]
Path(sys.argv[1]).write_text(json.dumps(found))
os._exit(0)  # some apps start threads that never end
"""


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Export the apps, in a process that may be left as they leave it."""
    out = tmp_path_factory.mktemp("apps") / "documents.json"
    folders = [str(TESTS / folder) for folder in FOLDERS]
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", EXPORT, str(out), *folders],
        cwd=out.parent, env={**os.environ, "PYTHONPATH": str(TESTS.parent)}, capture_output=True, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(out.read_text())
    return found


@pytest.mark.slow
def test_apps(documents: dict[str, Any]) -> None:
    assert len(documents) > 350
    for name, document in documents.items():
        made, annotations = types(document)
        assert "No type could be made" not in made.files["models.py"], name
        assert set(document.get("components", {}).get("schemas", {})) == set(made.classes), name
        assert "" not in annotations.values(), name
