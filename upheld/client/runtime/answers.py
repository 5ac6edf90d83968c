"""Bodies of answers: read as what the contract documents, at once or item by item."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Generic, Literal, TypeAlias, TypeVar, cast

import pydantic_core
from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")

Kind: TypeAlias = Literal["json", "text", "bytes", "lines", "texts", "events"]
"""JSON, a text, bytes as they come, JSON values in lines, lines of text, server-sent events."""

STREAMS: Final = frozenset({"bytes", "lines", "texts", "events"})


class BrokenBodyError(ValueError):
    """A body, or an item of a stream, is not what the contract documents."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(what)
        self.where = where
        self.what = what


@dataclass(frozen=True, slots=True)
class Event(Generic[T]):
    """A server-sent event (HTML Standard, 9.2)."""

    data: T
    event: str = "message"
    id: str = ""
    """The last that the stream has named."""
    retry: int | None = None
    """Milliseconds to wait before connecting anew."""


@dataclass(frozen=True)
class Reads:
    """How a body of one media type is read."""

    kind: Kind
    type: Any = None
    """Of the JSON value, of each item, or of each event's `data`; `str` is that text itself."""

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """The type's validator, made when it is first needed: there may be hundreds."""
        return TypeAdapter(self.type)

    def value(self, content: bytes, charset: str) -> object:
        """Return what a whole body says. Errors: BrokenBodyError."""
        if self.kind == "json":
            return self.parsed(content)
        return content.decode(charset, errors="replace")

    def parsed(self, content: bytes) -> object:
        """Return what a JSON text says. Errors: BrokenBodyError where it is none, or is of another type."""
        try:
            value = pydantic_core.from_json(content, allow_inf_nan=False)
        except ValueError as error:
            raise BrokenBodyError("body", f"no JSON, {error}: {content[:80]!r}") from error
        try:
            # Strict, since `"1"` is no integer; in JSON that still lets texts be dates, and the like.
            return self.adapter.validate_json(content, strict=True)
        except ValidationError:
            try:
                return self.adapter.validate_json(_without_points(content), strict=True)
            except ValidationError as error:
                raise BrokenBodyError(*_told(error, value)) from error

    def items(self) -> Items:
        """Return what takes a stream apart."""
        match self.kind:
            case "lines":
                return JsonLines(self)
            case "texts":
                return TextLines()
            case "events":
                return Events(self)
            case _:
                return Chunks()


def _without_points(content: bytes) -> str:
    """Return a JSON text with `1.0` as `1`: to JSON Schema that is an integer."""

    def number(said: str) -> int | float:
        value = float(said)
        return int(value) if value.is_integer() else value

    return json.dumps(json.loads(content, parse_float=number))


def _told(error: ValidationError, value: object) -> tuple[str, str]:
    """Return where a value is wrong, and what is: of a union, in the alternative whose tag the value has."""
    found = error.errors(include_url=False, include_context=False)
    whole = [(one, list(_steps(one["loc"], value, missing=one["type"] == "missing"))) for one in found]
    others = {
        one["loc"][:-1]
        for one, kept in whole
        if one["type"] == "literal_error" and len(one["loc"]) > 1 and kept[-2:-1] != [one["loc"][-2]]
    }
    likely = [pair for pair in whole if not any(pair[0]["loc"][: len(other)] == other for other in others)]
    first, steps = (likely or whole)[0]
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    pointer = "".join(f"/{step}" for step in steps)
    return f"body {pointer}".rstrip(), f"{first['msg']}, not {first['input']!r:.80}{more}"


def _steps(location: tuple[int | str, ...], value: object, *, missing: bool) -> Iterator[int | str]:
    """Yield the steps of Pydantic's location that lead through a value, and not to an alternative of a union."""
    for at, step in enumerate(location):
        inner = _inner(value, step)
        if inner is not _ABSENT or (missing and at == len(location) - 1):
            yield step
            value = inner


_ABSENT: Final = object()


