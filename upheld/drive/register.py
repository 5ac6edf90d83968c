"""Signing up: where nobody said who signs in and the docs say how one becomes a user, the check makes its own users.

Two of them, since much is only refused to one who asks for what is another's.
"""

import json
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from upheld.drive.login import flows
from upheld.drive.sample import sample
from upheld.drive.seen import plain_name
from upheld.media import FORMS, is_json, media_type, parse_json
from upheld.model import Contract, Json, Operation, Request, Schema
from upheld.schema import Judge

Send = Callable[[Request], tuple[int, bytes]]
USERS = 2
_PASSWORDS = ("Upheld-Passw0rd", "upheld123", "Up1!")
_SAMPLES_MOST = 12
_SIGNS_IN = re.compile(r"(?i)log-?in|sign-?in|token|session|authenticate|/auth/?$")
_NAMES_USER = re.compile(r"email|user|login|^name$|handle|nick|phone|account")
_IS_PASSWORD = re.compile(r"password|passphrase|passwd|pwd")
_IS_TOKEN = ("accesstoken", "token", "jwt", "idtoken", "access", "apikey", "key")
_REFUSED = (401, 403)
_TAKEN_MOST = 3
_DEEPEST = 4
"""A user may have to name another one, who has to name another one in turn."""


class User(NamedTuple):
    """A user who was made."""

    headers: Mapping[str, str]
    """What signs in as this user."""
    secrets: set[str]
    request: Request
    """What was answered with a token."""


@dataclass(frozen=True)
class SignUp:
    """How one becomes a user, and how such a user signs in."""

    contract: Contract
    register: Operation
    login: Operation | None
    """`None` where registering answers with what signs in."""

    def users(self, send: Send) -> Iterator[User]:
        """Yield each user who could be made, signed in."""
        judge = Judge.of(self.contract.document)
        for number in range(USERS):
            made = _filled(_json_schema(self.register), judge, random.Random(number), number)
            request = _with_json(self.register, made)
            status, answer = send(request)
            token = token_of(answer) if 200 <= status < 300 else None
            if self.login is not None:
                request, token = _signed_in(self.login, made, judge, send) or (request, token)
            if token is None:
                return
            forms = list(signing(self.contract, token))
            if not forms:
                return
            taken = forms[:1] if len(forms) == 1 else [one for one in forms if self._is_taken(one, send)]
            secrets = {token, *(text for name, text in _leaves(made) if is_password(name))}
            yield User((taken or forms)[0], secrets, request)

    def _is_taken(self, headers: Mapping[str, str], send: Send) -> bool:
        """Return whether one of a few secured operations takes these headers; others may not be for everybody."""
        plain = [
            operation
            for operation in self.contract.operations
            if operation.method == "GET"
            and operation.secured
            and not any(parameter.required for parameter in operation.parameters)
        ]
        asked = (Request(method="GET", target=one.path, headers=tuple(headers.items())) for one in plain[:_TAKEN_MOST])
        return any(send(request)[0] not in _REFUSED for request in asked)


def sign_up(contract: Contract, known: Sequence[Operation]) -> SignUp | None:
    """Return how the docs say that one becomes a user; `None` where they do not, or where nothing is secured.

    `known` is what signs in, as `logins` tells.
    """
    registers = [one for one in _open(contract) if one not in known and _asks_for_password(one, contract)]
    return SignUp(contract, registers[0], known[0] if known else None) if registers else None


def logins(contract: Contract) -> list[Operation]:
    """Return what may answer with a token that signs in, the likeliest first; nothing where nothing is secured."""
    named = {urlsplit(str(flow.get("tokenUrl") or "")).path.lstrip("/") for _, flow in flows(contract.security_schemes)}
    posts = _open(contract)
    found = [one for one in contract.operations if one.method == "POST" and one.path.lstrip("/") in named]
    asking = (one for one in posts if _SIGNS_IN.search(one.path) and _asks_for_password(one, contract))
    return [*found, *(one for one in asking if one not in found)]


def signing(contract: Contract, token: str) -> Iterator[Mapping[str, str]]:
    """Yield the headers that may sign in with a token, the likeliest first."""
    for scheme in contract.security_schemes.values():
        if scheme.get("type") == "apiKey" and scheme.get("in") == "header":
            name = str(scheme["name"]).lower()
            yield from ({name: form.format(token)} for form in ("{}", "Token {}", "Bearer {}"))
        elif scheme.get("type") in ("oauth2", "openIdConnect") or str(scheme.get("scheme")).lower() == "bearer":
            yield {"authorization": f"Bearer {token}"}


