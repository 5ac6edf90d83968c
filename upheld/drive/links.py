"""Which values of a request were taken from an earlier answer, as the id of what was created is.

Sent again, such a request has to name what was created this time; shown, it says where the value came from.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from upheld.drive.seen import is_identifier, plain_name
from upheld.drive.shape import Shape, members, take_apart
from upheld.model import Exchange, Json, Operation, Request

Where = tuple[str | int, ...]
"""`("path", "book_id")`, `("query", "book_id")` or `("body", "lines", 0, "book_id")`."""

_UNLIKELY = 8
"""A text this long does not come up twice by chance."""
_LARGEST_BYTES = 65_536
_LOCATION = ("location",)
_OF_ITS_KIND = re.compile(
    r"parent|(in)?replyto|predecessor|previous|dependson|basedon|supersedes|replaces|(super|main|sub)id"
)
"""What a member is called, plainly, that names another thing of the same kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One value of a request and the answer that it came from."""

    where: Where
    producer: int
    """The place of the request that was answered with it: in the run, or in a script."""
    pointer: tuple[str | int, ...]
    """Where it stands in the answer's JSON; `("location",)` alone for the header's last segment."""
    in_header: bool = False


class Links:
    """Knows which answers of a run gave out identifiers."""

    def __init__(self, history: Sequence[Exchange]) -> None:
        """Take what was sent and answered, in its order."""
        self._history = history
        self._given: dict[str, list[tuple[int, tuple[str | int, ...], bool]]] = defaultdict(list)
        for place, exchange in enumerate(history):
            if exchange.request.method in ("POST", "PUT") and 200 <= exchange.status < 300:
                for pointer, value, in_header in _identifiers(exchange):
                    if value not in exchange.request.target.split("/"):
                        self._given[value].append((place, pointer, in_header))

    def of(self, exchange: Exchange, before: int) -> tuple[Link, ...]:
        """Return the links of a request that was sent at a place, to those that were sent before."""
        shape = take_apart(exchange.request, exchange.operation)
        if shape is None or not self._given:
            return ()
        return tuple(
            link
            for where, text in _values(shape)
            if (link := self._link(where, text, exchange.operation, before)) is not None
        )

    def _link(self, where: Where, text: str, operation: Operation, before: int) -> Link | None:
        for place, pointer, in_header in reversed(self._given.get(text, ())):
            if place < before and (len(text) >= _UNLIKELY or names(where, operation, self._history[place].operation)):
                return Link(where=where, producer=place, pointer=pointer, in_header=in_header)
        return None


def names(where: Where, operation: Operation, producer: Operation) -> bool:
    """Return whether a member is meant to name what an operation creates: by its place in the path, or its name."""
    collection = producer.path.rstrip("/")
    name = next((step for step in reversed(where) if isinstance(step, str)), "")
    if where[0] == "path" and operation.path.startswith(f"{collection}/{{{name}}}"):
        return True
    if operation.label == producer.label and _OF_ITS_KIND.match(plain_name(name)):
        return True
    kind = plain_name(collection.rpartition("/")[2])
    stem = plain_name(name).removesuffix("id")
    return len(stem) > 1 and plain_name(name).endswith("id") and kind.startswith(stem[:-1] or stem)


def linked(request: Request, operation: Operation, values: Mapping[Where, str]) -> Request:
    """Return a request with other values at some of its places; as it is where none differs."""
    shape = take_apart(request, operation)
    if shape is None:
        return request
    before = shape
    for where, text in values.items():
        match where[0]:
            case "path" if dict(shape.path).get(str(where[1])) != text:
                shape = shape.with_path(str(where[1]), text)
            case "query" if dict(shape.query).get(str(where[1])) != text:
                shape = shape.with_query(str(where[1]), text)
            case "body":
                old = dict(members(shape.body)).get(where[1:])
                if f"{old}" != text:
                    number = isinstance(old, int) and re.fullmatch(r"-?\d+", text)
                    shape = shape.with_member(where[1:], int(text) if number else text)
    return request if shape is before else shape.built()


def stands(link: Link, request: Request, operation: Operation) -> bool:
    """Return whether a request still has the member that a link is about."""
    shape = take_apart(request, operation)
    return shape is not None and link.where in {where for where, _ in _values(shape)}


def value_of(link: Link, exchange: Exchange) -> str | None:
    """Return what an answer says now where a link's value came from."""
    return next(
        (
            value
            for pointer, value, in_header in _identifiers(exchange)
            if (pointer, in_header) == (link.pointer, link.in_header)
        ),
        None,
    )


def told(request: Request, operation: Operation, sources: Mapping[Where, str]) -> Request:
    """Return a request as it is shown, with a text such as `{id from POST /books}` for each value that was taken."""
    marks = {where: f"upheld0taken{place}0" for place, where in enumerate(sources)}
    made = linked(request, operation, marks)
    target, body = made.target, made.body
    for where, mark in marks.items():
        text = sources[where]
        target = target.replace(mark, text)
        body = body.replace(f'"{mark}"'.encode(), json.dumps(text).encode()) if body is not None else None
    return replace(request, target=target, body=body if any(where[0] == "body" for where in sources) else request.body)


def source(link: Link, producer: Operation) -> str:
    """Return the text that stands for a link's value."""
    name = next((step for step in reversed(link.pointer) if isinstance(step, str)), "value")
    return f"{{{name} from {producer.label}}}"


def _identifiers(exchange: Exchange) -> Iterator[tuple[tuple[str | int, ...], str, bool]]:
    """Yield what in an answer may name something: its place, its text, whether it stands in a header."""
    if exchange.body and len(exchange.body) <= _LARGEST_BYTES:
        try:
            value: Json = json.loads(exchange.body)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, str | int) and not isinstance(value, bool):
            yield (), f"{value}", False
        for pointer, member in members(value, 40):
            name = next((step for step in reversed(pointer) if isinstance(step, str)), "")
            if is_identifier(plain_name(name)) and isinstance(member, str | int) and not isinstance(member, bool):
                yield pointer, f"{member}", False
    if (place := exchange.header("location")) is not None:
        last = re.split("[?#]", place)[0].rstrip("/").rpartition("/")[2]
        if last:
            yield _LOCATION, last, True


def _values(shape: Shape) -> Iterator[tuple[Where, str]]:
    for name, text in shape.path:
        yield ("path", name), text
    for name, text in shape.query:
        yield ("query", name), text
    if shape.has_json:
        for path, value in members(shape.body):
            if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
                yield ("body", *path), f"{value}"
