"""Signs requests in: by the settings where they say how, else as the docs do, else with made-up credentials."""

import base64
import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias
from urllib.parse import quote, urlencode, urlsplit

from upheld.drive.login import documented, flow_of
from upheld.drive.register import Send, called, is_password, logins, sign_up, signing, token_of
from upheld.drive.shape import members, take_apart
from upheld.drive.wrong import MADE_UP, wrong
from upheld.media import parse_json
from upheld.model import Contract, Credentials, Exchange, Json, Operation, Request, UpheldError
from upheld.settings import Auth, FixedHeaders, PasswordFlow

Given = Callable[[str], Mapping[str, str] | None]
"""What a hook says: the headers that sign in to an operation labelled so."""
_Read: TypeAlias = dict[str, set[str]]


_LESS_MOST = 3
"""How many tokens of fewer scopes are asked for."""


class SignIn:
    """Knows the credentials for each security scheme of a contract."""

    def __init__(self, contract: Contract, auth: Auth | None, send: Send, given: Given | None = None) -> None:
        """Take the settings' way to sign in, how a request is sent, and what a hook says of each operation."""
        self._schemes = contract.security_schemes
        self._secured = [operation.label for operation in contract.operations if any(operation.security)]
        self._auth = auth
        self._documented = documented(contract) if auth is None and given is None else None
        known = logins(contract) if auth is None and given is None else []
        self._sign_up = sign_up(contract, known) if auth is None and given is None else None
        self._logins = {login.label for login in known}
        self._contract = contract
        self.learnt: tuple[Request, ...] = ()
        """Requests that were answered with what signs in as one user and another, where nothing else was known to."""
        self._settled: tuple[Request, ...] = ()
        self._send = send
        self._given = given
        self._headers: Mapping[str, str] = {}
        self._asked: Request | None = None
        """What a user who was made signs in with."""
        self._neighbour: Mapping[str, str] = {}
        """What signs in as another user."""
        self._others = {operation.label: _others(operation, contract) for operation in contract.operations}
        self._for_other: set[str] = set()
        """By label, operations that only the other user may ask."""
        self._less: dict[tuple[str, ...], str] = {}
        self._own: dict[str, Mapping[str, str]] = {}
        self._renewed: dict[tuple[str, str], str] = {}
        self._read: _Read | None = None
        self.secrets: set[str] = set()
        """What the hook signed in with, and what was made wrong of it."""

    @property
    def is_fixed(self) -> bool:
        """Whether signing in again is sending the same again."""
        told = self._given is not None or isinstance(self._auth, PasswordFlow)
        return not told and self._sign_up is None and not self.learnt

    def start(self) -> None:
        """Sign in as the settings and the hook say; once more where that was lost. Errors: UpheldError when refused."""
        before = self._signing_in()
        match self._auth:
            case _ if self._documented is not None:
                self._start_as_documented(self._documented)
            case FixedHeaders():
                self._headers = {name.lower(): value for name, value in self._auth.headers.items()}
            case PasswordFlow():
                self._sign_in(self._auth)
            case None:
                self._start_untold()
        labels = self._secured if self._given is not None else []
        said = {label: self._given(label) for label in labels if self._given is not None}
        self._own = {label: headers for label, headers in said.items() if headers}
        for headers in self._own.values():
            self.secrets.update(part for value in headers.values() for part in (value, value.rpartition(" ")[2]))
        self._read = None
        for (name, old), (other, new) in zip(before, self._signing_in(), strict=False):
            if name == other and old != new:
                self._renewed = {key: new if value == old else value for key, value in self._renewed.items()}
                self._renewed[name, old] = new

    def _signing_in(self) -> list[tuple[str, str]]:
        return [pair for one in (self._headers, self._neighbour, *self._own.values()) for pair in one.items()]

    def _sign_in(self, flow: PasswordFlow) -> str:
        """Take a token, and those of fewer scopes; return the first. Errors: UpheldError when the app refuses."""
        token = self._token(flow)
        self._headers = {"authorization": f"Bearer {token}"}
        self._less = dict(self._tokens_of_less(flow))
        return token

    def _start_as_documented(self, flow: PasswordFlow) -> None:
        """Sign in with the examples of the docs, where they do sign in."""
        for scopes in dict.fromkeys((flow.scopes, ())):
            with contextlib.suppress(UpheldError):
                self._auth = replace(flow, scopes=scopes)
                self.secrets.add(self._sign_in(self._auth))
                return
        self._auth, self._headers = None, {}
        self._start_untold()

    def _start_untold(self) -> None:
        """Sign in as was learnt, or as a user who was not there before."""
        if self.learnt:
            answers = [self._send(request) for request in self.learnt]
            tokens = [token_of(answer) if 200 <= status < 300 else None for status, answer in answers]
            self._headers, self._neighbour = ([*map(self._taken, tokens), {}])[:2]
            self._settled = self.learnt
            if (flow := flow_of(self.learnt[0], self._contract)) is not None:
                with contextlib.suppress(UpheldError):
                    self.secrets.add(self._sign_in(flow))
        elif self._sign_up is not None:
            users = list(self._sign_up.users(self._send))
            self._headers, self._neighbour = ([user.headers for user in users] + [{}, {}])[:2]
            self._asked = next((user.request for user in users), None)
            self.secrets.update(*(user.secrets for user in users))

    def learn(self, exchange: Exchange) -> None:
        """Sign in from now on with what a login has answered, where nothing else does."""
        known = self.learnt
        if exchange.operation.label not in self._logins or not 200 <= exchange.status < 300 or self._neighbour:
            return
        if bool(self._headers) is not bool(known) or called(exchange.request) in map(called, known):
            return
        if headers := self._taken(token_of(exchange.body)):
            self._headers, self._neighbour = (self._headers, headers) if known else (headers, {})
            self.learnt, self._read = (*known, exchange.request), None

    def settle(self) -> None:
        """Sign in for every documented scope as was learnt; whoever asks calls it between requests."""
        if self.learnt[:1] != self._settled[:1] and flow_of(self.learnt[0], self._contract) is not None:
            self.start()

    def _taken(self, token: str | None) -> Mapping[str, str]:
        self.secrets.update(filter(None, [token]))
        return next(signing(self._contract, token), {}) if token is not None else {}

    def renewed(self, request: Request) -> Request:
        """Return a request that was signed before with what signs in now."""
        if request.credentials not in (Credentials.GIVEN, Credentials.OTHER) or not self._renewed:
            return request
        headers = tuple((name, self._renewed.get((name, value), value)) for name, value in request.headers)
        return request if headers == request.headers else replace(request, headers=headers)

    def is_real(self, operation: Operation) -> bool:
        """Return whether requests to an operation are signed with what the settings or a hook give, not made up."""
        return any(operation.security) and bool(self._real(operation))

    def _real(self, operation: Operation) -> Mapping[str, str]:
        if (own := self._own.get(operation.label)) is not None:
            return own
        return self._headers if self._is_for(operation) else {}

    def wrong(self, request: Request, operation: Operation) -> Request | None:
        """Return a request with credentials of the right form and a wrong value.

        `None` where the right ones are made up as well: an app that takes those may take any.
        """
        if not self.is_real(operation):
            return None
        added = [(name, wrong(value)) for name, value in self._real(operation).items()]
        self.secrets.update(part for _, value in added for part in (value, value.rpartition(" ")[2]))
        bare = self.unsigned(request)
        return replace(bare, headers=(*bare.headers, *added), credentials=Credentials.WRONG)

    def less(self, request: Request, operation: Operation) -> Request | None:
        """Return a request with a token that was asked for every documented scope but those that its operation needs.

        Where it needs all there are, for all but the last.

        `None` where there is none of the kind: no scopes, no other ones, or the app gives no such token.
        """
        others = self._others[operation.label]
        token = self._less.get(others) if others is not None else None
        if token is None or operation.label in self._own or not self._is_for(operation):
            return None
        bare = self.unsigned(request)
        headers = (*bare.headers, ("authorization", f"Bearer {token}"))
        return replace(bare, headers=headers, credentials=Credentials.LESS)

    def other(self, request: Request, operation: Operation) -> Request | None:
        """Return a request signed in as another user; `None` where only one is known."""
        if not self._neighbour or not any(operation.security):
            return None
        bare = self.unsigned(request)
        headers = (*bare.headers, *self._neighbour.items())
        return replace(bare, headers=headers, credentials=Credentials.OTHER)

    def prefer_other(self, operation: Operation) -> None:
        """Sign requests to an operation as the other user from now on."""
        self._for_other.add(operation.label)

    def proof(self, request: Request, operation: Operation) -> Request | None:
        """Return a request with the password that signs in for each: right as a proof, and no other as a new one.

        `None` where it holds no password, or nothing is known of one.
        """
        shape = take_apart(request, operation) if self.is_real(operation) else None
        if not isinstance(self._auth, PasswordFlow) or shape is None or not shape.has_json:
            return None
        places = [path for path, value in members(shape.body) if isinstance(value, str) and is_password(f"{path[-1]}")]
        for place in places:
            shape = shape.with_member(place, self._auth.password)
        return shape.built() if places else None

    def _tokens_of_less(self, auth: PasswordFlow) -> Iterator[tuple[tuple[str, ...], str]]:
        for others in list(dict.fromkeys(one for one in self._others.values() if one is not None))[:_LESS_MOST]:
            with contextlib.suppress(UpheldError):
                token = self._token(replace(auth, scopes=others))
                self.secrets.add(token)
                yield others, token

    def asked(self, operation: Operation) -> Request | None:
        """Return the request that signs in, where it is this operation's."""
        request = _signing(self._auth) if isinstance(self._auth, PasswordFlow) else self._asked
        return request if request is not None and operation.label == f"POST {request.target}" else None

    def _token(self, auth: PasswordFlow) -> str:
        request = _signing(auth)
        status, body = self._send(request)
        try:
            token = parse_json(body)["access_token"] if 200 <= status < 300 else None
        except (ValueError, KeyError, TypeError):
            token = None
        if not isinstance(token, str):
            raise UpheldError(
                f"[tool.upheld.auth]: POST {request.target} answered {status} without an access_token, expected 200 "
                "with one; check username, password and token_url"
            )
        return token

    def signed(self, request: Request, operation: Operation) -> Request:
        """Return a request with the credentials that its operation documents; as it is where none are needed."""
        bare = self.unsigned(request)
        if not operation.security or not any(operation.security):
            return bare
        if operation.label in self._for_other and (other := self.other(request, operation)) is not None:
            return other
        if real := self._real(operation):
            return replace(bare, headers=(*bare.headers, *real.items()), credentials=Credentials.GIVEN)
        for scheme in sorted(next(alternative for alternative in operation.security if alternative)):
            bare = _with(bare, self._schemes.get(scheme) or {})
        return replace(bare, credentials=Credentials.GIVEN)

    def anew(self, request: Request, operation: Operation) -> Request:
        """Return a request with what really signs in now; what it says for other schemes stays, such as a known key."""
        names = self._real(operation).keys()
        kept = [pair for pair in request.headers if pair[0] not in names]
        fresh = [pair for pair in self.signed(request, operation).headers if pair[0] in names]
        return replace(request, headers=(*kept, *fresh))

    def _is_for(self, operation: Operation) -> bool:
        scheme = self._auth.scheme if self._auth is not None else None
        return scheme is None or any(scheme in alternative for alternative in operation.security)

    def unsigned(self, request: Request) -> Request:
        """Return a request without anything that a documented scheme would read."""
        if self._read is None:
            self._read = self._names()
        read = self._read
        headers = tuple(_headers_without(request.headers, read))
        path, mark, query = request.target.partition("?")
        kept = [pair for pair in query.split("&") if pair.partition("=")[0] not in read["query"]] if mark else []
        target = path + (f"?{'&'.join(kept)}" if any(kept) else "")
        if (target, headers) == (request.target, request.headers) and request.credentials is Credentials.NONE:
            return request
        return replace(request, target=target, headers=headers, credentials=Credentials.NONE)

    def _names(self) -> _Read:
        """Return, by location, the names that sign in now, and all that a documented scheme would read."""
        given = (name for headers in (self._headers, *self._own.values()) for name in headers)
        found: _Read = {"header": {"authorization", *given}, "query": set(), "cookie": set()}
        for scheme in self._schemes.values():
            if isinstance(scheme, Mapping) and scheme.get("type") == "apiKey":
                found[scheme["in"]].add(scheme["name"].lower() if scheme["in"] == "header" else scheme["name"])
        return found


