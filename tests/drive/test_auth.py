"""Requests carry the credentials that their operation documents, and no others; or, on purpose, none at all."""

import json
from urllib.parse import parse_qs

import pytest

from tests.build import contract, operation, request
from upheld.drive.auth import SignIn
from upheld.model import Credentials, Json, Request, UpheldError
from upheld.settings import Auth, FixedHeaders, PasswordFlow

SCHEMES: dict[str, Json] = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "Basic"},
    "digest": {"type": "http", "scheme": "digest"},
    "oauth": {"type": "oauth2", "flows": {}},
    "oidc": {"type": "openIdConnect"},
    "header": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "key"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "sid"},
}


def sign_in(auth: Auth | None = None, status: int = 200, body: bytes = b'{"access_token": "t"}') -> SignIn:
    made = SignIn(contract(security_schemes=SCHEMES), auth, lambda _: (status, body))
    made.start()
    return made


def needs(*alternatives: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(names.split()) for names in alternatives)


MADE_UP: dict[str, tuple[tuple[frozenset[str], ...], str, list[tuple[str, str]]]] = {
    "a bearer token": (needs("bearer"), "/a?q=1", [("authorization", "Bearer upheld")]),
    "basic": (needs("basic"), "/a?q=1", [("authorization", "Basic dXBoZWxkOnVwaGVsZA==")]),
    "digest": (needs("digest"), "/a?q=1", [("authorization", "Digest upheld")]),
    "OAuth": (needs("oauth"), "/a?q=1", [("authorization", "Bearer upheld")]),
    "OpenID": (needs("oidc"), "/a?q=1", [("authorization", "Bearer upheld")]),
    "a key in a header": (needs("header"), "/a?q=1", [("x-key", "upheld")]),
    "a key in the query": (needs("query"), "/a?q=1&key=upheld", []),
    "a key in a cookie": (needs("cookie"), "/a?q=1", [("cookie", "sid=upheld")]),
    "two at once": (needs("header query"), "/a?q=1&key=upheld", [("x-key", "upheld")]),
    "the first of two ways": (needs("header", "query"), "/a?q=1", [("x-key", "upheld")]),
    "the way that is not anonymous": (needs("", "header"), "/a?q=1", [("x-key", "upheld")]),
    "a scheme that nobody described": (needs("gone"), "/a?q=1", [("authorization", "Bearer upheld")]),
}


@pytest.mark.parametrize(("security", "target", "headers"), MADE_UP.values(), ids=MADE_UP)
def test_made_up(security: tuple[frozenset[str], ...], target: str, headers: list[tuple[str, str]]) -> None:
    signed = sign_in().signed(request(target="/a?q=1"), operation(security=security))
    assert request(target=target, headers=tuple(headers), credentials=Credentials.GIVEN) == signed


@pytest.mark.parametrize("security", [(), needs("")])
def test_where_none_are_needed_none_are_sent(security: tuple[frozenset[str], ...]) -> None:
    sent = request(target="/a?key=x", headers=(("authorization", "Bearer x"), ("x-a", "1")))
    assert request(target="/a", headers=(("x-a", "1"),)) == sign_in().signed(sent, operation(security=security))


def test_a_query_where_there_was_none() -> None:
    signed = sign_in().signed(request(target="/a"), operation(security=needs("query")))
    assert "/a?key=upheld" == signed.target


def test_a_cookie_beside_others() -> None:
    sent = request(headers=(("cookie", "a=1"), ("x-a", "1")))
    signed = sign_in().signed(sent, operation(security=needs("cookie")))
    assert (("x-a", "1"), ("cookie", "a=1; sid=upheld")) == signed.headers


