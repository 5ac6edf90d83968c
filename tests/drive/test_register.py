"""Where the docs say how one becomes a user, two are made, and sign in."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl

import pytest

from tests.build import body, contract, operation, request
from upheld.drive.auth import SignIn
from upheld.drive.register import SignUp, called, logins, sign_up
from upheld.model import Contract, Credentials, Exchange, Json, Operation, Request
from upheld.settings import FixedHeaders

FORM = "application/x-www-form-urlencoded"
OAUTH: dict[str, Json] = {"oauth": {"type": "oauth2", "flows": {"password": {"tokenUrl": "token", "scopes": {}}}}}
BEARER: dict[str, Json] = {"bearer": {"type": "http", "scheme": "bearer"}}
KEY: dict[str, Json] = {"key": {"type": "apiKey", "in": "header", "name": "Authorization"}}
TEXT: dict[str, Json] = {"type": "string"}


def asking(path: str, schema: Json, media_type: str = "application/json", **more: Json) -> Operation:
    return operation(method="POST", path=path, body=body(schema, media_type), **more)


def signing_up(described: Contract) -> SignUp | None:
    return sign_up(described, logins(described))


def members(*names: str, **more: Json) -> dict[str, Json]:
    return {"type": "object", "properties": dict.fromkeys(names, TEXT) | more, "required": [*names]}


USER = members("email", "password", plan={"type": "integer"})
MINE = operation(path="/me", security=(frozenset({"any"}),))
FLOW = asking("/token", members("username", "password"), FORM)
LOGIN = asking("/auth/login", members("email", "password"))
NESTED = asking("/users", {"properties": {"user": members("username", "email", "password")}, "required": ["user"]})


class Server:
    """Knows who registered, and answers a token to whoever signs in so."""

    def __init__(self, form: str, called: str = "email") -> None:
        self.form, self.called = form, called
        self.users: dict[str, str] = {}

    def send(self, sent: Request) -> tuple[int, bytes]:
        if sent.method == "GET":
            taken = {self.form.format(f"t-{name}") for name in self.users}
            return (200 if sent.header("authorization") in taken else 401), b""
        told = self.told(sent)
        name, password = told.get(self.called) or told.get("username", ""), told["password"]
        if sent.target in ("/token", "/auth/login"):
            known = self.users.get(name) == password
            return (200, json.dumps({"data": {"access_token": f"t-{name}"}}).encode()) if known else (401, b"{}")
        self.users[name] = password
        return 201, json.dumps({"user": {"token": f"t-{name}"}} if sent.target == "/signup" else {}).encode()

    def told(self, sent: Request) -> dict[str, str]:
        if sent.header("content-type") == FORM:
            return dict(parse_qsl((sent.body or b"").decode()))
        value = json.loads(sent.body or b"{}")
        inner: dict[str, str] = value.get("user", value)
        return inner


FOUND: dict[str, tuple[Contract, Server]] = {
    "a password flow": (contract(asking("/users", USER), FLOW, MINE, security_schemes=OAUTH), Server("Bearer {}")),
    "a password flow that asks for the name": (
        contract(NESTED, FLOW, MINE, security_schemes=OAUTH), Server("Bearer {}", "username")
    ),
    "a login of JSON": (contract(asking("/users", USER), LOGIN, MINE, security_schemes=BEARER), Server("Bearer {}")),
    "a token at once": (contract(asking("/signup", USER), MINE, security_schemes=BEARER), Server("Bearer {}")),
    "members of a member": (contract(NESTED, LOGIN, MINE, security_schemes=BEARER), Server("Bearer {}")),
    "a key that is the token": (contract(asking("/signup", USER), MINE, security_schemes=KEY), Server("{}")),
    "a key of a scheme of its own": (contract(asking("/signup", USER), MINE, security_schemes=KEY), Server("Token {}")),
}  # fmt: skip


@pytest.mark.parametrize(("described", "server"), FOUND.values(), ids=FOUND)
def test_two_users_sign_in(described: Contract, server: Server) -> None:
    found = list(users(described, server))
    called = sorted(server.users)
    assert 2 == len(called)
    assert [server.form.format(f"t-{name}") for name in called] == [one["authorization"] for one in found]


def users(described: Contract, server: Server) -> list[Mapping[str, str]]:
    known = signing_up(described)
    assert isinstance(known, SignUp)
    return [user.headers for user in known.users(server.send)]


def test_what_they_are_made_of_is_secret() -> None:
    known = signing_up(contract(asking("/signup", USER), MINE, security_schemes=BEARER))
    assert known is not None
    secrets = [user.secrets for user in known.users(Server("Bearer {}").send)]
    assert [{"t-upheld0@example.com", "Upheld-Passw0rd"}, {"t-upheld1@example.com", "Upheld-Passw0rd"}] == secrets


def test_a_user_who_names_another_one_ends_somewhere() -> None:
    user = members("email", "password", user={"$ref": "#/components/schemas/User"})
    user["required"] = ["email", "password", "user"]
    document: dict[str, Json] = {"openapi": "3.1.0", "components": {"schemas": {"User": user}}}
    described = contract(asking("/signup", user), MINE, security_schemes=BEARER, document=document)
    assert signing_up(described) is not None
    assert [] == users(described, Server("Bearer {}"))[2:]


NONE: dict[str, Contract] = {
    "nothing is secured": contract(asking("/users", USER), LOGIN, security_schemes=BEARER),
    "nobody registers": contract(LOGIN, MINE, security_schemes=BEARER),
    "no password": contract(asking("/users", members("email")), MINE, security_schemes=BEARER),
    "no name": contract(asking("/users", members("password")), MINE, security_schemes=BEARER),
    "only who is signed in registers": contract(
        asking("/users", USER, security=(frozenset({"bearer"}),)), MINE, security_schemes=BEARER
    ),
    "below something": contract(asking("/teams/{id}/users", USER), MINE, security_schemes=BEARER),
}


@pytest.mark.parametrize("described", NONE.values(), ids=NONE)
def test_none(described: Contract) -> None:
    assert signing_up(described) is None


@pytest.mark.parametrize("status", [201, 403])
def test_what_answers_without_a_token_signs_nobody_in(status: int) -> None:
    known = signing_up(contract(asking("/users", USER), LOGIN, MINE, security_schemes=BEARER))
    assert known is not None
    assert [] == list(known.users(lambda _: (status, b"{}")))
    assert [] == list(known.users(lambda _: (status, b"\xff")))


def test_what_is_not_for_everybody_tells_nothing() -> None:
    """The first secured operation may be the administrator's."""
    every = operation(path="/every", security=(frozenset({"any"}),))
    described = contract(asking("/signup", USER), every, MINE, security_schemes=KEY)
    server = Server("Token {}")
    known = signing_up(described)
    assert known is not None
    users = known.users(lambda sent: (403, b"") if sent.target == "/every" else server.send(sent))
    assert {"authorization": "Token t-upheld0@example.com"} == next(users).headers


