"""Statuses as classes: named as HTTP names them, one for each body that is documented for it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

REASONS: Mapping[str, str] = {
    "300": "MultipleChoices", "301": "MovedPermanently", "302": "Found", "303": "SeeOther", "304": "NotModified",
    "305": "UseProxy", "307": "TemporaryRedirect", "308": "PermanentRedirect",
    "400": "BadRequest", "401": "Unauthorized", "402": "PaymentRequired", "403": "Forbidden", "404": "NotFound",
    "405": "MethodNotAllowed", "406": "NotAcceptable", "407": "ProxyAuthenticationRequired", "408": "RequestTimeout",
    "409": "Conflict", "410": "Gone", "411": "LengthRequired", "412": "PreconditionFailed", "413": "ContentTooLarge",
    "414": "UriTooLong", "415": "UnsupportedMediaType", "416": "RangeNotSatisfiable", "417": "ExpectationFailed",
    "418": "ImATeapot", "421": "MisdirectedRequest", "422": "UnprocessableContent", "423": "Locked",
    "424": "FailedDependency", "425": "TooEarly", "426": "UpgradeRequired", "428": "PreconditionRequired",
    "429": "TooManyRequests", "431": "RequestHeaderFieldsTooLarge", "451": "UnavailableForLegalReasons",
    "500": "InternalServerError", "501": "NotImplementedByServer", "502": "BadGateway", "503": "ServiceUnavailable",
    "504": "GatewayTimeout", "505": "HttpVersionNotSupported", "506": "VariantAlsoNegotiates",
    "507": "InsufficientStorage", "508": "LoopDetected", "511": "NetworkAuthenticationRequired",
    "1XX": "Informational", "2XX": "OtherSuccess", "3XX": "Redirection", "4XX": "ClientError", "5XX": "ServerError",
    "default": "OtherResponse",
}  # fmt: skip
"""The reason phrases of RFC 9110 and its registry, written down since Python's own change with its version.

`NotImplemented` is Python's.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorClass:
    """A class that is raised."""

    name: str
    key: str
    body: str
    """The type of its body: a union where it is the base of several."""
    base: str = ""
    """The class of the status, where that has several bodies."""


def error_class(key: str) -> str:
    """Return the name of a status's class; `Status499` where HTTP has no name for it."""
    return REASONS.get(key) or f"Status{re.sub(r'[^0-9A-Za-z]', '', key)}"


def error_classes(found: Iterable[tuple[str, str]]) -> list[ErrorClass]:
    """Return the classes for what is documented, told by key and type of body: by status, a base before its subclasses.

    A status that has one type of body is one class; of several, each has a class derived from that of the status, so
    that `except NotFound` catches them all.
    """
    bodies: dict[str, list[str]] = {}
    for key, body in found:
        known = bodies.setdefault(key, [])
        if body not in known:
            known.append(body)
    made = []
    for key, types in sorted(bodies.items()):
        name = error_class(key)
        if len(types) == 1:
            made.append(ErrorClass(name=name, key=key, body=types[0]))
            continue
        made.append(ErrorClass(name=name, key=key, body="Any" if "Any" in types else " | ".join(types)))
        taken = set(REASONS.values())
        for body in types:
            if body == "Any":  # no more is said of it than the base says
                continue
            wanted = f"{name}{_spoken(body)}"
            subclass, number = wanted, 1
            while subclass in taken:
                number += 1
                subclass = f"{wanted}{number}"
            taken.add(subclass)
            made.append(ErrorClass(name=subclass, key=key, body=body, base=name))
    return made


def _spoken(body: str) -> str:
    """Return a type as part of a name: `ListBook` for `list[models.Book]`."""
    words = re.findall(r"[^\W\d]\w*", body.replace("models.", ""))
    return "".join(word[0].upper() + word[1:] for word in words)
