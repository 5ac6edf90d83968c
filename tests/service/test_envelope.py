"""What surrounds every answer: a request id, headers, a line in the log; and the longest body."""

import json
import logging

import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from service import envelope
from service.app import create_app
from service.logs import configure
from service.settings import Settings
from tests.service.shop import Shop

ADDRESSES = {
    "an answer": "/health/live",
    "a problem": "/nowhere",
    "a page": "/docs",
    "a script": "/docs-assets/favicon.png",
}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_headers(settings: Settings, address: str) -> None:
    with TestClient(create_app(settings)) as client:
        headers = client.get(address).headers
    policy = envelope.PAGE_POLICY if address == "/docs" else envelope.HEADERS["Content-Security-Policy"]
    expected = {**envelope.HEADERS, "Content-Security-Policy": policy}
    assert {name: headers[name] for name in expected} == expected
    assert len(headers["X-Request-Id"]) == 32


IDS = {
    "one's own": ("a-1.B_", True),
    "the longest": ("a" * 64, True),
    "too long": ("a" * 65, False),
    "a line break": ("a\nb", False),
    "nothing": ("", False),
}


@pytest.mark.parametrize(("given", "kept"), IDS.values(), ids=IDS)
def test_a_request_keeps_a_decent_id(shop: Shop, given: str, kept: bool) -> None:
    headers = {b"X-Request-Id": given.encode()}
    assert (shop.client.get("/health/live", headers=headers).headers["X-Request-Id"] == given) == kept


def test_the_log_is_json_and_names_the_request(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    app = create_app(settings)

    @app.get("/tell")
    async def tell() -> None:
        logging.getLogger("service.tell").info("told", extra={"colour": "red"})

    @app.get("/crash")
    async def crash() -> None:
        raise RuntimeError

    with TestClient(app, raise_server_exceptions=False) as client:
        client.get("/tell?password=secret", headers={"X-Request-Id": "one"})
        crashed = client.get("/crash").headers["X-Request-Id"]
    written = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    lines = [line for line in written if line["request_id"] is not None]
    assert [(line["message"], line["request_id"]) for line in lines] == [
        ("told", "one"),
        ("answered", "one"),
        ("answered", crashed),
    ]
    assert lines[0]["colour"] == "red"
    told = {name: lines[1][name] for name in ("levelname", "method", "path", "status")}
    assert told == {"levelname": "INFO", "method": "GET", "path": "/tell", "status": 200}
    assert lines[1]["took_ms"] >= 0
    assert lines[2]["status"] == 500


def test_a_quiet_log(capsys: pytest.CaptureFixture[str]) -> None:
    configure("error")
    logging.getLogger("service.tell").warning("told")
    assert capsys.readouterr().err == ""


BODIES = {
    "as long as allowed": (100_000, False, 422),
    "announced as too long": (100_001, False, 413),
    "too long without announcement": (100_001, True, 413),
}


@pytest.mark.parametrize(("length", "in_parts", "status"), BODIES.values(), ids=BODIES)
def test_the_longest_body(shop: Shop, length: int, in_parts: bool, status: int) -> None:
    body = b'"' + b"a" * (length - 2) + b'"'
    content = (body[start : start + 1000] for start in range(0, length, 1000)) if in_parts else body
    response = shop.client.post("/accounts", content=content, headers={"Content-Type": "application/json"})
    assert response.status_code == status
    if status == 413:
        assert response.json()["detail"] == "A body may have 100000 bytes at most."


def test_what_is_not_read_may_be_long(settings: Settings) -> None:
    app = create_app(settings)

    @app.post("/ignored")
    async def ignore(_: Request) -> None: ...

    with TestClient(app) as client:
        assert client.post("/ignored", content=b"a" * 200_000).status_code == 200