Headers = tuple[tuple[str, str], ...]
LOADED = (
    ("authorization", "Bearer x"),
    ("x-key", "x"),
    ("cookie", "sid=x; a=1"),
    ("x-a", "1"),
    ("x-own", "drawn"),
)
UNSIGNED: dict[str, tuple[Auth | None, Request, Request]] = {
    "everything that a scheme reads": (
        None,
        request(target="/a?key=x&q=1&keys=2", headers=LOADED),
        request(target="/a?q=1&keys=2", headers=(("cookie", "a=1"), ("x-a", "1"), ("x-own", "drawn"))),
    ),
    "what the settings send, too": (
        FixedHeaders(headers={"X-Own": "s"}),
        request(target="/a?key=x", headers=LOADED),
        request(target="/a", headers=(("cookie", "a=1"), ("x-a", "1"))),
    ),
    "the last cookie": (None, request(headers=(("cookie", "sid=x"),)), request()),
    "nothing to take away": (None, request(target="/a?q=1&q=2"), request(target="/a?q=1&q=2")),
}


@pytest.mark.parametrize(("auth", "sent", "bare"), UNSIGNED.values(), ids=UNSIGNED)
def test_unsigned(auth: Auth | None, sent: Request, bare: Request) -> None:
    assert bare == sign_in(auth).unsigned(sent)


ANEW = {
    "a token": ("bearer", {"Authorization": "Bearer now"}, (("x-a", "1"), ("authorization", "Bearer then")),
                (("x-a", "1"), ("authorization", "Bearer now"))),
    "a key beside it": ("bearer header", {"Authorization": "Bearer now"}, (("authorization", "Bearer then"), ("x-key", "k")),
                        (("x-key", "k"), ("authorization", "Bearer now"))),
    "a cookie beside it": ("bearer cookie", {"Authorization": "Bearer now"}, (("cookie", "sid=k; a=1"),),
                           (("cookie", "sid=k; a=1"), ("authorization", "Bearer now"))),
    "a cookie": ("cookie", {"Cookie": "sid=now"}, (("cookie", "sid=then; a=1"), ("x-a", "1")),
                 (("x-a", "1"), ("cookie", "a=1"), ("cookie", "sid=now"))),
}  # fmt: skip


@pytest.mark.parametrize(("schemes", "now", "then", "expected"), ANEW.values(), ids=ANEW)
def test_anew(schemes: str, now: dict[str, str], then: Headers, expected: Headers) -> None:
    made = sign_in(FixedHeaders(headers=now)).anew(
        request(target="/a?key=k", headers=then), operation(security=needs(schemes))
    )
    assert request(target="/a?key=k", headers=expected) == made


def test_fixed_headers() -> None:
    auth = FixedHeaders(headers={"X-Key": "secret", "X-Tenant": "a"})
    sent = request(headers=(("x-key", "drawn"), ("x-a", "1")))
    signed = sign_in(auth).signed(sent, operation(security=needs("bearer")))
    assert ((("x-a", "1"), ("x-key", "secret"), ("x-tenant", "a")), Credentials.GIVEN) == (
        signed.headers,
        signed.credentials,
    )
    assert (("x-a", "1"),) == sign_in(auth).signed(sent, operation()).headers


URLS = {
    "/token": "/token",
    "token": "/token",
    "http://testserver/auth/token?x=1": "/auth/token",
    "http://testserver": "/",
}


@pytest.mark.parametrize(("url", "target"), URLS.items())
def test_password_flow(url: str, target: str) -> None:
    sent: list[Request] = []

    def send(asked: Request) -> tuple[int, bytes]:
        sent.append(asked)
        return 200, b'{"access_token": "t0ken", "token_type": "bearer"}'

    auth = PasswordFlow(token_url=url, username="ada", password="a b&c", scopes=("r", "w"))
    made = SignIn(contract(security_schemes=SCHEMES), auth, send)
    made.start()
    assert [
        request(
            "POST",
            target,
            headers=(("content-type", "application/x-www-form-urlencoded"),),
            body=b"grant_type=password&username=ada&password=a+b%26c&scope=r+w",
        )
    ] == sent
    signed = made.signed(request(), operation(security=needs("oauth")))
    assert (("authorization", "Bearer t0ken"),) == signed.headers


