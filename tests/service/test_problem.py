"""Every error is a problem, whoever raised it, and is documented as one."""

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.problem import MEDIA_TYPE
from service.settings import Settings
from tests.service.shop import Shop

FRAMEWORK = {
    "an unknown address": ("GET", "/nowhere", 404, None),
    "a slash too many": ("GET", "/books/", 404, None),
    "a method that nothing serves": ("PATCH", "/books", 405, "GET, POST"),
    "likewise, below an id": ("POST", "/books/1", 405, "DELETE, GET, PUT"),
}


@pytest.mark.parametrize(("method", "path", "status", "allow"), FRAMEWORK.values(), ids=FRAMEWORK)
def test_what_the_framework_answers(shop: Shop, method: str, path: str, status: int, allow: str | None) -> None:
    response = shop.client.request(method, path)
    assert (response.status_code, response.headers["content-type"]) == (status, MEDIA_TYPE)
    assert response.json()["status"] == status
    assert response.headers.get("Allow") == allow


UNREADABLE = {
    "not JSON": (b"{", "The body is not JSON: Expecting property name enclosed in double quotes at character 1."),
    "not text": (b'{"email": "\xff"}', "There was an error parsing the body"),
    "too deep": (b"[" * 100_000, "There was an error parsing the body"),
    "a number of too many digits": (b"9" * 5000, "There was an error parsing the body"),
}


@pytest.mark.parametrize(("body", "detail"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_body_that_can_not_be_read(shop: Shop, body: bytes, detail: str) -> None:
    response = shop.client.post("/accounts", content=body, headers={"Content-Type": "application/json"})
    assert (response.status_code, response.json()["detail"]) == (400, detail)


def test_a_form_that_can_not_be_read(shop: Shop) -> None:
    response = shop.client.post("/token", content=b"", headers={"Content-Type": "multipart/form-data"})
    assert (response.status_code, response.json()["detail"]) == (400, "Missing boundary in multipart.")


def test_each_refused_value_is_named(shop: Shop) -> None:
    body = {"lines": [{"book_id": 1, "quantity": 0}], "a/b~c": 1}
    response = shop.client.post("/orders", json=body, headers=shop.reader)
    assert response.json() == {
        "type": "about:blank",
        "title": "Unprocessable Content",
        "status": 422,
        "detail": "2 values were refused.",
        "errors": [
            {"pointer": "/body/lines/0/quantity", "detail": "Input should be greater than or equal to 1"},
            {"pointer": "/body/a~1b~0c", "detail": "Extra inputs are not permitted"},
        ],
    }


def test_a_hundred_faults_are_enough(shop: Shop) -> None:
    response = shop.client.post("/accounts", json={f"member {number}": None for number in range(500)})
    assert response.json()["detail"] == "502 values were refused."
    assert len(response.json()["errors"]) == 100


def test_a_crash_tells_nothing(settings: Settings) -> None:
    app = create_app(settings)

    @app.get("/crash")
    async def crash() -> None:
        raise RuntimeError("secret")

    with TestClient(app, raise_server_exceptions=False) as client:
        response = client.get("/crash")
    assert (response.status_code, response.headers["content-type"]) == (500, MEDIA_TYPE)
    assert "secret" not in response.text
