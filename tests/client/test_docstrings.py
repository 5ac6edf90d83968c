"""Each method says what the document says of it, and shows a call that runs: both clients', against the examples."""

import ast
import asyncio
import contextlib
import io
import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from tests.client.answering import Answering
from tests.client.packages import imported
from tests.client.test_calls import app as calls
from tests.client.test_live import app as live
from tests.client.test_security import app as security
from upheld import contract

ROOT = Path(__file__).parents[2]


def documents() -> dict[str, dict[str, Any]]:
    apps: dict[str, FastAPI] = {"calls": calls, "live": live, "security": security}
    bookshop = json.loads((ROOT / "contracts" / "openapi.json").read_text(encoding="utf-8"))
    return {"bookshop": bookshop, **{name: app.openapi() for name, app in apps.items()}}


DOCUMENTS = documents()


def examples(source: str) -> Iterator[tuple[str, str]]:
    """Yield the example of each method of a module's class."""
    (made,) = [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]
    for node in made.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            docstring = ast.get_docstring(node) or ""
            if node.name not in ("sign_in", "sign_out"):
                _, found, example = docstring.partition("Example:\n")
                assert found, node.name
                yield node.name, textwrap.dedent(example)


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_examples(document: dict[str, Any], tmp_path: Path) -> None:
    server = Answering(contract.parse(document, app="openapi.json"))
    with imported(document, tmp_path) as package:
        folder = Path(package.__file__).parent
        waiting = package.Client("http://shop", http=httpx2.Client(transport=httpx2.MockTransport(server)))
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(server.awaited))
        awaiting = package.AsyncClient("http://shop", http=http)
        found = dict(examples((folder / "client.py").read_text(encoding="utf-8")))
        for name, code in found.items():
            before = len(server.seen)
            with contextlib.redirect_stdout(io.StringIO()):
                exec(code, {"client": waiting, "models": package.models})  # noqa: S102  # what the test is about
            assert len(server.seen) > before, name
        for name, code in examples((folder / "async_client.py").read_text(encoding="utf-8")):
            before = len(server.seen)
            space: dict[str, Any] = {"client": awaiting, "models": package.models}
            exec(f"async def example():\n{textwrap.indent(code, '    ')}", space)  # noqa: S102  # likewise
            with contextlib.redirect_stdout(io.StringIO()):
                asyncio.run(space["example"]())
            assert len(server.seen) > before, name
    assert {method.name for method in server.methods} <= found.keys()
