"""A project in a temporary folder, whose modules are forgotten when the test is over."""

from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from tests.modules import forgotten
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
    with forgotten(tmp_path):
        yield Project(tmp_path)
