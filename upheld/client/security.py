"""Security schemes as keywords of the client, and how a password is exchanged for a token."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from upheld.client.methods import Method
from upheld.client.naming import free, snake
from upheld.model import Contract, Json

OPTIONS = frozenset({"self", "url", "timeout", "retries", "other_contract", "openapi_url", "http", "sleep"})
"""What the client takes beside credentials."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """One security scheme that the client can serve."""

    scheme: str
    """Its name in the document."""
    keyword: str
    kind: Literal["bearer", "basic", "key", "other"]
    location: str = "header"
    name: str = "authorization"
    prefix: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """How to sign in with a password (RFC 6749, 4.3)."""

    scheme: str
    path: str
    """Of the token's address; absolute where it is on another server."""
    operation: Method | None
    """The operation that gives the token, where the document has it."""


def credentials(contract: Contract) -> tuple[Credential, ...]:
    """Return the credentials that a client may be given; the only one of its kind is `bearer` or `basic`.

    Left out is what no request carries, such as certificates.
    """
    found = [
        one
        for name, scheme in contract.security_schemes.items()
        if isinstance(scheme, Mapping) and (one := _credential(name, scheme)) is not None
    ]
    taken = set(OPTIONS)
    named = []
    for one in found:
        alone = one.kind in ("bearer", "basic") and sum(one.kind == other.kind for other in found) == 1
        stem = one.kind if alone else snake(one.scheme, "credential")
        keyword = free(stem, taken, (f"{stem}_key",))
        taken.add(keyword)
        named.append(
            Credential(
                scheme=one.scheme,
                keyword=keyword,
                kind=one.kind,
                location=one.location,
                name=one.name,
                prefix=one.prefix,
                description=one.description,
            )
        )
    return tuple(named)


def _credential(name: str, scheme: Mapping[str, Json]) -> Credential | None:
    told = str(scheme.get("description") or "")
    match scheme.get("type"):
        case "oauth2" | "openIdConnect":
            return Credential(scheme=name, keyword="", kind="bearer", prefix="Bearer", description=told)
        case "http":
            way = str(scheme.get("scheme", "")).lower()
            if way == "bearer":
                return Credential(scheme=name, keyword="", kind="bearer", prefix="Bearer", description=told)
            if way == "basic":
                return Credential(scheme=name, keyword="", kind="basic", prefix="Basic", description=told)
            return Credential(scheme=name, keyword="", kind="other", prefix=str(scheme.get("scheme")), description=told)
        case "apiKey" if scheme.get("in") in ("header", "query", "cookie"):
            return Credential(
                scheme=name,
                keyword="",
                kind="key",
                location=str(scheme["in"]),
                name=str(scheme.get("name")),
                description=told,
            )
    return None


def sign_in(contract: Contract, methods: tuple[Method, ...]) -> SignIn | None:
    """Return how to sign in: by the first scheme that has a password flow; `None` where there is none."""
    for name, scheme in contract.security_schemes.items():
        flows = scheme.get("flows") if isinstance(scheme, Mapping) and scheme.get("type") == "oauth2" else None
        flow = flows.get("password") if isinstance(flows, Mapping) else None
        address = flow.get("tokenUrl") if isinstance(flow, Mapping) else None
        if isinstance(address, str):
            path = address if "://" in address else f"/{address.removeprefix('./').lstrip('/')}"
            known = [one for one in methods if one.operation.method == "POST" and one.operation.path == path]
            return SignIn(scheme=name, path=path, operation=known[0] if known else None)
    return None