def test_headers_that_nothing_takes_are_the_likeliest() -> None:
    for schemes, expected in ((BEARER, "Bearer {}"), (KEY, "{}")):
        known = signing_up(contract(asking("/signup", USER), MINE, security_schemes=schemes))
        assert known is not None
        user = next(known.users(Server("Sesame {}").send))
        assert {"authorization": expected.format("t-upheld0@example.com")} == user.headers


def test_a_scheme_that_takes_no_header_signs_nobody_in() -> None:
    cookie: dict[str, Json] = {"cookie": {"type": "apiKey", "in": "cookie", "name": "sid"}}
    known = signing_up(contract(asking("/signup", USER), MINE, security_schemes=cookie))
    assert known is not None
    assert [] == list(known.users(Server("{}").send))


def test_requests_are_signed_as_one_or_the_other() -> None:
    server = Server("Bearer {}")
    sign_in = SignIn(contract(asking("/signup", USER), MINE, security_schemes=BEARER), None, server.send)
    sign_in.start()
    asked, strange = sign_in.signed(request(target="/me"), MINE), sign_in.other(request(target="/me"), MINE)
    assert strange is not None
    assert ("Bearer t-upheld0@example.com", Credentials.GIVEN) == (asked.header("authorization"), asked.credentials)
    assert ("Bearer t-upheld1@example.com", Credentials.OTHER) == (strange.header("authorization"), strange.credentials)
    assert sign_in.is_real(MINE)
    assert not sign_in.is_fixed


