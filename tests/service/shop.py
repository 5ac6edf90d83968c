"""A bookshop to test: a client that judges each answer by the document, and the usual ways to fill the shop."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from itertools import count
from typing import Any

import httpx2
import jsonschema_rs
from fastapi.testclient import TestClient
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from service import worker
from service.app import Bookshop, create_app
from service.settings import Settings

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
            media_type = response.headers["content-type"].partition(";")[0]
            whole, ranged = told["content"].get(media_type), told["content"].get(f"{media_type.partition('/')[0]}/*")
            assert whole or ranged, f"{operation['operationId']} sent {media_type}"
            if media_type.endswith("json"):
                self._check((whole or ranged).get("schema", {}), response.json())
        else:
            assert response.content == b""
        for name, header in told.get("headers", {}).items():
            value = response.headers[name]
            self._check(header["schema"], int(value) if header["schema"].get("type") == "integer" else value)

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

    def work(self) -> None:
        """Have the jobs done that requests have left; on SQLite they were, with the request."""
        settings: Settings = self.app.state.settings
        if settings.has_workers:
            assert self.client.portal is not None
            self.client.portal.call(partial(worker.work, settings, wait=False))

    def jobs(self, kind: str) -> list[Json]:
        """Look at the jobs of one kind."""
        page = self.client.get("/jobs", params={"limit": 100}, headers=self.staff).json()
        return [job for job in page["items"] if job["kind"] == kind]

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
        return self.place({"book_id": book["id"], "quantity": quantity})

    def place(self, *lines: Json, headers: Headers | None = None) -> Json:
        """Let the reader, or who the headers say, order some lines."""
        response = self.client.post("/orders", json={"lines": lines}, headers=headers or self.reader)
        assert response.status_code == 201, response.text
        return dict(response.json())

    def buy(self, *books: Json, headers: Headers | None = None) -> Json:
        """Let the reader, or who the headers say, order a copy of each book and pay."""
        order = self.place(*({"book_id": book["id"], "quantity": 1} for book in books), headers=headers)
        paid = self.client.post(f"/orders/{order['id']}/pay", headers=headers or self.reader)
        assert paid.status_code == 200, paid.text
        return dict(paid.json())

    def review(self, book: Json, stars: int = 5, headers: Headers | None = None) -> Json:
        """Let the reader, or who the headers say, review a book."""
        body = {"stars": stars, "text": "Well."}
        response = self.client.post(f"/books/{book['id']}/reviews", json=body, headers=headers or self.reader)
        assert response.status_code == 201, response.text
        return dict(response.json())

    def stock(self, book: Json) -> int:
        """Look how many copies of a book are there."""
        return int(self.client.get(f"/books/{book['id']}").json()["stock"])


async def absent_database() -> AsyncIterator[AsyncSession]:
    """Stand in for the session of a database that is not there."""
    async with AsyncSession(create_async_engine("sqlite+aiosqlite:////no/such/folder/shop")) as session:
        yield session


def changed(settings: Settings, **values: object) -> Settings:
    """Return settings with some other values, read as the environment's are."""
    return Settings.model_validate({**settings.model_dump(), **values})


@contextmanager
def new_shop(settings: Settings, judge: Judge) -> Iterator[Shop]:
    """Open a bookshop whose answers are judged."""
    app = create_app(settings)
    with TestClient(app) as client:
        client.event_hooks["response"] = [judge]
        yield Shop(app, client)
