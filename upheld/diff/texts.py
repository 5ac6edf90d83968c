"""What a validator says of single texts: whether they match an expression, whether they keep a format."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import jsonschema_rs

from upheld.schema import is_duration

SAMPLES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "date": ("2020-01-31", "2020-02-01"),
    "date-time": ("2020-01-31T12:00:00Z", "2020-02-01T12:00:00Z"),
    "duration": ("P1D", "P2D"),
    "email": ("a@example.com", "b@example.com"),
    "hostname": ("example.com", "example.org"),
    "idn-email": ("a@example.com", "b@example.com"),
    "idn-hostname": ("example.com", "example.org"),
    "ipv4": ("192.0.2.1", "192.0.2.2"),
    "ipv6": ("2001:db8::1", "2001:db8::2"),
    "iri": ("http://example.com/a", "mailto:a@example.com"),
    "iri-reference": ("a", "/a"),
    "json-pointer": ("/a", ""),
    "regex": ("a", "b"),
    "relative-json-pointer": ("0", "1"),
    "time": ("12:00:00Z", "13:00:00Z"),
    "uri": ("http://example.com/a", "mailto:a@example.com"),
    "uri-reference": ("a", "/a"),
    "uri-template": ("a", "/{a}"),
    "uuid": ("12345678-1234-4234-8234-123456789abc", "12345678-1234-4234-8234-123456789abd"),
})  # fmt: skip
"""The formats that a validator asserts, each with texts that keep it."""

WIDER: Mapping[str, frozenset[str]] = MappingProxyType({
    "email": frozenset({"idn-email"}),
    "hostname": frozenset({"idn-hostname"}),
    "iri": frozenset({"iri-reference"}),
    "uri": frozenset({"iri", "iri-reference", "uri-reference"}),
    "uri-reference": frozenset({"iri-reference"}),
})  # fmt: skip
"""Formats that a text keeps as well that keeps the one named (RFC 3986, 3987, 6531, 5890)."""

LENGTHS: Mapping[str, tuple[int, int | None]] = MappingProxyType({
    "date": (10, 10), "date-time": (20, None), "email": (3, None), "ipv4": (7, 15), "ipv6": (2, 45),
    "time": (9, None), "uri": (2, None), "uuid": (36, 36),
})  # fmt: skip
"""How short and how long the texts are that keep a format (RFC 3339, 3986, 4291, 5321, 9562)."""

LENGTHENED: Mapping[str, tuple[str, str, str]] = MappingProxyType({
    "date-time": ("2020-01-31T12:00:00.", "0", "Z"),
    "email": ("a@", "a.", "com"),
    "idn-email": ("a@", "a.", "com"),
    "iri": ("http://example.com/", "a", ""),
    "iri-reference": ("", "a", ""),
    "json-pointer": ("/", "a", ""),
    "time": ("12:00:00.", "0", "Z"),
    "uri": ("http://example.com/", "a", ""),
    "uri-reference": ("", "a", ""),
    "uri-template": ("", "a", ""),
})  # fmt: skip
"""How a text that keeps a format begins and ends, and what may stand between as often as is wanted."""


def lengthened(form: str, length: int) -> str | None:
    """Return a text of some length that keeps a format; `None` where none is known."""
    if form not in LENGTHENED:
        return None
    first, repeated, last = LENGTHENED[form]
    free = length - len(first) - len(last)
    if free < 1:
        return None
    odd = free % len(repeated)  # of an address, the part before the sign takes what is left
    text = f"{first[:1] * odd}{first}{repeated * (free // len(repeated))}{last}"
    return text if keeps(form, text) else None


def matches(pattern: str, text: str) -> bool | None:
    """Return whether a text matches an expression somewhere; `None` where the validator cannot read it."""
    return _valid(_pattern(pattern), text)


def keeps(form: str, text: str) -> bool | None:
    """Return whether a text keeps a format; `None` where the validator cannot tell."""
    return _valid(_format(form), text)


def _valid(validator: jsonschema_rs.Draft202012Validator | None, text: str) -> bool | None:
    if validator is None:
        return None
    try:
        return validator.is_valid(text)
    except (ValueError, RecursionError):  # half a character, or an expression that backtracks for ever
        return None


@cache
def _pattern(pattern: str) -> jsonschema_rs.Draft202012Validator | None:
    try:
        return jsonschema_rs.Draft202012Validator({"pattern": pattern})
    except (ValueError, jsonschema_rs.ValidationError):
        return None


@cache
def _format(form: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        {"format": form}, validate_formats=True, formats={"duration": is_duration}
    )