@pytest.mark.parametrize(
    ("method", "path", "asked"), [("POST", "/token", True), ("POST", "/a", False), ("GET", "/token", False)]
)
def test_the_request_that_signs_in(method: str, path: str, asked: bool) -> None:
    auth = PasswordFlow(username="ada", password="p")
    body = b"grant_type=password&username=ada&password=p" if asked else None
    made = sign_in(auth).asked(operation(method=method, path=path))
    assert body == (made.body if made is not None else None)
    assert None is sign_in().asked(operation(method=method, path=path))


REFUSED: dict[str, tuple[int, bytes]] = {
    "refused": (401, b'{"access_token": "t"}'),
    "no JSON": (200, b"token"),
    "no token": (200, b"{}"),
    "no object": (200, b"[]"),
    "no text": (200, b'{"access_token": 7}'),
    "no answer": (0, b""),
}


@pytest.mark.parametrize(("status", "body"), REFUSED.values(), ids=REFUSED)
def test_a_sign_in_that_fails(status: int, body: bytes) -> None:
    expected = (
        rf"^\[tool.upheld.auth\]: POST /token answered {status} without an access_token, expected 200 with one; check"
    )
    with pytest.raises(UpheldError, match=expected):
        sign_in(PasswordFlow(username="ada", password="s3cret"), status, body)


SCOPED: dict[str, Json] = {"oauth": {"type": "oauth2", "flows": {"password": {"scopes": {"r": "", "w": "", "x": ""}}}}}
LESS: dict[str, tuple[dict[str, tuple[str, ...]], Auth | None, bytes, str | None]] = {
    "all but what is needed": ({"oauth": ("w",)}, PasswordFlow(username="a", password="p"), b"", "r x"),
    "all are needed": ({"oauth": ("r", "w", "x")}, PasswordFlow(username="a", password="p"), b"", "r w"),
    "none are needed": ({}, PasswordFlow(username="a", password="p"), b"", None),
    "made up": ({"oauth": ("w",)}, None, b"", None),
    "refused": ({"oauth": ("w",)}, PasswordFlow(username="a", password="p"), b"scope=r+x", None),
}


@pytest.mark.parametrize(("scopes", "auth", "refused", "asked"), LESS.values(), ids=LESS)
def test_less(scopes: dict[str, tuple[str, ...]], auth: Auth | None, refused: bytes, asked: str | None) -> None:
    def send(sent: Request) -> tuple[int, bytes]:
        body = sent.body or b""
        token = parse_qs(body.decode()).get("scope", ["all"])[0]
        return (400 if refused and refused in body else 200), json.dumps({"access_token": token}).encode()

    secured = operation(security=needs("oauth"), scopes=scopes)
    made = SignIn(contract(secured, security_schemes=SCOPED), auth, send)
    made.start()
    less = made.less(request(headers=(("authorization", "Bearer all"),)), secured)
    expected = (("authorization", f"Bearer {asked}"),) if asked is not None else None
    assert expected == (less.headers if less is not None else None)
    assert less is None or (Credentials.LESS, {asked}) == (less.credentials, made.secrets)


JSON = (("content-type", "application/json"),)
PROOFS: dict[str, tuple[Auth | None, bytes | None, bytes | None]] = {
    "every password": (
        PasswordFlow(username="a", password="p"),
        b'{"oldPassword": "x", "new_password": "y", "hint": "z"}',
        b'{"oldPassword": "p", "new_password": "p", "hint": "z"}',
    ),
    "no password in it": (PasswordFlow(username="a", password="p"), b'{"name": "x"}', None),
    "no text": (PasswordFlow(username="a", password="p"), b'{"password": 1}', None),
    "no body": (PasswordFlow(username="a", password="p"), None, None),
    "no password known": (FixedHeaders(headers={"X-Key": "s"}), b'{"password": "x"}', None),
    "made up": (None, b'{"password": "x"}', None),
}


@pytest.mark.parametrize(("auth", "body", "expected"), PROOFS.values(), ids=PROOFS)
def test_proof(auth: Auth | None, body: bytes | None, expected: bytes | None) -> None:
    secured = operation(security=needs("oauth"), method="PUT")
    made = sign_in(auth).proof(request("PUT", headers=JSON, body=body), secured)
    assert expected == (made.body if made is not None else None)
