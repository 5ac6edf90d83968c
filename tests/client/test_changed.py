"""A client notices a server that keeps another contract, once, and says what breaks where that can be told."""

import asyncio
import copy
import hashlib
import json
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.client.packages import files, imported
from upheld import contract

OURS: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "t", "version": "1"},
    "paths": {
        "/it": {
            "get": {
                "operationId": "read",
                "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}],
                "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "integer"}}}}},
            }
        }
    },
}  # fmt: skip
SHA256 = contract.sha256(OURS)


def changed(**parts: Any) -> dict[str, Any]:
    theirs = copy.deepcopy(OURS)
    theirs["paths"]["/it"]["get"].update(parts)
    return theirs


COMPATIBLE = changed(summary="It", parameters=[])
BREAKING = changed(parameters=[{"name": "q", "in": "query", "required": True, "schema": {"type": "string"}}])
UNDECIDED = changed(
    parameters=[{"name": "q", "in": "query", "schema": {"not": {"contains": {"not": {"pattern": "(?=a)"}}}}}]
)


class Server:
    """Answers with the hash of a contract, and with its document where it has one."""

    def __init__(self, document: dict[str, Any] | None, sha256: str | None = None) -> None:
        self.document = document
        self.sha256 = sha256 or (contract.sha256(document) if document else "f" * 64)
        self.asked: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request.url.path)
        if request.url.path == "/openapi.json":
            return httpx2.Response(404) if self.document is None else httpx2.Response(200, json=self.document)
        return httpx2.Response(200, json=7, headers={"Upheld-Contract": self.sha256} if self.sha256 != "none" else {})


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with imported(OURS, tmp_path_factory.mktemp("changed")) as found:
        yield found


def client(package: Any, server: Server, **options: Any) -> Any:
    return package.Client("http://shop/", http=httpx2.Client(transport=httpx2.MockTransport(server)), **options)


QUIET: dict[str, tuple[Server, dict[str, Any], list[str]]] = {
    "the same": (Server(OURS), {}, ["/it"]),
    "none": (Server(OURS, "none"), {}, ["/it"]),
    "compatible": (Server(COMPATIBLE), {}, ["/it", "/openapi.json"]),
    "compatible, strict": (Server(COMPATIBLE), {"other_contract": "refuse"}, ["/it", "/openapi.json"]),
    "not asked for": (Server(BREAKING), {"other_contract": "ignore"}, ["/it"]),
}


@pytest.mark.parametrize(("server", "options", "asked"), QUIET.values(), ids=QUIET)
def test_quiet(package: Any, server: Server, options: dict[str, Any], asked: list[str]) -> None:
    server.asked.clear()
    assert client(package, server, **options).read() == 7
    assert asked == server.asked


TOLD = {
    "breaking": (Server(BREAKING), {}, "that breaks it: GET /it: query parameter q became required"),
    "no document": (Server(None), {}, "whether that breaks it cannot be told: the server shows no document"),
    "not looked for": (
        Server(BREAKING),
        {"openapi_url": None},
        "whether that breaks it cannot be told: the server shows no document",
    ),
    "no contract": (
        Server({"openapi": "2.0"}, "f" * 64),
        {},
        "whether that breaks it cannot be told: openapi.json:1: openapi='2.0', expected 3.x",
    ),
}


@pytest.mark.parametrize(("server", "options", "message"), TOLD.values(), ids=TOLD)
def test_told(package: Any, server: Server, options: dict[str, Any], message: str) -> None:
    asking = client(package, server, **options)
    with pytest.warns(package.ContractWarning) as caught:
        assert asking.read() == 7
    assert len(caught) == 1
    text = str(caught[0].message)
    assert text.startswith(
        f"http://shop/it keeps the contract {server.sha256[:12]}, this client was made from {SHA256[:12]}; {message}"
    )
    assert __file__ == caught[0].filename
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert asking.with_options(timeout=1).read() == 7  # once a client, copies counted in


def test_refused(package: Any) -> None:
    with pytest.raises(package.ContractChanged, match="that breaks it: GET /it: ") as caught:
        client(package, Server(BREAKING), other_contract="refuse").read()
    assert caught.value.status == 200
    assert isinstance(caught.value, package.ApiError)


def test_awaited(package: Any) -> None:
    http = httpx2.AsyncClient(transport=httpx2.MockTransport(Server(BREAKING)))

    async def ask() -> int:
        return int(await package.AsyncClient("http://shop", http=http).read())

    with pytest.warns(package.ContractWarning, match="that breaks it") as caught:
        assert asyncio.run(ask()) == 7
    assert __file__ == caught[0].filename


def test_without_upheld(package: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "upheld.verdict", None)
    with pytest.warns(package.ContractWarning, match="cannot be told without upheld: pip install upheld$"):
        client(package, Server(BREAKING)).read()


def test_embedded(package: Any) -> None:
    """The package holds the contract's canonical text, whose hash it names."""
    text = files(OURS)["contract.json"]
    assert json.loads(text) == OURS
    assert SHA256 == package.CONTRACT_SHA256 == hashlib.sha256(text.encode()).hexdigest()
    assert text == Path(package.__file__).with_name("contract.json").read_text(encoding="utf-8")
