"""Whether a client's request says what was meant, by the values on the wire and not by their spelling."""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from http.cookies import SimpleCookie
from typing import TypeAlias
from urllib.parse import parse_qsl, unquote
from uuid import UUID

from pydantic import AnyUrl, TypeAdapter, ValidationError

from upheld.media import FORMS, is_json, media_type
from upheld.model import Json, Operation, Parameter, Request, Schema
from upheld.multipart import split
from upheld.schema import Judge

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt _]\d\d:\d\d.*|\d\d:\d\d(:\d\d)?.*|\d{4}-\d\d-\d\d")
_DURATION = re.compile(r"[-+]?P[0-9A-Z.,]+")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.*", re.DOTALL)
_UUID = re.compile(r"(urn:uuid:)?\{?[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}\}?")
IGNORED = frozenset({"accept", "content-type", "authorization", "content-length", "transfer-encoding"})
"""Headers that are no parameters, also where documented as such (OpenAPI 3.1.1, 4.8.12.2.1), and those of a body."""
ADDED = frozenset({"user-agent", "accept-encoding", "connection", "host"})
"""Headers that every HTTP library adds where a caller says nothing of them."""
_Path: TypeAlias = tuple[str | int, ...]
_Constant: TypeAlias = tuple[str, str]
"""A member's name, and its only value as JSON."""


def difference(meant: Request, said: Request, operation: Operation, undocumented: Sequence[_Path] = ()) -> str | None:
    """Return in what two requests of an operation differ, in one line; `None` where they say the same.

    Only what is documented counts: what else a request held, `undocumented` members of its JSON body among it, nobody
    has promised to anyone.
    """
    if meant.method != said.method:
        return f"the method is {said.method}, meant was {meant.method}"
    for location, before, after in _members(meant, said, operation):
        if not _same_texts(before, after):
            return f"{location} is {_shown(after)}, meant was {_shown(before)}"
    return _bodies(meant, said, operation, undocumented) if operation.body is not None else None


def _members(meant: Request, said: Request, operation: Operation) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield each documented parameter's place, and its values in both requests."""
    yield "the path", _path(meant, operation.path), _path(said, operation.path)
    for location in ("query", "header", "cookie"):
        named = [one for one in operation.parameters if one.location == location]
        documented = [one for one in named if location != "header" or one.name.lower() not in IGNORED]
        before, after = _pairs(meant, location), _pairs(said, location)
        for name in _names(documented, before, operation):
            first, second = _values(before, name), _values(after, name)
            if not first and location == "header" and name in ADDED:
                continue
            yield f"the {location} {name!r}", first, second


def _names(documented: Sequence[Parameter], given: Sequence[tuple[str, str]], operation: Operation) -> list[str]:
    names = [one.name.lower() if one.location == "header" else one.name for one in documented]
    spread = any(one.style == "form" and one.explode and _is_object(one.schema, operation) for one in documented)
    # The members of such an object stand under names of their own.
    return list(dict.fromkeys([*names, *(name for name, _ in given)] if spread else names))


def _values(pairs: Sequence[tuple[str, str]], name: str) -> list[str]:
    """Return what stands under a name; the members of an object, `name[key]`, in an order of no meaning."""
    deep = sorted(f"{key}={value}" for key, value in pairs if key.startswith(f"{name}["))
    return [value for key, value in pairs if key == name] + deep


def _is_object(schema: Schema, operation: Operation) -> bool:
    return "object" in Judge.of(operation.document).types(schema)


def _path(request: Request, template: str) -> list[str]:
    found = path_texts(request, template)
    return [unquote(value) for _, value in found] if found is not None else [request.target.partition("?")[0]]