def called(request: Request) -> str | None:
    """Return what a request that signs in calls its user."""
    if media_type(request.header("content-type")) in FORMS:
        known = dict(parse_qsl((request.body or b"").decode("latin-1")))
    else:
        try:
            known = dict(_leaves(parse_json(request.body or b"")))
        except (ValueError, RecursionError):
            return None
    return next((text for name, text in known.items() if _NAMES_USER.search(plain_name(name))), None)


def token_of(answer: bytes) -> str | None:
    """Return what in an answer of JSON signs in; `None` where nothing does."""
    try:
        known = dict(_leaves(parse_json(answer)))
    except (ValueError, RecursionError):
        return None
    return next((known[name] for name in _IS_TOKEN if known.get(name)), None)


def _open(contract: Contract) -> list[Operation]:
    """Return what anybody may create; nothing where nothing is secured."""
    if not any(operation.secured for operation in contract.operations):
        return []
    return [one for one in contract.operations if one.method == "POST" and not one.security and "{" not in one.path]


def is_password(name: str) -> bool:
    """Return whether a member of this name holds a password."""
    return _IS_PASSWORD.search(plain_name(name)) is not None


def _signed_in(login: Operation, made: Json, judge: Judge, send: Send) -> tuple[Request, str] | None:
    """Return what is sent to a login as a user who was made, under one of their names, and what it answers."""
    known = dict(_leaves(made))
    password = next((text for name, text in known.items() if is_password(name)), "")
    names = [text for name, text in known.items() if not is_password(name) and _NAMES_USER.search(name)]
    for own in dict.fromkeys(names):
        if (schema := _json_schema(login)) is not None:
            body = _filled(schema, judge, random.Random(0), 0)
            request = _with_json(login, _told(body, own, password, known))
        else:
            form = urlencode({"grant_type": "password", "username": own, "password": password}).encode()
            request = Request(method="POST", target=login.path, headers=(("content-type", FORMS[0]),), body=form)
        status, answer = send(request)
        if 200 <= status < 300 and (token := token_of(answer)) is not None:
            return request, token
    return None


def _asks_for_password(operation: Operation, contract: Contract) -> bool:
    made = _filled(_json_schema(operation), Judge.of(contract.document), random.Random(0), 0)
    names = [name for name, _ in _leaves(made)]
    return any(map(is_password, names)) and any(_NAMES_USER.search(name) for name in names if not is_password(name))


def _json_schema(operation: Operation) -> Schema | None:
    content = operation.body.content if operation.body is not None else {}
    return next((entry.schema for name, entry in content.items() if is_json(name)), None)


def _filled(
    schema: Schema | None, judge: Judge, chance: random.Random, number: int, name: str = "", depth: int = 0
) -> Json:
    """Return a plain value: of an object, what it requires and what names and proves a user."""
    resolved = judge.resolve(schema) if schema is not None else None
    members = resolved.get("properties") if isinstance(resolved, dict) and depth < _DEEPEST else None
    if isinstance(resolved, dict) and isinstance(members, dict):
        required = resolved.get("required") or ()
        wanted = (n for n in members if n in required or is_password(n) or _NAMES_USER.search(plain_name(n)))
        return {one: _filled(members[one], judge, chance, number, one, depth + 1) for one in wanted}
    if schema is None:
        return None
    plain = plain_name(name)
    own = _PASSWORDS if is_password(name) else (f"upheld{number}@example.com", f"upheld{number}", f"upheld {number}")
    for text in own if is_password(name) or _NAMES_USER.search(plain) else ():
        if "string" in judge.types(schema) and judge.valid(schema, text) and ("@" in text) == ("email" in plain):
            return text
    made = [sample(schema, judge, chance) for _ in range(_SAMPLES_MOST)]
    return next((one for one in made if judge.valid(schema, one)), made[0])


def _leaves(value: Json) -> Iterator[tuple[str, str]]:
    """Yield the texts of a value with their members' plain names."""
    for name, member in value.items() if isinstance(value, dict) else ():
        if isinstance(member, str):
            yield plain_name(name), member
        else:
            yield from _leaves(member)


def _told(value: Json, own: str, password: str, known: Mapping[str, str]) -> Json:
    """Return the body of a login that names a user."""
    if not isinstance(value, dict):
        return value
    told: dict[str, Json] = {}
    for name, member in value.items():
        plain = plain_name(name)
        if isinstance(member, dict):
            told[name] = _told(member, own, password, known)
        elif is_password(name):
            told[name] = password
        else:
            told[name] = known.get(plain, own) if _NAMES_USER.search(plain) else member
    return told


def _with_json(operation: Operation, body: Json) -> Request:
    headers = (("content-type", "application/json"),)
    return Request(method=operation.method, target=operation.path, headers=headers, body=json.dumps(body).encode())
