# Written by `upheld client`; edit the service instead.
"""Arguments as they stand in a request: the styles of parameters, and bodies (OpenAPI 3.1.1, Parameter Object)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from http.cookies import SimpleCookie
from pathlib import PurePath
from typing import Any, BinaryIO, Final, Literal, TypeAlias, TypeGuard, cast, get_args, get_origin
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, TypeAdapter

STYLES: Final = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}
SEPARATORS: Final = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}
OCTETS: Final = "application/octet-stream"

Text: TypeAlias = Callable[[str], str]


class Unset(Enum):
    """The type of `UNSET`."""

    UNSET = "UNSET"


UNSET: Final = Unset.UNSET
"""Stands for what is not sent, where `None` would be sent as null."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to send: its content, the name that it has there, and its media type."""

    content: bytes | BinaryIO
    name: str = ""
    """The name of the open file where it is empty, else `upload`."""
    media_type: str = ""
    """Guessed from the name where it is empty."""


Upload: TypeAlias = bytes | BinaryIO | File
"""What is sent as a file: its bytes, a file open for reading bytes, or either with name and media type."""

Part: TypeAlias = tuple[str, tuple[str | None, bytes | BinaryIO, str | None]]


@dataclass(frozen=True, slots=True)
class Parameter:
    """Where an argument goes, and how it is spelled there."""

    name: str
    location: Literal["path", "query", "header", "cookie"]
    argument: str = ""
    """The method's name for it; `name` where it is empty."""
    style: str = ""
    """The location's own where it is empty."""
    explode: bool | None = None
    """Whether a list or an object is sent member by member; as the style has it where it is `None`."""
    media_type: str = ""
    """Of the document that the value is, where it is one."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a form."""

    name: str
    argument: str = ""
    file: bool = False
    style: str = ""
    explode: bool | None = None
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """How a body is sent."""

    kind: Literal["json", "form", "multipart", "lines", "text", "bytes"]
    media_type: str
    members: tuple[Member, ...] | None = None
    """Of a form whose members are arguments; `None` where the argument `body` is the whole."""
    argument: str = "body"
    null: bool = False
    """Whether `None` is sent, as null."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A body as the HTTP library takes it."""

    media_type: str | None = None
    content: bytes | None = None
    files: list[Part] | None = None


def plain(value: object) -> Any:  # noqa: ANN401  # any JSON value
    """Return a value as JSON has it: models by their names there, without the members that nobody set."""
    if value is None or (isinstance(value, str | int) and type(value) in {str, int, bool}):
        return value
    _tag(value)
    return _anything().dump_python(value, mode="json", by_alias=True, exclude_unset=True)


@cache
def _anything() -> TypeAdapter[Any]:
    return TypeAdapter(Any, config=ConfigDict(ser_json_inf_nan="constants"))


def _tag(value: object) -> None:
    """Count members that can have one value only among those that are set: a union may be told apart by them."""
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            if get_origin(field.annotation) is Literal and len(get_args(field.annotation)) == 1:
                value.__pydantic_fields_set__.add(name)
            _tag(getattr(value, name))
    elif _is_list(value):
        for item in value:
            _tag(item)
    elif _is_object(value):
        for item in value.values():
            _tag(item)


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def as_json(value: object) -> bytes:
    """Return a value as a JSON text. Errors: ValueError for NaN and infinities, which JSON cannot say."""
    return json.dumps(plain(value), allow_nan=False, separators=(",", ":")).encode()


def text(value: object) -> str:
    """Return a plain value as it stands in a parameter: `true`, `1`, the text itself; JSON for what is nested."""
    if isinstance(value, str):
        return value
    return json.dumps(value, allow_nan=False, separators=(",", ":"))


def escaped(value: str) -> str:
    """Return a text with everything percent-encoded that could mean something in an address."""
    return quote(value, safe="")


