"""A server names its contract in every answer, and no request fails for it."""

import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, HTTPException
from starlette.testclient import TestClient

from upheld import contract
from upheld.asgi import ContractHeader

HEADER = "upheld-contract"


def shop() -> FastAPI:
    app = FastAPI()

    @app.get("/books")
    def books() -> list[int]:
        return []

    @app.get("/broken")
    def broken() -> None:
        raise HTTPException(500)

    return app


def named(wrapped: Any, path: str = "/books") -> list[str]:
    """Return the values of the header in an answer."""
    answer = TestClient(wrapped).get(path)
    return [value for name, value in answer.headers.multi_items() if name == HEADER]


def test_own_document() -> None:
    app = shop()
    expected = contract.parse(app.openapi(), app="shop:app").sha256
    wrapped = ContractHeader(app)
    for path in ("/books", "/broken", "/nowhere", "/openapi.json"):
        assert [expected] == named(wrapped, path)


def test_exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hash is that of what `upheld export` writes, also where a route has several methods."""
    (tmp_path / "several.py").write_text(
        "from fastapi import FastAPI\napp = FastAPI()\n"
        "@app.api_route('/a', methods=['GET', 'POST'])\ndef a() -> None: ...\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    loaded = contract.load("several:app", root=tmp_path)
    assert loaded.contract.sha256 == ContractHeader(loaded.asgi).sha256()  # type: ignore[arg-type]  # an ASGI app
    sys.modules.pop("several")


def test_given(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text("openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n")
    expected = contract.read(path).sha256
    assert [expected] == named(ContractHeader(shop(), path)) == named(ContractHeader(shop(), str(path)))
    assert ["a" * 64] == named(ContractHeader(shop(), contract="a" * 64))


def test_wrapped_twice() -> None:
    """Middleware in between does not hide the app, and the outer name is the one that stands."""
    assert ["b" * 64] == named(ContractHeader(ContractHeader(shop()), "b" * 64))
    app = shop()
    assert [contract.sha256(app.openapi())] == named(ContractHeader(ContractHeader(app)))


UNTOLD = {
    "no FastAPI": (lambda: _bare, None, "the function _bare: holds no FastAPI app"),
    "no file": (shop, "/nowhere/openapi.json", "/nowhere/openapi.json: no such file"),
}


@pytest.mark.parametrize(("app", "given", "message"), UNTOLD.values(), ids=UNTOLD)
def test_untold(app: Any, given: str | None, message: str, caplog: pytest.LogCaptureFixture) -> None:
    wrapped = ContractHeader(app(), given)
    with caplog.at_level(logging.ERROR):
        assert named(wrapped) == named(wrapped) == []
    assert len(caplog.records) == 1
    assert caplog.records[0].exc_info is not None
    assert str(caplog.records[0].exc_info[1]).startswith(message)


async def _bare(scope: Any, receive: Any, send: Any) -> None:
    del scope, receive
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body"})


def test_other_scopes() -> None:
    """Lifespan and WebSocket pass through; the app is not asked before a request comes."""
    seen = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        del receive, send
        seen.append(scope["type"])

    wrapped = ContractHeader(app)
    for kind in ("lifespan", "websocket"):
        _run(wrapped, kind)
    assert ["lifespan", "websocket"] == seen
    assert wrapped._sha256 is None


def _run(app: Any, kind: str) -> None:
    with pytest.raises(StopIteration):
        app({"type": kind}, None, None).__await__().__next__()


def test_light() -> None:
    """Importing it imports neither FastAPI nor the rest of Upheld."""
    script = "import sys, upheld.asgi; print(*sorted({'fastapi', 'upheld.contract', 'pydantic'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"