def _signing(auth: PasswordFlow) -> Request:
    form = {"grant_type": "password", "username": auth.username, "password": auth.password}
    if auth.scopes:
        form["scope"] = " ".join(auth.scopes)
    target = urlsplit(auth.token_url).path or "/"
    return Request(
        method="POST",
        target=target if target.startswith("/") else f"/{target}",
        headers=(("content-type", "application/x-www-form-urlencoded"),),
        body=urlencode(form).encode(),
    )


def _others(operation: Operation, contract: Contract) -> tuple[str, ...] | None:
    """Return the scopes of the scheme that secures an operation, less those that it needs; `None` where it needs none.

    Where it needs all there are, those but the last.
    """
    for scheme, needed in operation.scopes.items():
        flows = (contract.security_schemes.get(scheme) or {}).get("flows") or {}
        documented = dict.fromkeys(scope for flow in flows.values() for scope in flow.get("scopes") or ())
        others = tuple(scope for scope in documented if scope not in needed)
        return others or (tuple(documented)[:-1] if documented and needed else None)
    return None


def _headers_without(headers: tuple[tuple[str, str], ...], read: _Read) -> Iterator[tuple[str, str]]:
    for name, value in headers:
        if name == "cookie" and read["cookie"]:
            kept = [pair for pair in value.split("; ") if pair.partition("=")[0] not in read["cookie"]]
            if kept:
                yield name, "; ".join(kept)
        elif name not in read["header"]:
            yield name, value


