"""The docs sign in where a password flow's form has examples, and the app takes them."""

import json
from urllib.parse import parse_qs

import pytest

from tests.build import body, contract, exchange, operation, request
from upheld.drive.auth import SignIn
from upheld.drive.login import documented, flow_of
from upheld.model import Credentials, Json, Operation, Request

FORM = "application/x-www-form-urlencoded"


def scheme(url: str = "token") -> dict[str, Json]:
    return {"oauth": {"type": "oauth2", "flows": {"password": {"tokenUrl": url, "scopes": {"r": "", "w": ""}}}}}


def form(path: str = "/token", media_type: str = FORM, **members: Json) -> Operation:
    return operation(method="POST", path=path, body=body({"properties": members}, media_type))


NAME, WORD = {"examples": ["ada", "bob"]}, {"example": "lace"}
FOUND: dict[str, tuple[dict[str, Json], Operation]] = {
    "examples of members": (scheme(), form(username=NAME, password=WORD)),
    "an address from the root": (scheme("/token"), form(username=NAME, password=WORD)),
    "a whole address": (scheme("https://api.example.com/token"), form(username=NAME, password=WORD)),
    "a deeper address": (scheme("auth/token"), form("/auth/token", username=NAME, password=WORD)),
    "a default": (scheme(), form(username=NAME, password={"default": "lace"})),
    "an example of the form": (
        scheme(),
        operation(
            method="POST",
            path="/token",
            body=body({"examples": [{"username": "ada", "password": "lace"}], "properties": {}}, FORM),
        ),
    ),
    "a form of parts": (scheme(), form(media_type="multipart/form-data", username=NAME, password=WORD)),
}


@pytest.mark.parametrize(("schemes", "signing"), FOUND.values(), ids=FOUND)
def test_found(schemes: dict[str, Json], signing: Operation) -> None:
    flow = documented(contract(signing, security_schemes=schemes))
    assert flow is not None
    assert ("ada", "lace", ("r", "w"), "oauth") == (flow.username, flow.password, flow.scopes, flow.scheme)
    assert flow.token_url == signing.path


NONE: dict[str, tuple[dict[str, Json], Operation]] = {
    "no password": (scheme(), form(username=NAME, password={"type": "string"})),
    "no operation of the address": (scheme("elsewhere"), form(username=NAME, password=WORD)),
    "no form": (scheme(), form(media_type="application/json", username=NAME, password=WORD)),
    "another flow": (
        {"oauth": {"type": "oauth2", "flows": {"implicit": {"tokenUrl": "token"}}}},
        form(username=NAME, password=WORD),
    ),
    "another scheme": ({"key": {"type": "apiKey", "in": "query", "name": "k"}}, form(username=NAME, password=WORD)),
    "an example that is no text": (scheme(), form(username=NAME, password={"example": 1})),
}


@pytest.mark.parametrize(("schemes", "signing"), NONE.values(), ids=NONE)
def test_none(schemes: dict[str, Json], signing: Operation) -> None:
    assert documented(contract(signing, security_schemes=schemes)) is None


SECURED = operation(security=(frozenset({"oauth"}),), scopes={"oauth": ("r",)})


def signed(taken: set[str]) -> tuple[Request, Request | None, set[str]]:
    """Return a signed request, one with fewer scopes, and the secrets, of an app that gives tokens of some scopes."""

    def send(sent: Request) -> tuple[int, bytes]:
        said = parse_qs((sent.body or b"").decode())
        scopes = said.get("scope", ["none"])[0]
        known = said["username"] == ["ada"] and said["password"] == ["lace"] and scopes in taken
        return (200 if known else 400), json.dumps({"access_token": f"t-{scopes}"}).encode()

    made = SignIn(contract(SECURED, form(username=NAME, password=WORD), security_schemes=scheme()), None, send)
    made.start()
    made.start()
    return made.signed(request(), SECURED), made.less(request(), SECURED), made.secrets


def test_the_docs_sign_in() -> None:
    asked, less, secrets = signed({"r w", "w"})
    assert (("authorization", "Bearer t-r w"),) == asked.headers
    assert asked.credentials is Credentials.GIVEN
    assert less is not None
    assert (("authorization", "Bearer t-w"),) == less.headers
    assert {"t-r w", "t-w"} == secrets


def test_without_scopes_where_those_are_refused() -> None:
    assert (("authorization", "Bearer t-none"),) == signed({"none"})[0].headers


def test_made_up_where_the_examples_do_not_sign_in() -> None:
    asked, less, secrets = signed(set())
    assert (("authorization", "Bearer upheld"),) == asked.headers
    assert less is None
    assert not secrets


def sent(target: str = "/token", text: str = "username=ada&password=lace&scope=r", media: str = FORM) -> Request:
    return request("POST", target, headers=(("content-type", media),), body=text.encode())


FLOWS: dict[str, tuple[dict[str, Json], Request, tuple[str, ...] | None]] = {
    "a form": (scheme(), sent(), ("r", "w")),
    "another address": (scheme(), sent("/login"), None),
    "no password": (scheme(), sent(text="username=ada"), None),
    "no form": (scheme(), sent(media="application/json"), None),
    "no scopes": ({"oauth": {"type": "oauth2", "flows": {"password": {"tokenUrl": "token"}}}}, sent(), None),
}


@pytest.mark.parametrize(("schemes", "login", "scopes"), FLOWS.values(), ids=FLOWS)
def test_flow_of(schemes: dict[str, Json], login: Request, scopes: tuple[str, ...] | None) -> None:
    flow = flow_of(login, contract(security_schemes=schemes))
    assert scopes == (flow.scopes if flow is not None else None)
    if flow is not None:
        assert ("/token", "ada", "lace", "oauth") == (flow.token_url, flow.username, flow.password, flow.scheme)


def test_what_was_learnt_signs_in_for_every_scope() -> None:
    """And for all but those that an operation needs; once it was settled, nothing is asked again."""
    asked: list[str] = []

    def send(sent: Request) -> tuple[int, bytes]:
        asked.append(parse_qs((sent.body or b"").decode()).get("scope", ["none"])[0])
        return 200, json.dumps({"access_token": f"t-{asked[-1]}"}).encode()

    signing = form(username={"type": "string"}, password={"type": "string"})
    made = SignIn(contract(SECURED, signing, security_schemes=scheme()), None, send)
    made.settle()
    assert [] == asked
    made.learn(exchange(operation=signing, request=sent(), body=b'{"access_token": "t"}'))
    made.settle()
    made.settle()
    assert ["r", "r w", "w"] == asked
    less = made.less(request(), SECURED)
    assert less is not None
    assert ("Bearer t-r w", "Bearer t-w") == tuple(
        one.header("authorization") for one in (made.signed(request(), SECURED), less)
    )