def path(template: str, parameters: Iterable[Parameter], arguments: Mapping[str, object]) -> str:
    """Return a path with its parameters filled in."""
    values = {
        one.name: _segment(one, arguments[one.argument or one.name]) for one in parameters if one.location == "path"
    }
    return re.sub(r"\{([^{}]+)\}", lambda found: values.get(found[1], found[0]), template)


def _segment(parameter: Parameter, value: object) -> str:
    said = simple(parameter, value, escaped)
    # A segment of dots alone would lead elsewhere (RFC 3986, 5.2.4).
    return said.replace(".", "%2E") if said in {".", ".."} else said


def query(parameters: Iterable[Parameter], arguments: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return the query's names and values, percent-encoded."""
    return [pair for one, value in _given("query", parameters, arguments) for pair in _pairs(one, value, escaped)]


def headers(parameters: Iterable[Parameter], arguments: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return the headers' names and values."""
    return [(one.name, simple(one, value, str)) for one, value in _given("header", parameters, arguments)]


def cookies(parameters: Iterable[Parameter], arguments: Mapping[str, object]) -> list[str]:
    """Return the cookies, each as `name=value`."""
    found = [pair for one, value in _given("cookie", parameters, arguments) for pair in _pairs(one, value, str)]
    return [cookie(name, value) for name, value in found]


def cookie(name: str, value: str) -> str:
    """Return one cookie, quoted where its value needs it."""
    return f"{name}={SimpleCookie().value_encode(value)[1]}"


def _given(
    location: str, parameters: Iterable[Parameter], arguments: Mapping[str, object]
) -> Iterator[tuple[Parameter, object]]:
    for one in parameters:
        if one.location == location:
            value = arguments.get(one.argument or one.name, UNSET)
            if value is not UNSET and (value is not None or one.media_type):
                yield one, value


def _pairs(parameter: Parameter, value: object, encode: Text) -> list[tuple[str, str]]:
    if parameter.media_type:
        return [(encode(parameter.name), encode(_document(parameter, value)))]
    style = parameter.style or STYLES[parameter.location]
    return pairs(parameter.name, plain(value), style, explode=_explodes(parameter, style), encode=encode)


def _explodes(parameter: Parameter | Member, style: str) -> bool:
    return style == "form" if parameter.explode is None else parameter.explode


def _document(parameter: Parameter, value: object) -> str:
    if parameter.media_type.partition(";")[0].endswith("json"):
        return as_json(value).decode()
    return text(plain(value))


def pairs(name: str, value: object, style: str, *, explode: bool, encode: Text) -> list[tuple[str, str]]:
    """Return a parameter of a query, a cookie or a form; what is null is not sent, as in RFC 6570."""
    if _is_object(value):
        members = {key: item for key, item in value.items() if item is not None}
        if style == "deepObject":
            return [pair for key, item in members.items() for pair in _deep(f"{name}[{key}]", item, encode)]
        if explode:
            return [
                pair
                for key, item in members.items()
                for pair in pairs(key, item if _is_list(item) else text(item), "form", explode=True, encode=encode)
            ]
        flat = [part for key, item in members.items() for part in (encode(key), encode(text(item)))]
        return [(encode(name), SEPARATORS.get(style, ",").join(flat))] if flat else []
    if _is_list(value):
        texts = [encode(text(item)) for item in value if item is not None]
        if explode or style == "deepObject":
            return [(encode(name), one) for one in texts]
        return [(encode(name), SEPARATORS.get(style, ",").join(texts))] if texts else []
    return [(encode(name), encode(text(value)))]


def _deep(name: str, value: object, encode: Text) -> Iterator[tuple[str, str]]:
    if _is_object(value):
        for key, item in value.items():
            yield from _deep(f"{name}[{key}]", item, encode)
    elif _is_list(value):
        yield from ((encode(name), encode(text(item))) for item in value if item is not None)
    elif value is not None:
        yield encode(name), encode(text(value))


def simple(parameter: Parameter, value: object, encode: Text) -> str:
    """Return a parameter of a path or a header: the styles `simple`, `label` and `matrix`."""
    if parameter.media_type:
        return encode(_document(parameter, value))
    style = parameter.style or "simple"
    explode = bool(parameter.explode)
    said = plain(value)
    name = encode(parameter.name)
    if _is_object(said):
        members = [(encode(key), encode(text(item))) for key, item in said.items() if item is not None]
        parts = [f"{key}={item}" for key, item in members] if explode else [part for pair in members for part in pair]
    elif _is_list(said):
        parts = [encode(text(item)) for item in said if item is not None]
        if explode and style == "matrix":
            parts = [f"{name}={item}" for item in parts]
    else:
        parts, explode = [encode(text(said))], False
    if style == "label":
        return "." + ("." if explode else ",").join(parts)
    if style == "matrix":
        return ";" + (";".join(parts) if explode else f"{name}={','.join(parts)}")
    return ",".join(parts)


def body(how: Body | None, arguments: Mapping[str, object]) -> Sent:
    """Return the body of a request; an empty one where nothing is sent."""
    if how is None:
        return Sent()
    if how.members is not None:
        return _form(how, how.members, arguments)
    value = arguments.get(how.argument, UNSET)
    if value is UNSET or (value is None and not how.null):
        return Sent()
    match how.kind:
        case "json":
            return Sent(how.media_type, as_json(value))
        case "lines":
            return Sent(how.media_type, _lines(value))
        case "text":
            return Sent(how.media_type, text(plain(value)).encode())
        case "bytes":
            return Sent(how.media_type, _octets(value))
        case "form" | "multipart":
            whole = plain(value)
            return _form(how, tuple(map(Member, whole)), whole)


def _lines(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, str) or not isinstance(value, Iterable):
        message = f"the body is {value!r:.60}, expected an iterable of items, or bytes"
        raise TypeError(message)
    return b"".join(as_json(item) + b"\n" for item in cast("Iterable[object]", value))


def _octets(value: object) -> bytes:
    content = value.content if isinstance(value, File) else value
    if isinstance(content, bytes):
        return content
    return cast("BinaryIO", content).read()


def _form(how: Body, members: Iterable[Member], arguments: Mapping[str, object]) -> Sent:
    given = [(one, arguments.get(one.argument or one.name, UNSET)) for one in members]
    there = [(one, value) for one, value in given if value is not UNSET and value is not None]
    if how.kind == "form":
        found = [pair for one, value in there for pair in _field(one, value)]
        return Sent(how.media_type, "&".join(f"{name}={value}" for name, value in found).encode())
    files = [part for one, value in there for part in _parts(one, value)]
    if files:
        return Sent(files=files)
    return Sent("multipart/form-data; boundary=empty", b"--empty--\r\n") if how.members is not None else Sent()


def _field(member: Member, value: object) -> list[tuple[str, str]]:
    said = plain(value)
    if not member.style and _is_object(said):  # without a style, what is nested is a JSON document
        return [(escaped(member.name), escaped(text(said)))]
    style = member.style or "form"
    return pairs(member.name, said, style, explode=_explodes(member, style), encode=escaped)


def _parts(member: Member, value: object) -> Iterator[Part]:
    for item in value if _is_list(value) else [value]:
        if member.file:
            yield member.name, _file(item, member.media_type)
            continue
        said: object = plain(item)
        if said is not None:
            nested = "application/json" if _is_object(said) or _is_list(said) else None
            yield member.name, (None, text(said).encode(), member.media_type or nested)


def _file(value: object, media_type: str) -> tuple[str, bytes | BinaryIO, str | None]:
    given = value if isinstance(value, File) else File(cast("bytes", value))
    name = given.name or PurePath(str(getattr(given.content, "name", ""))).name or "upload"
    told = given.media_type or media_type
    return name, given.content, told or (None if "." in name else OCTETS)