def path_texts(request: Request, template: str) -> list[tuple[str, str]] | None:
    """Return the parameters of a path, percent-encoded as they stand there; `None` where it is no such path."""
    path = request.target.partition("?")[0]
    pattern = "".join(
        "(.*)" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{[^}]*\})", template)
    )
    # Segment by segment first: an encoded slash stays within its segment.
    within = re.fullmatch(pattern.replace("(.*)", "([^/]*)"), path) or re.fullmatch(pattern, path, re.DOTALL)
    return list(zip(re.findall(r"\{([^}]*)\}", template), within.groups(), strict=True)) if within else None


def _pairs(request: Request, location: str) -> list[tuple[str, str]]:
    match location:
        case "query":
            query = request.target.partition("?")[2]
            return parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
        case "cookie":
            return cookies(request.header("cookie") or "")
        case _:
            return [(name, value.strip()) for name, value in request.headers]


def cookies(header: str) -> list[tuple[str, str]]:
    """Return the names and values of a Cookie header, the values unquoted."""
    pairs = (pair.partition("=") for pair in header.split(";"))
    read = SimpleCookie().value_decode
    return [(name.strip(), str(read(value.strip())[0])) for name, equals, value in pairs if equals]


def _bodies(meant: Request, said: Request, operation: Operation, undocumented: Sequence[_Path]) -> str | None:
    first, second = meant.sent or b"", said.sent or b""
    kinds = [media_type(request.header("content-type")) for request in (meant, said)]
    if bool(first) != bool(second) and (kind := kinds[0] if first else kinds[1]) in FORMS:
        # No body is a form without members, which some write as such.
        return _forms(undocumented, *(_members_of(one, kind) for one in (meant, said)))
    if first and second:
        if is_json(kinds[0]) and is_json(kinds[1]):
            return _json_bodies(first, second, operation, undocumented)
        if kinds[0] != kinds[1]:
            return f"the body is {kinds[1] or 'of no media type'}, meant was {kinds[0] or 'of no media type'}"
        if kinds[0] in FORMS:
            return _forms(undocumented, *(_members_of(one, kinds[0]) for one in (meant, said)))
    if first == second or _lines(first) == _lines(second):
        return None
    before, after = (_shown([body.decode(errors="replace")] if body else []) for body in (first, second))
    return f"the body is {after}, meant was {before}"


def _members_of(request: Request, kind: str) -> list[tuple[str, str]]:
    """Return the names and values of a form; none where there is no body."""
    body = request.sent or b""
    if kind == FORMS[0]:
        return parse_qsl(body.decode("latin-1"), keep_blank_values=True, errors="surrogateescape")
    return [(part.name, part.data) for part in split(body, request.header("content-type") or "") or ()]


def _lines(body: bytes) -> object:
    try:
        return [json.loads(line) for line in body.replace(b"\x1e", b"").split(b"\n") if line.strip()]
    except (ValueError, RecursionError):
        return body


def _forms(undocumented: Sequence[_Path], meant: list[tuple[str, str]], said: list[tuple[str, str]]) -> str | None:
    for name in dict.fromkeys(name for name, _ in (*meant, *said)):
        if (name,) in undocumented:
            continue
        before, after = ([value for key, value in some if key == name] for some in (meant, said))
        if not _same_texts(before, after):
            return f"the form's {name!r} is {_shown(after)}, meant was {_shown(before)}"
    return None


def _json_bodies(meant: bytes, said: bytes, operation: Operation, undocumented: Sequence[_Path]) -> str | None:
    try:
        before, after = json.loads(meant), json.loads(said)
    except (ValueError, RecursionError):
        return None if meant == said else f"the body is {_shown([said.decode(errors='replace')])}"
    if unlike_json(before, after, undocumented) is None:
        return None
    return unlike_json(before, after, undocumented, frozenset(_constants(operation.document)))


def _constants(node: Json) -> Iterator[_Constant]:
    """Yield the members of a document's objects that can have one value only, and that value."""
    if isinstance(node, dict):
        members = node.get("properties")
        for name, member in members.items() if isinstance(members, dict) else ():
            said = member if isinstance(member, dict) else {}
            values = [said["const"]] if "const" in said else said.get("enum")
            if isinstance(values, list) and len(values) == 1:
                yield name, json.dumps(values[0])
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _constants(inner)


