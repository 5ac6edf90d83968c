"""The library's doors are watched while a check runs, and are what they were when it is over."""

import types
from collections.abc import Iterator
from typing import Any

import pytest
import starlette._exception_handler as handling
from fastapi import security
from starlette import datastructures, responses
from starlette.middleware import errors

from upheld.drive.frames import Thrown
from upheld.drive.watch import TRAIL, Trail, installed, made_at

DOORS: dict[str, tuple[Any, str]] = {
    "a response is built": (responses.Response, "__init__"),
    "a stream is": (responses.StreamingResponse, "__init__"),
    "a file is": (responses.FileResponse, "__init__"),
    "a status is set": (responses.Response, "status_code"),
    "a header is set": (datastructures.MutableHeaders, "__setitem__"),
    "an exception meets its handler": (handling, "is_async_callable"),
    "an exception meets the last one": (errors, "is_async_callable"),
    "a security utility is made": (security.HTTPBearer, "__init__"),
    "one that reads a key is": (security.APIKeyHeader, "__init__"),
    "one of OAuth is": (security.OAuth2, "__init__"),
}
ABSENT = object()


def door(owner: Any, name: str) -> object:
    return vars(owner).get(name, ABSENT)


@pytest.mark.parametrize(("owner", "name"), DOORS.values(), ids=DOORS)
def test_undone_afterwards(owner: Any, name: str) -> None:
    before = door(owner, name)
    with installed():
        assert before is not door(owner, name)
    assert before is door(owner, name)


def test_undone_after_an_exception() -> None:
    before = [door(owner, name) for owner, name in DOORS.values()]
    with pytest.raises(KeyboardInterrupt), installed():
        raise KeyboardInterrupt
    assert before == [door(owner, name) for owner, name in DOORS.values()]


def test_nothing_else_is_changed() -> None:
    """Whatever the wrapped classes and modules hold besides the doors stays as it was."""
    owners: list[Any] = [responses, datastructures, handling, errors, security]
    owners += [cls for owner in owners for cls in vars(owner).values() if isinstance(cls, type)]
    before = [dict(vars(owner)) for owner in owners]
    with installed():
        pass
    assert before == [dict(vars(owner)) for owner in owners]


@pytest.fixture
def trail() -> Iterator[Trail]:
    with installed():
        token = TRAIL.set(Trail())
        found = TRAIL.get()
        assert found is not None
        yield found
        TRAIL.reset(token)


def lines(steps: list[Any]) -> list[str]:
    return [code.co_name for code, _, _ in steps]


class Own(responses.JSONResponse):
    """A response class of the app's own, whose constructor is not where the answer was made."""

    def __init__(self) -> None:
        super().__init__({"own": True}, status_code=418)


async def chunks() -> Any:
    yield b"x"


BUILT: dict[str, Any] = {
    "plain": lambda: responses.Response(status_code=204),
    "JSON": lambda: responses.JSONResponse({}),
    "a redirect": lambda: responses.RedirectResponse("/"),
    "a stream": lambda: responses.StreamingResponse(chunks()),
    "a file": lambda: responses.FileResponse(__file__),
    "a class of the app's own": lambda: Own(),  # noqa: PLW0108 - called here
}


@pytest.mark.parametrize("build", BUILT.values(), ids=BUILT)
def test_responses(trail: Trail, build: Any) -> None:
    def helper() -> Any:
        return build()

    response = helper()
    (built,) = trail.built
    assert response is built.response
    assert (None, ["<lambda>", "helper", "test_responses"]) == (built.cause, lines(built.stack)[:3])
    assert len(built.stack) <= 12
    assert all(frame is None for _, _, frame in built.stack)


def test_status(trail: Trail) -> None:
    response = responses.Response(status_code=200)
    response.status_code = 404
    response.status_code = 201
    assert 201 == response.status_code
    assert {404, 201} == set(trail.status_lines)
    code, line = trail.status_lines[201]
    assert ("test_status", test_status.__code__.co_firstlineno + 3) == (code.co_name, line)


def test_headers(trail: Trail) -> None:
    response = responses.Response()
    response.headers["X-Total"] = "1"
    response.set_cookie("a", "b")
    assert ["x-total"] == list(trail.header_lines)
    assert "test_headers" == trail.header_lines["x-total"][0].co_name
    assert "1" == response.headers["x-total"]
    del response.headers["X-Total"]
    code, line = trail.header_lines["x-total"]
    assert ("test_headers", test_headers.__code__.co_firstlineno + 7) == (code.co_name, line)
    assert "x-total" not in response.headers


async def handler() -> None:
    """Handle nothing."""


def test_exceptions(trail: Trail) -> None:
    """What is caught is kept with its steps, and is the cause of the next response only."""

    def fails() -> None:
        raise KeyError("a")

    try:
        fails()
    except KeyError as error:
        assert vars(handling)["is_async_callable"](handler)
        assert not vars(errors)["is_async_callable"](test_exceptions)
        response = responses.Response()
        other = responses.Response()
        causes = [(response, error), (other, None)]
        thrown = [(error, ["fails", "test_exceptions"])] * 2
    assert thrown == [(caught, lines(list(Thrown(traceback)))) for caught, traceback in trail.caught]
    assert causes == [(built.response, built.cause) for built in trail.built]


def test_no_exception(trail: Trail) -> None:
    assert vars(handling)["is_async_callable"](handler)
    assert [] == trail.caught


def test_security_utilities() -> None:
    with installed():
        utilities = [
            security.HTTPBearer(),
            security.HTTPBasic(),
            security.HTTPDigest(),
            security.APIKeyHeader(name="k"),
            security.APIKeyQuery(name="k"),
            security.APIKeyCookie(name="k"),
            security.OAuth2PasswordBearer("/token"),
            security.OAuth2AuthorizationCodeBearer("/auth", "/token"),
            security.OpenIdConnect(openIdConnectUrl="/oidc"),
        ]
        first = test_security_utilities.__code__.co_firstlineno
        places = [made_at(utility) for utility in utilities]
        assert [("test_security_utilities", first + 3 + at) for at in range(len(utilities))] == [
            (place[0].co_name, place[1]) for place in places if place is not None
        ]
        assert None is made_at(object())
    assert [None] * len(utilities) == list(map(made_at, utilities))


def test_nothing_is_kept_where_no_request_is_watched() -> None:
    with installed():
        assert None is TRAIL.get()
        response = responses.Response(status_code=204)
        response.headers["x-a"] = "1"
        response.status_code = 404
        assert vars(handling)["is_async_callable"](handler)
        assert (404, "1") == (response.status_code, response.headers["x-a"])


def test_wrappers_look_like_what_they_wrap() -> None:
    before = responses.Response.__init__
    with installed():
        assert isinstance(responses.Response.__init__, types.FunctionType)
        assert before.__doc__ == responses.Response.__init__.__doc__
        assert before.__qualname__ == responses.Response.__init__.__qualname__
