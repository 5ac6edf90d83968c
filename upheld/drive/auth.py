"""Signs requests in: by the settings where they say how, else with made-up credentials of the documented kind."""

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote, urlencode, urlsplit

from upheld.media import parse_json
from upheld.model import Contract, Credentials, Json, Operation, Request, UpheldError
from upheld.settings import Auth, FixedHeaders, PasswordFlow

MADE_UP = "upheld"
Send = Callable[[Request], tuple[int, bytes]]


class SignIn:
    """Knows the credentials for each security scheme of a contract."""

    def __init__(self, contract: Contract, auth: Auth | None, send: Send) -> None:
        """Take the settings' way to sign in, and how a request is sent."""
        self._schemes = contract.security_schemes
        self._auth = auth
        self._send = send
        self._headers: dict[str, str] = {}

    def start(self) -> None:
        """Sign in as the settings say. Errors: UpheldError when the app refuses."""
        match self._auth:
            case None:
                return
            case FixedHeaders():
                self._headers = {name.lower(): value for name, value in self._auth.headers.items()}
            case PasswordFlow():
                self._headers = {"authorization": f"Bearer {self._token(self._auth)}"}

    def _token(self, auth: PasswordFlow) -> str:
        form = {"grant_type": "password", "username": auth.username, "password": auth.password}
        if auth.scopes:
            form["scope"] = " ".join(auth.scopes)
        target = urlsplit(auth.token_url).path or "/"
        request = Request(
            method="POST",
            target=target if target.startswith("/") else f"/{target}",
            headers=(("content-type", "application/x-www-form-urlencoded"),),
            body=urlencode(form).encode(),
        )
        status, body = self._send(request)
        try:
            token = parse_json(body)["access_token"] if 200 <= status < 300 else None
        except (ValueError, KeyError, TypeError):
            token = None
        if not isinstance(token, str):
            raise UpheldError(
                f"[tool.upheld.auth]: POST {target} answered {status} without an access_token, expected 200 with one; "
                "check username, password and token_url"
            )
        return token

    def signed(self, request: Request, operation: Operation) -> Request:
        """Return a request with the credentials that its operation documents; as it is where none are needed."""
        bare = self.unsigned(request)
        if not operation.security or not any(operation.security):
            return bare
        if self._headers and self._is_for(operation):
            added = [(name, value) for name, value in self._headers.items()]
            return replace(bare, headers=(*bare.headers, *added), credentials=Credentials.GIVEN)
        for scheme in sorted(next(alternative for alternative in operation.security if alternative)):
            bare = _with(bare, self._schemes.get(scheme) or {})
        return replace(bare, credentials=Credentials.GIVEN)

    def _is_for(self, operation: Operation) -> bool:
        scheme = self._auth.scheme if self._auth is not None else None
        return scheme is None or any(scheme in alternative for alternative in operation.security)

    def unsigned(self, request: Request) -> Request:
        """Return a request without anything that a documented scheme would read."""
        names = {"authorization", *self._headers}
        queries: set[str] = set()
        cookies: set[str] = set()
        for scheme in self._schemes.values():
            if isinstance(scheme, Mapping) and scheme.get("type") == "apiKey":
                {"header": names, "query": queries, "cookie": cookies}[scheme["in"]].add(
                    scheme["name"].lower() if scheme["in"] == "header" else scheme["name"]
                )
        headers = tuple(_headers_without(request.headers, names, cookies))
        path, mark, query = request.target.partition("?")
        kept = [pair for pair in query.split("&") if pair.partition("=")[0] not in queries]
        target = path + (f"?{'&'.join(kept)}" if mark and any(kept) else "")
        return replace(request, target=target, headers=headers, credentials=Credentials.NONE)


def _headers_without(
    headers: tuple[tuple[str, str], ...], names: set[str], cookies: set[str]
) -> Iterator[tuple[str, str]]:
    for name, value in headers:
        if name == "cookie" and cookies:
            kept = [pair for pair in value.split("; ") if pair.partition("=")[0] not in cookies]
            if kept:
                yield name, "; ".join(kept)
        elif name not in names:
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
