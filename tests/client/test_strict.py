"""Whole packages of many documents import without a warning and pass the strictest type checks."""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.client.odd import DOCUMENT
from tests.client.packages import files
from tests.client.test_docstrings import DOCUMENTS
from tests.test_docs import ROOT, blocks
from upheld import contract
from upheld.client import write

CHECKED = (*DOCUMENTS, "odd", "empty", "doc_fastapi", "doc_discriminators", "doc_inline")
"""Those whose whole packages are checked; the models of all the others are checked by themselves."""
FOLDER = Path(__file__).parent / "documents"
BARE = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}}


def documents() -> dict[str, dict[str, Any]]:
    read = {}
    for path in sorted(FOLDER.iterdir()):
        with contextlib.suppress(contract.ContractError):  # a few hold what no contract may: their schemas are tried
            read[f"doc_{path.stem}"] = contract.document(path)
            contract.parse(read[f"doc_{path.stem}"], app=path.name)
    assert len(read) > 20
    return {**DOCUMENTS, "odd": DOCUMENT, "empty": BARE, **read}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    folder = tmp_path_factory.mktemp("strict")
    found = documents()
    for name, document in found.items():
        made = files(document, name)
        assert made == files(document, name)
        write(folder / name, made)
    return folder, list(found)


@pytest.mark.slow
def test_import(written: tuple[Path, list[str]]) -> None:
    folder, names = written
    lines = [f"import {name}; assert all(hasattr({name}, one) for one in {name}.__all__)" for name in names]
    subprocess.run([sys.executable, "-W", "error", "-c", "\n".join(lines)], cwd=folder, check=True)


@pytest.mark.slow
def test_mypy(written: tuple[Path, list[str]]) -> None:
    folder, _ = written
    command = [sys.executable, "-m", "mypy", "--strict", *CHECKED]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("Success"), done.stdout + done.stderr


@pytest.mark.slow
def test_use(tmp_path: Path) -> None:
    """Code that calls a client is type-checked, too: the examples of the documents, against the committed client."""
    examples = [block for page in ("docs/client.md", "README.md") for block in blocks(page, "python")]
    calls = [block for block in examples if "shop" in block.lower() or "models." in block]
    calls = [block for block in calls if "ContractHeader" not in block]
    (tmp_path / "use.py").write_text("\n".join(["from bookshop_client import Client", *calls]), encoding="utf-8")
    environment = {**os.environ, "MYPYPATH": str(ROOT / "generated")}
    command = [sys.executable, "-m", "mypy", "--strict", "use.py"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("Success"), done.stdout + done.stderr


@pytest.mark.slow
def test_pyright(written: tuple[Path, list[str]]) -> None:
    folder, _ = written
    settings = {
        "include": CHECKED,
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "venvPath": str(Path(sys.prefix).parent),
        "venv": Path(sys.prefix).name,
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "-p", str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert "0 errors, 0 warnings, 0 informations" in done.stdout, done.stdout + done.stderr
