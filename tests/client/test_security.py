"""Credentials go where the contract asks for them and nowhere else; sign in, retries and timeouts."""

import asyncio
import datetime as dt
import email.utils
import time
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import httpx2
import pytest
from fastapi import Depends, FastAPI, Form, HTTPException, Request, Security
from fastapi.security import (
    APIKeyCookie,
    APIKeyHeader,
    APIKeyQuery,
    HTTPBasic,
    HTTPBasicCredentials,
    OAuth2PasswordBearer,
)
from pydantic import BaseModel

from tests.client.packages import Shop, imported, shop

app = FastAPI()
oauth = OAuth2PasswordBearer("token", scopes={"read": "read", "write": "write"})
basic = HTTPBasic()
by_header = APIKeyHeader(name="X-Key", scheme_name="HeaderKey")
by_query = APIKeyQuery(name="key", scheme_name="QueryKey")
by_cookie = APIKeyCookie(name="session", scheme_name="url")


class Refused(BaseModel):
    detail: str


class Token(BaseModel):
    access_token: str
    token_type: str


@app.post("/token", responses={401: {"model": Refused}})
def token(
    username: Annotated[str, Form()], password: Annotated[str, Form()], scope: Annotated[str, Form()] = ""
) -> Token:
    if password != "secret":
        raise HTTPException(401, "wrong")
    return Token(access_token=f"{username} may {scope}".strip().replace(" ", "_"), token_type="bearer")


@app.get("/mine", responses={401: {"model": Refused}})
def mine(given: Annotated[str, Depends(oauth)]) -> str:
    return given


@app.get("/basic")
def with_basic(given: Annotated[HTTPBasicCredentials, Depends(basic)]) -> list[str]:
    return [given.username, given.password]


@app.get("/keys")
def keys(
    first: Annotated[str, Security(by_header)],
    second: Annotated[str, Security(by_query)],
    third: Annotated[str, Security(by_cookie)],
) -> list[str]:
    return [first, second, third]


@app.get("/open")
def anyone(request: Request) -> list[str]:
    return sorted({"authorization", "x-key", "cookie"} & set(request.headers)) + sorted(request.query_params)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with shop(app, tmp_path_factory.mktemp("security")) as found:
        yield found


GIVEN = {"bearer": "t", "basic": ("ada", "pass:word"), "header_key": "h", "query_key": "q q", "url_key": "c"}


def test_where_asked_for(made: Shop) -> None:
    signed = Shop(made.package, made.app, **GIVEN)
    assert signed.ask("mine") == "t"
    assert ["ada", "pass:word"] == signed.ask("with_basic")
    assert ["h", "q q", "c"] == signed.ask("keys")
    assert signed.ask("anyone") == []


def test_not_given(made: Shop) -> None:
    with pytest.raises(made.package.errors.Unauthorized) as caught:
        made.ask("mine")
    assert caught.value.body.detail == "Not authenticated"


def test_asked_each_time(made: Shop) -> None:
    numbers = iter(range(9))
    client = made.sync(bearer=lambda: f"t{next(numbers)}")
    assert ["t0", "t1"] == [client.mine(), client.mine()]

    async def give() -> str:
        return f"t{next(numbers)}"

    assert asyncio.run(made.asynchronous(bearer=give).mine()) == "t2"


def test_sign_in(made: Shop) -> None:
    client = made.sync()
    client.sign_in("ada", "secret", scope=["read", "write"])
    assert client.mine() == "ada_may_read_write"
    assert client.with_options(retries=0).mine() == "ada_may_read_write"
    client.sign_out()
    with pytest.raises(made.package.errors.Unauthorized):
        client.mine()
    with pytest.raises(made.package.errors.Unauthorized) as caught:
        client.sign_in("ada", "wrong")
    assert caught.value.body == made.package.models.Refused(detail="wrong")


def test_sign_in_awaited(made: Shop) -> None:
    async def signed() -> str:
        client = made.asynchronous()
        await client.sign_in("ada", "secret", scope="read")
        return str(await client.mine())

    assert asyncio.run(signed()) == "ada_may_read"


BEARERS: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "t", "version": "1"},
    "components": {
        "securitySchemes": {
            "User": {"type": "http", "scheme": "bearer"},
            "Admin": {"type": "http", "scheme": "bearer"},
            "Odd": {"type": "http", "scheme": "Hawk"},
        }
    },
    "paths": {
        "/user": {"get": {"responses": {"204": {"description": ""}}, "security": [{"User": []}]}},
        "/admin": {"get": {"responses": {"204": {"description": ""}}, "security": [{"Admin": []}, {}]}},
        "/odd": {"get": {"responses": {"204": {"description": ""}}, "security": [{"Odd": []}, {"User": []}]}},
        "/both": {"get": {"responses": {"204": {"description": ""}}, "security": [{"User": [], "Absent": []}]}},
    },
}