def _inner(value: object, step: int | str) -> object:
    if isinstance(value, dict):
        return cast("dict[object, object]", value).get(step, _ABSENT)
    if isinstance(value, list) and isinstance(step, int):
        items = cast("list[object]", value)
        return items[step] if step < len(items) else _ABSENT
    return _ABSENT


class Chunks:
    """Bytes as they come."""

    def feed(self, chunk: bytes) -> list[Any]:
        """Take a part of the body; return the items that are complete."""
        return [chunk] if chunk else []

    def end(self) -> list[Any]:
        """Return what is left when the body ends."""
        return []


class TextLines:
    """Lines of text."""

    def __init__(self, charset: str = "utf-8") -> None:
        self._decoder = codecs.getincrementaldecoder(charset)(errors="replace")
        self._rest = ""

    def feed(self, chunk: bytes) -> list[Any]:
        """Take a part of the body; return the lines that are complete, without their ends."""
        return self._split(self._decoder.decode(chunk))

    def end(self) -> list[Any]:
        """Return the last line where nothing ends it."""
        lines = self._split(self._decoder.decode(b"", final=True))
        rest, self._rest = self._rest.removesuffix("\r"), ""
        return [*lines, rest] if rest else lines

    def _split(self, text: str) -> list[str]:
        # Not `splitlines`: a JSON text may hold any other of its line ends as they are.
        *lines, self._rest = (self._rest + text).split("\n")
        return [line.removesuffix("\r") for line in lines]


class JsonLines:
    """A JSON value a line, also where each begins with a record separator (RFC 7464)."""

    def __init__(self, how: Reads) -> None:
        self._how = how
        self._lines = TextLines()

    def feed(self, chunk: bytes) -> list[Any]:
        """Take a part of the body; return the items that are complete."""
        return self._parsed(self._lines.feed(chunk))

    def end(self) -> list[Any]:
        """Return the last item where no line end follows it."""
        return self._parsed(self._lines.end())

    def _parsed(self, lines: list[str]) -> list[Any]:
        whole = [line.lstrip("\x1e").strip() for line in lines]
        return [self._how.parsed(line.encode()) for line in whole if line]


@dataclass
class Events:
    """Server-sent events, their data of one type (HTML Standard, 9.2.6)."""

    how: Reads
    _lines: TextLines = field(default_factory=TextLines)
    _data: list[str] = field(default_factory=list[str])
    _event: str = ""
    _id: str = ""
    _retry: int | None = None
    _begun: bool = False
    _returned: bool = False

    def feed(self, chunk: bytes) -> list[Any]:
        """Take a part of the body; return the events that are complete."""
        # A lone \r ends a line, too, and \r\n ends one line only, even where a part ends between the two.
        if self._returned and chunk.startswith(b"\n"):
            chunk = chunk[1:]
        self._returned = chunk.endswith(b"\r") if chunk else self._returned
        lines = self._lines.feed(chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
        return [event for line in lines for event in self._take(line)]

    def end(self) -> list[Any]:
        """Return nothing: an event that no empty line ends is dropped."""
        return []

    def _take(self, line: str) -> list[Any]:
        if not self._begun:
            line, self._begun = line.removeprefix("\ufeff"), True
        if not line:
            return self._dispatched()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match name:
            case "data":
                self._data.append(value)
            case "event":
                self._event = value
            case "id" if "\0" not in value:
                self._id = value
            case "retry" if value.isascii() and value.isdigit():
                self._retry = int(value)
            case _:
                pass  # a comment, or what a later standard may add
        return []

    def _dispatched(self) -> list[Any]:
        lines, event, retry = self._data, self._event, self._retry
        self._data, self._event, self._retry = [], "", None
        if not lines:
            return []
        data = "\n".join(lines)
        value = data if self.how.type is str else self.how.parsed(data.encode())
        return [Event(value, event or "message", self._id, retry)]


Items: TypeAlias = Chunks | TextLines | JsonLines | Events