def test_signing_in_is_asked_for_as_well() -> None:
    server = Server("Bearer {}")
    sign_in = SignIn(contract(asking("/users", USER), LOGIN, MINE, security_schemes=BEARER), None, server.send)
    assert sign_in.asked(LOGIN) is None
    sign_in.start()
    asked = sign_in.asked(LOGIN)
    assert asked is not None
    assert {"email": "upheld0@example.com", "password": "Upheld-Passw0rd"} == json.loads(asked.body or b"")
    assert sign_in.asked(MINE) is None


def test_a_token_is_asked_for_though_the_docs_secure_it() -> None:
    secured = asking("/token", members("username", "password"), FORM, security=(frozenset({"oauth"}),))
    known = signing_up(contract(asking("/users", USER), secured, MINE, security_schemes=OAUTH))
    assert known is not None
    assert secured == known.login


def test_there_is_no_other_where_nobody_was_made() -> None:
    sign_in = SignIn(contract(MINE, security_schemes=BEARER), None, lambda _: (200, b""))
    sign_in.start()
    assert sign_in.other(request(target="/me"), MINE) is None


def answered(sent: Request, answer: str = '{"token": "t-1"}', status: int = 200, label: Operation = LOGIN) -> Exchange:
    return Exchange(operation=label, request=sent, status=status, body=answer.encode())


def login(name: str) -> Request:
    body = json.dumps({"email": name, "password": "x"}).encode()
    return request("POST", "/auth/login", headers=(("content-type", "application/json"),), body=body)


def learning(*seen: Exchange) -> SignIn:
    sign_in = SignIn(contract(LOGIN, FLOW, MINE, security_schemes=BEARER), None, lambda _: (200, b'{"token": "t-2"}'))
    sign_in.start()
    for exchange in seen:
        sign_in.learn(exchange)
    return sign_in


def test_a_login_that_was_met_signs_in_from_then_on() -> None:
    sign_in = learning(answered(login("a")))
    assert "Bearer t-1" == sign_in.signed(request(target="/me"), MINE).header("authorization")
    assert (login("a"),) == sign_in.learnt
    assert "t-1" in sign_in.secrets
    sign_in.start()
    assert "Bearer t-2" == sign_in.signed(request(target="/me"), MINE).header("authorization")


def test_the_next_user_who_is_met_is_the_other() -> None:
    sign_in = learning(
        answered(login("a")), answered(login("a"), '{"token": "t-3"}'), answered(login("b"), '{"jwt": "t-4"}')
    )
    strange = sign_in.other(request(target="/me"), MINE)
    assert strange is not None
    assert "Bearer t-1" == sign_in.signed(request(target="/me"), MINE).header("authorization")
    assert "Bearer t-4" == strange.header("authorization")


def test_the_other_asks_what_only_the_other_may() -> None:
    sign_in = learning(answered(login("a")), answered(login("b"), '{"jwt": "t-4"}'))
    sign_in.prefer_other(MINE)
    made = sign_in.signed(request(target="/me"), MINE)
    assert ("Bearer t-4", Credentials.OTHER) == (made.header("authorization"), made.credentials)


NOT_LEARNT = {
    "refused": answered(login("a"), status=401),
    "no token": answered(login("a"), "{}"),
    "no JSON": answered(login("a"), "token"),
    "another operation": answered(login("a"), label=asking("/things", USER)),
}


@pytest.mark.parametrize("seen", NOT_LEARNT.values(), ids=NOT_LEARNT)
def test_others_teach_nothing(seen: Exchange) -> None:
    assert () == learning(seen).learnt


def test_what_the_settings_say_is_kept() -> None:
    described = contract(LOGIN, MINE, security_schemes=BEARER)
    sign_in = SignIn(described, FixedHeaders(headers={"authorization": "Bearer own"}), lambda _: (200, b""))
    sign_in.start()
    sign_in.learn(answered(login("a")))
    assert "Bearer own" == sign_in.signed(request(target="/me"), MINE).header("authorization")


CALLED = {
    "JSON": (login("ada"), "ada"),
    "a form": (request("POST", "/token", headers=(("content-type", FORM),), body=b"password=x&username=ada"), "ada"),
    "nobody": (request("POST", "/token", body=b'{"a": "b"}'), None),
    "no JSON": (request("POST", "/token", body=b"x"), None),
}


@pytest.mark.parametrize(("sent", "name"), CALLED.values(), ids=CALLED)
def test_called(sent: Request, name: str | None) -> None:
    assert name == called(sent)