def unlike_json(
    meant: Json, said: Json, undocumented: Sequence[_Path] = (), constants: Collection[_Constant] = ()
) -> str | None:
    """Return in what two JSON bodies differ, in one line; `None` where they say the same.

    `constants` are members that say nothing, since they can have one value only: the client sends a union's tag also
    where the docs let it be left out.
    """
    left_out = set(undocumented)
    found = _unlike(_without(meant, (), left_out), _without(said, (), left_out), (), constants)
    if found is None:
        return None
    where, one, other = found
    place = "/".join(map(str, ("", *where)))
    return f"the body{f' {place}' if place else ''} is {_text(other)}, meant was {_text(one)}"


_ABSENT = object()


def _without(value: Json, at: _Path, left_out: set[_Path]) -> Json:
    if not left_out:
        return value
    if isinstance(value, dict):
        return {
            name: _without(member, (*at, name), left_out)
            for name, member in value.items()
            if (*at, name) not in left_out
        }
    if isinstance(value, list):
        return [_without(member, (*at, place), left_out) for place, member in enumerate(value)]
    return value


def _unlike(
    one: object, other: object, at: _Path, constants: Collection[_Constant]
) -> tuple[_Path, object, object] | None:
    """Return where two JSON values first differ, and how; a number is a number, `1` or `1.0`."""
    if isinstance(one, dict) and isinstance(other, dict):
        added = [name for name in other if name not in one and (name, json.dumps(other[name])) not in constants]
        for name in (*one, *added):
            found = _unlike(one.get(name, _ABSENT), other.get(name, _ABSENT), (*at, name), constants)
            if found is not None:
                return found
        return None
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        differ = (_unlike(*pair, (*at, place), constants) for place, pair in pairs)
        return next((found for found in differ if found is not None), None)
    if isinstance(one, str) and isinstance(other, str):
        return None if same_text(one, other) else (at, one, other)
    if one is other or (type(one) is not bool and type(other) is not bool and one == other):
        return None
    return at, one, other


def _same_texts(one: Sequence[str], other: Sequence[str]) -> bool:
    return len(one) == len(other) and all(map(same_text, one, other))


def same_text(one: str, other: str) -> bool:
    """Return whether two texts are the same, or the same number, moment, duration, UUID or address in two spellings."""
    if one == other:
        return True
    for pattern, read in _SPELLINGS:
        if pattern.fullmatch(one) and pattern.fullmatch(other):
            try:
                if read(one) == read(other):
                    return True
            except (ValueError, OverflowError):
                continue
    return False


def _number(text: str) -> object:
    return json.loads(text)


def _uuid(text: str) -> object:
    return UUID(text)


_MOMENTS: tuple[TypeAdapter[date] | TypeAdapter[datetime] | TypeAdapter[time], ...] = (
    TypeAdapter(date),
    TypeAdapter(datetime),
    TypeAdapter(time),
)
_DURATIONS: TypeAdapter[timedelta] = TypeAdapter(timedelta)


def _moment(text: str) -> object:
    for adapter in _MOMENTS:
        try:
            return adapter.validate_strings(text)
        except ValidationError:
            continue
    raise ValueError(text)


def _duration(text: str) -> object:
    return _DURATIONS.validate_strings(text)


def _address(text: str) -> object:
    return str(AnyUrl(text)).rstrip("/")


_SPELLINGS = (
    (_NUMBER, _number),
    (_UUID, _uuid),
    (_MOMENT, _moment),
    (_DURATION, _duration),
    (_URL, _address),
)


def _shown(texts: Sequence[str]) -> str:
    return " and ".join(map(_text, texts)) if texts else "not there"


def _text(value: object) -> str:
    if value is _ABSENT:
        return "not there"
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
