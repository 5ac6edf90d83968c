"""What FastAPI and Starlette do by themselves: not the author's doing, so a note of the whole app and no finding.

An entry matches by the frame that answered, never by the status alone. Each names the version and the place it was
read from.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from upheld.model import Request

# NaN, Infinity, a number beyond a double, or an escaped lone surrogate: JSON texts that no JSON can be made of again.
_UNPRINTABLE = re.compile(
    rb"\bNaN\b|\bInfinity\b|\d[eE]\+?\d{3,}|\d{309,}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\binf\b|\bnan\b|%ED%[AB]",
    re.IGNORECASE,
)
_NULL = re.compile(rb"(?:^|[\[:,])\s*null\s*(?:$|[\],}])")
_ANSWERING = "get_request_handler.<locals>.app"
"""What FastAPI makes a response in of what the endpoint returned."""
_NOT_SERIALISED = ("ValueError", "UnicodeEncodeError", "PydanticSerializationError")
"""What is raised about a value that JSON cannot say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an answer came from, when no line of the user's own decided it."""

    status: int
    frames: tuple[tuple[str, str], ...]
    """File and function of the library's frames, innermost first: `("fastapi/routing.py", "APIRouter.app")`."""
    exception: str | None
    """The class of the exception, if one was raised."""
    detail: str
    """Its detail or message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirk:
    """One thing that every FastAPI app does by itself."""

    id: str
    message: str
    source: str
    matches: Callable[[Origin, Request], bool]


def unprintable(request: Request) -> bool:
    """Return whether a request carries a value that JSON cannot say: NaN, an infinity, a lone surrogate."""
    return _UNPRINTABLE.search(request.body or b"") is not None or (
        _UNPRINTABLE.search(request.target.encode()) is not None
    )


def may_be_nulled(body: bytes | bytearray, request: Request) -> bool:
    """Return whether an answer has a `null`, and no such text, that may stand for what JSON cannot say."""
    return b"null" in body and unprintable(request) and _NULL.search(body) is not None


def cannot_be_said(kind: str, message: str, request: Request) -> bool:
    """Return whether an exception is about a value of the request that JSON cannot say."""
    return kind in _NOT_SERIALISED and ("surrogates not allowed" in message or unprintable(request))


def find(origin: Origin, request: Request) -> str | None:
    """Return the id of the entry that explains an answer."""
    if origin.exception not in _NOT_SERIALISED:
        return _find(origin)
    return next((quirk.id for quirk in QUIRKS if quirk.matches(origin, request)), None)


@lru_cache(maxsize=1024)
def _find(origin: Origin) -> str | None:
    """Return the entry of an answer that could be serialised: there, none asks about the request."""
    nothing = Request(method="", target="")
    return next((quirk.id for quirk in QUIRKS if quirk.matches(origin, nothing)), None)


def message(quirk: str) -> str:
    """Return the sentence of an entry."""
    return MESSAGES[quirk]


def _at(origin: Origin, file: str, *functions: str) -> bool:
    return any(name == file and (not functions or function in functions) for name, function in origin.frames)


def _first(origin: Origin, file: str) -> bool:
    return bool(origin.frames) and origin.frames[0][0] == file


QUIRKS = (
    Quirk(
        id="body-unparsable",
        message="FastAPI answers an undocumented 400 to a JSON body that is not UTF-8, too deep or too long a number",
        source="fastapi 0.165.0, routing.py, get_request_handler: 'There was an error parsing the body'",
        matches=lambda o, _: (
            o.status == 400
            and o.exception == "HTTPException"
            and o.detail == "There was an error parsing the body"
            and _first(o, "fastapi/routing.py")
        ),
    ),
    Quirk(
        id="form-unparsable",
        message="Starlette answers an undocumented 400 to a form that cannot be parsed, such as one without a boundary",
        source="starlette 1.10.0, requests.py, Request._get_form: MultiPartException",
        matches=lambda o, _: o.status == 400 and o.exception == "HTTPException" and _first(o, "starlette/requests.py"),
    ),
    Quirk(
        id="json-nan",
        message="FastAPI answers 500 to a refused NaN, infinity or lone surrogate: its own 422 cannot be serialised",
        source="fastapi 0.165.0, exception_handlers.py, request_validation_exception_handler",
        matches=lambda o, r: (
            o.exception in _NOT_SERIALISED
            and _at(o, "fastapi/exception_handlers.py", "request_validation_exception_handler")
            and unprintable(r)
        ),
    ),
    Quirk(
        id="json-echo",
        message="FastAPI answers 500 when a NaN, infinity or lone surrogate that it accepted is part of the answer",
        source="fastapi 0.165.0, routing.py, serialize_response; starlette 1.10.0, responses.py, JSONResponse.render",
        matches=lambda o, r: (
            (_at(o, "fastapi/routing.py") or _at(o, "starlette/responses.py"))
            and cannot_be_said(o.exception or "", o.detail, r)
        ),
    ),
    Quirk(
        id="router-not-found",
        message="the router answers 404 to a path that it cannot match, such as one with an encoded slash",
        source="starlette 1.10.0, routing.py, Router.not_found; fastapi 0.165.0, routing.py, APIRouter.app",
        matches=lambda o, _: (
            o.status == 404
            and o.exception == "HTTPException"
            and (_first(o, "starlette/routing.py") or _first(o, "fastapi/routing.py"))
        ),
    ),
    Quirk(
        id="method-not-allowed",
        message="the router answers 405 with Allow to a method that no route of the path serves, HEAD and OPTIONS too",
        source="starlette 1.10.0, routing.py, Route.handle; fastapi 0.165.0, routing.py, APIRoute.handle",
        matches=lambda o, _: (
            o.status == 405
            and o.exception == "HTTPException"
            and (_first(o, "starlette/routing.py") or _first(o, "fastapi/routing.py"))
        ),
    ),
    Quirk(
        id="host-refused",
        message="TrustedHostMiddleware refuses the host that requests were sent to: set base_url to one it allows",
        source="starlette 1.10.0, middleware/trustedhost.py, TrustedHostMiddleware.__call__",
        matches=lambda o, _: _first(o, "starlette/middleware/trustedhost.py"),
    ),
    Quirk(
        id="scheme-redirected",
        message="HTTPSRedirectMiddleware redirects http to https: set base_url to an https one",
        source="starlette 1.10.0, middleware/httpsredirect.py, HTTPSRedirectMiddleware.__call__",
        matches=lambda o, _: _first(o, "starlette/middleware/httpsredirect.py"),
    ),
    Quirk(
        id="redirect-slashes",
        message="the router answers 307 to a path whose trailing slash is missing or too many",
        source="starlette 1.10.0, routing.py, Router.app: redirect_slashes",
        matches=lambda o, _: (
            o.status == 307
            and o.exception is None
            and (_first(o, "starlette/routing.py") or _first(o, "fastapi/routing.py"))
            and o.frames[0][1] != _ANSWERING
        ),
    ),
)

UNREADABLE = ("body-unparsable", "form-unparsable")
"""Entries for a body that cannot be read: where the docs list that status and the app itself writes the answer, as a
handler of its own for every error does, it is the operation's answer like any other."""
TURNED_AWAY = ("host-refused", "scheme-redirected")
"""Entries that mean that no request reached the app."""

MESSAGES = {quirk.id: quirk.message for quirk in QUIRKS} | {
    "lax-conversion": "FastAPI takes values that the docs refuse, by Pydantic's lax mode: `true` or `3.0` for an "
    'integer, `"1.5"`, ` 1 `, `1_000`, `+1`, `yes`',
    "bare-refusal": "FastAPI refuses values that the docs allow, because the bare type does: a 5,000-digit integer, "
    "a leap second, an empty form string, an upload without a filename",
    "network-refused": "connections to other machines were refused; allow_hosts lifts that",
    "server-refused": "the HTTP server refuses requests before the app sees them, such as one with a very long path",
    "signed-out": "what signs in was deleted, changed or revoked by a request; what was refused for that is not judged",
    "not-repeated": "findings could not be sought again to the end, for lack of time: they may not come each time, "
    "and their request may need others before it",
    "json-null": "FastAPI accepts NaN or `1e999` into a `float` and answers `null`",
}
"""By id; the last seven are told by the values or the check itself, not by a frame."""
