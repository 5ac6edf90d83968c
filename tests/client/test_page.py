"""The examples of docs/client.md run, in their order, against a server that answers with the contract's examples."""

import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.client.answering import Answering
from tests.test_docs import PAGES, blocks
from upheld import contract

ROOT = Path(__file__).parents[2]


def test_examples(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads((ROOT / "contracts" / "openapi.json").read_text(encoding="utf-8"))
    server = Answering(contract.parse(document, app="openapi.json"))
    monkeypatch.syspath_prepend(str(ROOT / "generated"))
    monkeypatch.setattr(httpx2, "Client", partial(httpx2.Client, transport=httpx2.MockTransport(server)))
    waiting = httpx2.MockTransport(server.awaited)
    monkeypatch.setattr(httpx2, "AsyncClient", partial(httpx2.AsyncClient, transport=waiting))
    space: dict[str, Any] = {"__name__": "docs.client"}
    examples = [block for block in blocks("docs/client.md", "python") if "ContractHeader" not in block]
    examples += [block for block in blocks("README.md", "python") if "bookshop_client" in block]
    try:
        for example in examples:
            server.status = 404 if "except NotFound" in example else None
            exec(compile(example, "docs/client.md", "exec"), space)  # noqa: S102  # what the test is about
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "bookshop_client"]:
            del sys.modules[name]
    out = capsys.readouterr().out
    assert "There is nothing under this id. https://shop.example/books/7\n" in out
    assert "['The Waves']\n" in out
    sent = {server.method(one).name for one in server.seen}
    assert {
        "add_book", "export_books", "list_books", "read_book", "read_cover", "sign_in_", "upload_cover",
    } == sent  # fmt: skip


def test_server_line() -> None:
    """The line for the server is what it says: an app in, an app out."""
    (block,) = [block for block in blocks("docs/client.md", "python") if "ContractHeader" in block]
    space: dict[str, Any] = {}
    exec(block.replace("service.app", "tests.client.test_calls"), space)  # noqa: S102  # likewise
    document = space["app"].app.openapi()
    assert contract.sha256(document) == space["app"].sha256()


def test_linked() -> None:
    assert "docs/client.md" in PAGES["README.md"]