def test_two_of_a_kind(tmp_path: Any) -> None:
    """Each has its own name, so that no token goes where another is asked for."""
    seen = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.headers.get("authorization"))
        return httpx2.Response(204)

    with imported(BEARERS, tmp_path) as package:
        http = httpx2.Client(transport=httpx2.MockTransport(answer))
        client = package.Client("http://shop", user="u", admin="a", odd="x", http=http)
        for name in ("get_user", "get_admin", "get_odd", "get_both"):
            getattr(client, name)()
    assert ["Bearer u", "Bearer a", "Hawk x", None] == seen


class Flaky:
    """A server that fails as often as it is told, and counts."""

    def __init__(self, *failures: httpx2.Response | Exception) -> None:
        self.failures = list(failures)
        self.asked = 0

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked += 1
        del request
        if not self.failures:
            return httpx2.Response(200, json="done")
        failure = self.failures.pop(0)
        if isinstance(failure, Exception):
            raise failure
        return httpx2.Response(failure.status_code, headers=failure.headers)


def http_date(seconds: float) -> str:
    return email.utils.format_datetime(dt.datetime.fromtimestamp(time.time() + seconds, dt.UTC), usegmt=True)


RETRIES: dict[str, tuple[str, list[Callable[[], httpx2.Response | Exception]], list[float], int]] = {
    "a lost connection": ("read", [lambda: httpx2.ConnectError("lost"), lambda: httpx2.ReadTimeout("slow")], [0.5, 1.0], 200),
    "lost three times": ("read", [lambda: httpx2.ConnectError("lost")] * 3, [0.5, 1.0], 0),
    "busy": ("read", [lambda: httpx2.Response(503), lambda: httpx2.Response(502)], [0.5, 1.0], 200),
    "busy three times": ("read", [lambda: httpx2.Response(504)] * 3, [0.5, 1.0], 504),
    "told when": ("read", [lambda: httpx2.Response(503, headers={"retry-after": "7"})], [7.0], 200),
    "told to wait too long": ("read", [lambda: httpx2.Response(503, headers={"retry-after": "700"})], [], 503),
    "told nonsense": ("read", [lambda: httpx2.Response(503, headers={"retry-after": "soon"})], [], 503),
    "too many": ("read", [lambda: httpx2.Response(429, headers={"retry-after": "0"})], [0.0], 200),
    "too many, untold": ("read", [lambda: httpx2.Response(429)], [], 429),
    "a day that is over": ("read", [lambda: httpx2.Response(503, headers={"retry-after": http_date(-9)})], [0.0], 200),
    "an error": ("read", [lambda: httpx2.Response(500)], [], 500),
    "a request of ours that is wrong": ("read", [lambda: httpx2.LocalProtocolError("no")], [], 0),
    "not safe": ("change", [lambda: httpx2.Response(503)], [], 503),
    "not safe, lost": ("change", [lambda: httpx2.ConnectError("lost")], [], 0),
}  # fmt: skip

SIMPLE = {
    "openapi": "3.1.0",
    "info": {"title": "t", "version": "1"},
    "paths": {
        "/it": {
            method: {
                "operationId": name,
                "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "string"}}}}},
            }
            for method, name in (("get", "read"), ("put", "change"))
        }
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def simple(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with imported(SIMPLE, tmp_path_factory.mktemp("simple")) as found:
        yield found


@pytest.mark.parametrize(("name", "failures", "slept", "status"), RETRIES.values(), ids=RETRIES)
def test_retries(simple: Any, name: str, failures: list[Callable[[], Any]], slept: list[float], status: int) -> None:
    pauses: list[float] = []
    server = Flaky(*(one() for one in failures))
    client = simple.Client(
        "http://shop", http=httpx2.Client(transport=httpx2.MockTransport(server)), sleep=pauses.append
    )
    assert status == _status(simple, client, name)
    assert slept == pauses
    assert server.asked == len(slept) + 1


def _status(package: Any, client: Any, name: str) -> int:
    try:
        return 200 if getattr(client, name)() == "done" else -1
    except httpx2.TransportError:
        return 0
    except package.ApiError as error:
        return int(error.status)


def test_no_retries(simple: Any) -> None:
    server = Flaky(httpx2.Response(503))
    client = simple.Client("http://shop", http=httpx2.Client(transport=httpx2.MockTransport(server)))
    assert _status(simple, client.with_options(retries=0), "read") == 503
    assert server.asked == 1


def test_retries_awaited(simple: Any) -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    http = httpx2.AsyncClient(transport=httpx2.MockTransport(Flaky(httpx2.ConnectError("lost"))))
    assert asyncio.run(simple.AsyncClient("http://shop", http=http, sleep=sleep).read()) == "done"
    assert pauses == [0.5]


def test_timeout(simple: Any) -> None:
    seen = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.extensions["timeout"]["read"])
        return httpx2.Response(200, json="done")

    http = httpx2.Client(transport=httpx2.MockTransport(answer))
    for client in (
        simple.Client("http://shop", http=http),
        simple.Client("http://shop", http=http, timeout=2.0),
        simple.Client("http://shop", http=http).with_options(timeout=None),
    ):
        client.read()
    assert [30.0, 2.0, None] == seen
