"""A project in a temporary folder, whose modules are forgotten when the test is over."""

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from upheld.contract import load
from upheld.model import Application, Operation

HEAD = "from fastapi import FastAPI\n"


class Project:
    """A folder with an app in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, text: str) -> Path:
        """Write a file, indented as its test is."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
        return path

    def load(self, text: str, target: str = "shop:app") -> Application:
        """Write `shop.py` with FastAPI imported in its first line, and load an app from it."""
        self.write("shop.py", HEAD + dedent(text))
        return load(target, root=self.root)

    def operations(self, text: str, target: str = "shop:app") -> dict[str, Operation]:
        """Return the operations of an app by label."""
        return {operation.label: operation for operation in self.load(text, target).contract.operations}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Return an empty project; what it imports is gone afterwards."""
    modules, path = set(sys.modules), list(sys.path)
    yield Project(tmp_path)
    for name in set(sys.modules) - modules:
        spec = sys.modules[name].__spec__
        places = [spec.origin or "", *(spec.submodule_search_locations or ())] if spec else []
        if any(place.startswith(str(tmp_path)) for place in places):
            del sys.modules[name]
    sys.path[:] = path
