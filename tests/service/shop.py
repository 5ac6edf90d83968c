"""A bookshop to test: a client that judges each answer by the document, and the usual ways to fill the shop."""

import re
from functools import cached_property
from itertools import count
from typing import Any

import httpx2
import jsonschema_rs
from fastapi.testclient import TestClient

from service.app import Bookshop

PASSWORD = "a good password"

Headers = dict[str, str]
Json = dict[str, Any]


class Judge:
    """Compares answers with the document: status, media type, body and headers."""

    def __init__(self, document: Json) -> None:
        self._document = document
        plain_first = sorted(document["paths"], key=lambda path: "{" in path)
        self._paths = [(re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), path) for path in plain_first]

    def __call__(self, response: httpx2.Response) -> None:
        """Fail the test where the answer is not a documented one."""
        response.read()
        path = next((path for pattern, path in self._paths if pattern.fullmatch(response.request.url.path)), "")
        operation = self._document["paths"].get(path, {}).get(response.request.method.lower())
        if operation is None:
            assert response.status_code in {404, 405}
            self._check({"$ref": "#/components/schemas/Problem"}, response.json())
            return
        told = operation["responses"].get(str(response.status_code))
        assert told is not None, f"{operation['operationId']} answered {response.status_code}: {response.text}"
        if "content" in told:
            self._check(told["content"][response.headers["content-type"]].get("schema", {}), response.json())
        else:
            assert response.content == b""
        for name, header in told.get("headers", {}).items():
            self._check(header["schema"], response.headers[name])

    def _check(self, schema: Json, value: object) -> None:
        whole = {**schema, "components": self._document["components"]}
        jsonschema_rs.validator_for(whole, validate_formats=True).validate(value)


class Shop:
    """A running bookshop."""

    def __init__(self, app: Bookshop, client: TestClient) -> None:
        self.app = app
        self.client = client
        self._numbers = count(1)

    @cached_property
    def staff(self) -> Headers:
        """What the staff account of the settings sends."""
        return self.sign_in("staff@example.org")

    @cached_property
    def reader(self) -> Headers:
        """What some reader sends."""
        return self.new_reader()

    @cached_property
    def powerless(self) -> Headers:
        """A good token that allows nothing."""
        return self.sign_in("staff@example.org", scope="none")

    def new_reader(self) -> Headers:
        """Register somebody and sign in."""
        email = f"reader{next(self._numbers)}@example.org"
        assert self.client.post("/accounts", json={"email": email, "password": PASSWORD}).status_code == 201
        return self.sign_in(email)

    def sign_in(self, email: str, *, scope: str = "") -> Headers:
        """Return the header of somebody who is signed in."""
        form = {"grant_type": "password", "username": email, "password": PASSWORD, "scope": scope}
        return {"Authorization": f"Bearer {self.client.post('/token', data=form).json()['access_token']}"}

    def facts(self, **changes: object) -> Json:
        """Return the body of a new book, its ISBN not used yet."""
        isbn = f"978{next(self._numbers):010}"
        book = {"title": "The Waves", "author": "Virginia Woolf", "isbn": isbn, "genre": "fiction", "price_cents": 1299}
        return {**book, "stock": 10, **changes}

    def add_book(self, **changes: object) -> Json:
        """Put a book on sale."""
        response = self.client.post("/books", json=self.facts(**changes), headers=self.staff)
        assert response.status_code == 201, response.text
        return dict(response.json())

    def place_order(self, book: Json, quantity: int = 1) -> Json:
        """Let the reader order a book."""
        body = {"lines": [{"book_id": book["id"], "quantity": quantity}]}
        response = self.client.post("/orders", json=body, headers=self.reader)
        assert response.status_code == 201, response.text
        return dict(response.json())

    def stock(self, book: Json) -> int:
        """Look how many copies of a book are there."""
        return int(self.client.get(f"/books/{book['id']}").json()["stock"])