def _with(request: Request, scheme: Mapping[str, Json]) -> Request:
    match scheme.get("type"):
        case "apiKey" if scheme["in"] == "query":
            mark = "&" if "?" in request.target else "?"
            return replace(request, target=f"{request.target}{mark}{quote(scheme['name'])}={MADE_UP}")
        case "apiKey" if scheme["in"] == "cookie":
            return _with_header(request, "cookie", f"{scheme['name']}={MADE_UP}")
        case "apiKey":
            return _with_header(request, scheme["name"].lower(), MADE_UP)
        case "http" if str(scheme.get("scheme", "")).lower() == "basic":
            pair = base64.b64encode(f"{MADE_UP}:{MADE_UP}".encode()).decode()
            return _with_header(request, "authorization", f"Basic {pair}")
        case "http":
            return _with_header(request, "authorization", f"{str(scheme.get('scheme', 'bearer')).title()} {MADE_UP}")
        case _:
            return _with_header(request, "authorization", f"Bearer {MADE_UP}")


def _with_header(request: Request, name: str, value: str) -> Request:
    if name == "cookie" and (old := request.header("cookie")) is not None:
        rest = tuple(pair for pair in request.headers if pair[0] != "cookie")
        return replace(request, headers=(*rest, ("cookie", f"{old}; {value}")))
    return replace(request, headers=(*request.headers, (name, value)))
