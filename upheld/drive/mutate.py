"""Cheap requests made from drawn ones: what frameworks stumble over, and splices of values seen."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from upheld.drive.shape import Shape, members, take_apart
from upheld.media import FORMS, is_json, media_type
from upheld.model import Operation, Request
from upheld.multipart import Part

LONG_INTEGER = "9" * 5000
_MEMBERS_PROBED, _MEMBERS_PROBED_FULLY = 10, 3
_NUMBER_TEXTS = ("1e999", "true", LONG_INTEGER, "NaN", "-Infinity", '"1.5"', "3.0")
_STRING_TEXTS = ('"\\u0000"', '"\\ud800"', "1", "null")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:")
_PATHS = (
    "0",
    "-1",
    "1",
    " 1 ",
    "1_000",
    "+1",
    "1.0",
    "9223372036854775808",
    LONG_INTEGER,
    "a%2Fb",
    "%2F",
    "%00",
    "%FF",
    "nan",
)
_QUERIES = (
    "",
    "0",
    "-1",
    " 1 ",
    "1_000",
    "+1",
    "yes",
    "1e999",
    "nan",
    "9223372036854775808",
    LONG_INTEGER,
    "\x00",
    "\U0001f600",
)


def probes(valid: Request, operation: Operation) -> Iterator[Request]:
    """Yield a valid request with less and less of what it says, then in every form that frameworks stumble over."""
    shape = take_apart(valid, operation)
    if shape is not None:
        yield from _less(shape)
        for name, _ in shape.path:
            for value in _PATHS:
                before = shape.with_path(name, "upheld-mark").built().target
                yield replace(
                    valid, target=before.replace("upheld-mark", value.replace(" ", "%20").replace("+", "%2B"))
                )
        for parameter in operation.parameters:
            if parameter.location == "query":
                for text in _QUERIES:
                    yield shape.with_query(parameter.name, text).built()
    if operation.body is None:
        return
    sent = media_type(valid.header("content-type"))
    if is_json(sent):
        yield from _json_probes(valid, shape)
    elif sent in FORMS and shape is not None:
        yield from _form_probes(valid, shape)
    yield replace(valid, body=None, headers=_without(valid, "content-type"))
    yield replace(valid, headers=_without(valid, "content-type"))
    yield replace(valid, headers=(*_without(valid, "content-type"), ("content-type", "text/plain")))


def _less(shape: Shape) -> Iterator[Request]:
    """Yield the request without one query value, header, cookie or body member at a time, and without any of them."""
    request = shape.request
    kept = tuple(pair for pair in request.headers if pair[0] in ("content-type", "authorization"))
    yield replace(replace(shape, query=()).built(), headers=kept)
    for name, _ in shape.query:
        yield shape.with_query(name, None).built()
    for pair in request.headers:
        if pair not in kept:
            yield replace(request, headers=tuple(other for other in request.headers if other != pair))
    if (cookies := request.header("cookie")) is not None:
        pairs = cookies.split("; ")
        for position in range(len(pairs)) if len(pairs) > 1 else ():
            rest = "; ".join([*pairs[:position], *pairs[position + 1 :]])
            yield replace(request, headers=(*_without(request, "cookie"), ("cookie", rest)))
    if shape.has_json:
        for path, _ in members(shape.body, 24):
            yield shape.without_member(path).built()


def _json_probes(valid: Request, shape: Shape | None) -> Iterator[Request]:
    for raw in (b"", b"{", b"\xff", b"null", b"[]", b'"text"', b"[" * 20_000, b"{}"):
        yield replace(valid, body=raw)
    if shape is None or not shape.has_json:
        return
    for place in ((), *(path for path, value in members(shape.body, 24) if isinstance(value, dict))):
        yield shape.with_member((*place, "upheld_extra"), "x").built()
    for position, (member, value) in enumerate(members(shape.body, _MEMBERS_PROBED)):
        everything = position < _MEMBERS_PROBED_FULLY
        mark = f"upheld-mark-{len(member)}"
        marked = json.dumps(shape.with_member(member, mark).body).encode()
        if isinstance(value, int | float) and not isinstance(value, bool):
            for text in _NUMBER_TEXTS if everything else _NUMBER_TEXTS[:2]:
                yield replace(valid, body=marked.replace(f'"{mark}"'.encode(), text.encode()))
        elif isinstance(value, str) and _MOMENT.match(value):
            for text in ("2024-02-29T12:00:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2024-02-29"):
                yield shape.with_member(member, text).built()
        elif isinstance(value, str):
            for text in _STRING_TEXTS if everything else _STRING_TEXTS[:1]:
                yield replace(valid, body=marked.replace(f'"{mark}"'.encode(), text.encode()))


def _form_probes(valid: Request, shape: Shape) -> Iterator[Request]:
    if media_type(valid.header("content-type")) == "multipart/form-data":
        yield replace(valid, headers=(*_without(valid, "content-type"), ("content-type", "multipart/form-data")))
    parts = shape.form
    for fill in ("a", "0", "true"):
        yield shape.with_parts(replace(part, data=part.data or fill) for part in parts).built()
    for position, part in enumerate(parts):
        variants: list[Part | None] = [replace(part, data=text) for text in ("", "a", "\x00", "\udcff")]
        if part.filename is not None:
            variants.append(replace(part, filename=None))
        for variant in (*variants, None):
            middle = [variant] if variant is not None else []
            yield shape.with_parts([*parts[:position], *middle, *parts[position + 1 :]]).built()


def _without(request: Request, name: str) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in request.headers if pair[0] != name)


def parameter_names(path: str) -> list[str]:
    """Return the names in a path template, in order."""
    return re.findall(r"\{([^}:]*)", path)
