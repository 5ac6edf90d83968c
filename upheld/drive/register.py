"""Signing up: where nobody said who signs in and the docs say how one becomes a user, the check makes its own users.

Two of them, since much is only refused to one who asks for what is another's.
"""

import json
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from upheld.drive.login import flows
from upheld.drive.sample import sample
from upheld.drive.seen import plain_name
from upheld.media import FORMS, is_json, parse_json
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


@dataclass(frozen=True)
class SignUp:
    """How one becomes a user, and how such a user signs in."""

    contract: Contract
    register: Operation
    login: Operation | None
    """`None` where registering answers with what signs in."""

    def users(self, send: Send) -> Iterator[tuple[Mapping[str, str], set[str]]]:
        """Yield, for each user who could be made, the headers that sign in as one, and what of them is secret."""
        judge = Judge.of(self.contract.document)
        for number in range(USERS):
            made = _filled(_json_schema(self.register), judge, random.Random(number), number)
            status, answer = send(_with_json(self.register, made))
            token = _token(answer) if 200 <= status < 300 else None
            if self.login is not None:
                token = _signed_in(self.login, made, judge, send) or token
            if token is None:
                return
            headers = next(filter(lambda one: self._is_taken(one, send), self._headers(token)), None)
            if headers is None:
                return
            yield headers, {token, *(text for name, text in _leaves(made) if is_password(name))}

    def _headers(self, token: str) -> Iterator[Mapping[str, str]]:
        for scheme in self.contract.security_schemes.values():
            if scheme.get("type") == "apiKey" and scheme.get("in") == "header":
                name = str(scheme["name"]).lower()
                yield from ({name: form.format(token)} for form in ("{}", "Token {}", "Bearer {}"))
            elif scheme.get("type") in ("oauth2", "openIdConnect") or str(scheme.get("scheme")).lower() == "bearer":
                yield {"authorization": f"Bearer {token}"}

    def _is_taken(self, headers: Mapping[str, str], send: Send) -> bool:
        """Return whether something that is secured takes these headers; True where that cannot be seen."""
        for operation in self.contract.operations:
            needs = any(parameter.required for parameter in operation.parameters)
            if operation.method == "GET" and operation.secured and not needs and "{" not in operation.path:
                status, _ = send(Request(method="GET", target=operation.path, headers=tuple(headers.items())))
                return status not in _REFUSED
        return True


def sign_up(contract: Contract) -> SignUp | None:
    """Return how the docs say that one becomes a user; `None` where they do not, or where nothing is secured."""
    if not any(operation.secured for operation in contract.operations):
        return None
    named = {urlsplit(str(flow.get("tokenUrl") or "")).path.lstrip("/") for _, flow in flows(contract.security_schemes)}
    posts = [one for one in contract.operations if one.method == "POST" and not one.security and "{" not in one.path]
    logins = [one for one in posts if one.path.lstrip("/") in named]
    asking = [one for one in posts if _asks_for_password(one, contract)]
    logins += [one for one in asking if one not in logins and _SIGNS_IN.search(one.path)]
    registers = [one for one in asking if one not in logins]
    return SignUp(contract, registers[0], logins[0] if logins else None) if registers else None


def is_password(name: str) -> bool:
    """Return whether a member of this name holds a password."""
    return _IS_PASSWORD.search(plain_name(name)) is not None


def _signed_in(login: Operation, made: Json, judge: Judge, send: Send) -> str | None:
    """Return what a login answers to a user who was made, under any of the names that they have."""
    known = dict(_leaves(made))
    password = next((text for name, text in known.items() if is_password(name)), "")
    names = [text for name, text in known.items() if not is_password(name) and _NAMES_USER.search(name)]
    for called in dict.fromkeys(names):
        if (schema := _json_schema(login)) is not None:
            body = _filled(schema, judge, random.Random(0), 0)
            request = _with_json(login, _told(body, called, password, known))
        else:
            form = urlencode({"grant_type": "password", "username": called, "password": password}).encode()
            request = Request(method="POST", target=login.path, headers=(("content-type", FORMS[0]),), body=form)
        status, answer = send(request)
        if 200 <= status < 300 and (token := _token(answer)) is not None:
            return token
    return None


def _asks_for_password(operation: Operation, contract: Contract) -> bool:
    made = _filled(_json_schema(operation), Judge.of(contract.document), random.Random(0), 0)
    names = [name for name, _ in _leaves(made)]
    return any(map(is_password, names)) and any(_NAMES_USER.search(name) for name in names if not is_password(name))


def _json_schema(operation: Operation) -> Schema | None:
    content = operation.body.content if operation.body is not None else {}
    return next((entry.schema for name, entry in content.items() if is_json(name)), None)


def _filled(schema: Schema | None, judge: Judge, chance: random.Random, number: int, name: str = "") -> Json:
    """Return a plain value: of an object, what it requires and what names and proves a user."""
    resolved = judge.resolve(schema) if schema is not None else None
    if isinstance(resolved, dict) and isinstance(members := resolved.get("properties"), dict):
        required = resolved.get("required") or ()
        wanted = (n for n in members if n in required or is_password(n) or _NAMES_USER.search(plain_name(n)))
        return {one: _filled(members[one], judge, chance, number, one) for one in wanted}
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


def _told(value: Json, called: str, password: str, known: Mapping[str, str]) -> Json:
    """Return the body of a login that names a user."""
    if not isinstance(value, dict):
        return value
    told: dict[str, Json] = {}
    for name, member in value.items():
        plain = plain_name(name)
        if isinstance(member, dict):
            told[name] = _told(member, called, password, known)
        elif is_password(name):
            told[name] = password
        else:
            told[name] = known.get(plain, called) if _NAMES_USER.search(plain) else member
    return told


def _with_json(operation: Operation, body: Json) -> Request:
    headers = (("content-type", "application/json"),)
    return Request(method=operation.method, target=operation.path, headers=headers, body=json.dumps(body).encode())


def _token(answer: bytes) -> str | None:
    try:
        known = dict(_leaves(parse_json(answer)))
    except ValueError:
        return None
    return next((known[name] for name in _IS_TOKEN if known.get(name)), None)
