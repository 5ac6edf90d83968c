"""Makes a request smaller while something stays true of it: members dropped, then values shortened."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from upheld.drive.shape import Shape, members, take_apart
from upheld.model import Json, Operation, Request
from upheld.multipart import Part

Keeps = Callable[[Request], bool]
Path = tuple[str | int, ...]

_NEEDED = frozenset({"authorization", "cookie"})
_HALVINGS = 4
_PREFIXES = 5
_LARGE = 1 << 63
"""The least number that a signed word of 64 bits cannot hold."""


def smaller(request: Request, operation: Operation, keeps: Keeps, *, most: int) -> Request:
    """Return the smallest request that was found to keep what it is about, after `most` questions at the latest."""
    left = most

    def asked(candidate: Request) -> bool:
        nonlocal left
        if left <= 0 or candidate == request:
            return False
        left -= 1
        return keeps(candidate)

    if request.padding is not None and asked(plain := replace(request, padding=None)):
        request = plain
    for pair in request.headers:
        if pair[0] not in _NEEDED and not (pair[0] == "content-type" and request.body):
            candidate = replace(request, headers=tuple(other for other in request.headers if other != pair))
            request = candidate if asked(candidate) else request
    begun = take_apart(request, operation)
    if begun is None:
        return request
    shape = begun
    for choices in (*_drops(begun), *_shortenings(begun)):
        for smaller_shape in choices(shape):
            if asked(smaller_shape.built()):
                shape = smaller_shape
                break
    return request if shape is begun else shape.built()


Choices = Callable[[Shape], Iterable[Shape]]
"""From a shape to smaller ones, of which the first that keeps what it is about is taken."""


def _drops(shape: Shape) -> Iterator[Choices]:
    """Yield what leaves out one member, outer ones first, and of a list's items the last one first."""
    for name in dict.fromkeys(name for name, _ in shape.query):
        yield partial(_without_query, name)
    for part in shape.form:
        yield partial(_without_part, part)
    for path in sorted(dict(members(shape.body)) if shape.has_json else (), key=_outer_and_last_first):
        yield partial(_without_member, path)


def _outer_and_last_first(path: Path) -> tuple[int, list[int]]:
    return len(path), [-step if isinstance(step, int) else 0 for step in path]


def _without_query(name: str, now: Shape) -> Iterable[Shape]:
    return [now.with_query(name, None)]


def _without_part(part: Part, now: Shape) -> Iterable[Shape]:
    return [now.with_parts(other for other in now.form if other is not part)]


def _without_member(path: Path, now: Shape) -> Iterable[Shape]:
    return [now.without_member(path)] if path in dict(members(now.body)) else []


def _shortenings(shape: Shape) -> Iterator[Choices]:
    """Yield what shortens one value."""
    for name, text in shape.path:
        yield partial(_with_path, name, text)
    for name, text in shape.query:
        if [key for key, _ in shape.query].count(name) == 1:
            yield partial(_with_query, name, text)
    for path in dict(members(shape.body)) if shape.has_json else ():
        yield partial(_with_member, path)


def _with_path(name: str, text: str, now: Shape) -> Iterable[Shape]:
    return (now.with_path(name, shorter) for shorter in _texts(text))


def _with_query(name: str, text: str, now: Shape) -> Iterable[Shape]:
    return (now.with_query(name, shorter) for shorter in _texts(text) if (name, text) in now.query)


def _with_member(path: Path, now: Shape) -> Iterable[Shape]:
    return (now.with_member(path, simpler) for simpler in _values(dict(members(now.body)).get(path)))


def _texts(text: str) -> Iterator[str]:
    """Yield shorter texts, the shortest first; whole numbers stay numbers."""
    if len(text) <= 1:
        return
    if text.isascii() and text.removeprefix("-").isdecimal():
        yield from ("0", "1")
        yield from (text[:length] for length in range(1 + text.startswith("-"), min(len(text), _PREFIXES)))
        if len(text) > len(f"{_LARGE}"):
            yield f"{_LARGE}"
        elif text[0] != "-" and text.strip("0") != "1":
            yield "1".ljust(len(text), "0")  # as many digits
        return
    yield text[0]
    for halving in range(_HALVINGS, 0, -1):
        if (length := len(text) >> halving) > 1:
            yield text[:length]


def _values(value: Json) -> Iterator[Json]:
    match value:
        case bool() | None:
            return
        case str():
            if value:
                yield ""
            yield from _texts(value)
        case int() if abs(value) > _LARGE:
            yield from (0, 1, _LARGE)
        case int() if abs(value) >= 10:
            yield from (int(shorter) for shorter in _texts(f"{value}"))
        case float() if abs(value) >= 10 or not value.is_integer():
            yield from (0, 1)
        case _:
            return
