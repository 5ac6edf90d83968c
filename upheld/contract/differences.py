"""What changed between two contracts, in words: why a committed one is stale.

It says where they differ, not whom that breaks.
"""

import json
from collections.abc import Iterator, Mapping

from upheld.contract.canonical import arranged
from upheld.dialect import METHODS
from upheld.model import Contract, Difference, Json, Kind
from upheld.pointer import pointer

LONGEST = 60
"""Characters of a value that are shown."""

Tokens = tuple[str, ...]
"""The way to a part of a document."""

SINGULAR = {
    "callbacks": "callback", "examples": "example", "headers": "header", "links": "link", "parameters": "parameter",
    "pathItems": "path item", "requestBodies": "request body", "responses": "response",
    "securitySchemes": "security scheme", "tags": "tag",
}  # fmt: skip

MISSING = object()


def compare(old: Contract, new: Contract) -> list[Difference]:
    """Return the differences in the order of the documents; at least one where the canonical texts differ."""
    return list(_paths_apart(arranged(old.document), arranged(new.document)))


def _paths_apart(old: Mapping[str, Json], new: Mapping[str, Json]) -> Iterator[Difference]:
    for tokens, place, before, after in _differences((), (), old, new):
        absent = after if before is MISSING else before
        if len(tokens) == 2 and tokens[0] == "paths" and MISSING in (before, after) and isinstance(absent, dict):
            methods = [method for method in absent if method in METHODS]
            for method in methods:
                one = MISSING if before is MISSING else absent[method], MISSING if after is MISSING else absent[method]
                yield _change((*tokens, method), (*tokens, method), *one)
            if methods:
                continue
        yield _change(tokens, place, before, after)


def _differences(tokens: Tokens, place: Tokens, old: Json, new: Json) -> Iterator[tuple[Tokens, Tokens, Json, Json]]:
    """Yield the smallest parts that differ, by name and by pointer; `MISSING` on the side that has none."""
    places: dict[str, str] = {}
    if _keyed(tokens, old) and _keyed(tokens, new):
        places = {_key(one): str(at) for node in (old, new) for at, one in enumerate(node)}
        old, new = ({_key(one): one for one in node} for node in (old, new))
    if not isinstance(old, dict) or not isinstance(new, dict):
        if old is MISSING or new is MISSING or _text(old) != _text(new):
            yield tokens, place, old, new
        return
    found = False
    for key in [*old, *(key for key in new if key not in old)]:
        way = (*tokens, key), (*place, places.get(key, key))
        for difference in _differences(*way, old.get(key, MISSING), new.get(key, MISSING)):
            found = True
            yield difference
    if not found and list(old) != list(new):
        yield tokens, place, list(old), list(new)


def _keyed(tokens: Tokens, node: Json) -> bool:
    """Whether a list's members are known by more than their place: parameters."""
    if tokens[-1:] != ("parameters",) or not isinstance(node, list) or not all(isinstance(one, dict) for one in node):
        return False
    return len({_key(one) for one in node}) == len(node)


def _key(parameter: Mapping[str, Json]) -> str:
    name = parameter.get("$ref") or f"{parameter.get('in')} {parameter.get('name')}"
    return str(name).removeprefix("#/components/parameters/")


def _change(tokens: Tokens, place: Tokens, old: Json, new: Json) -> Difference:
    kind = Kind.ADDED if old is MISSING else Kind.REMOVED if new is MISSING else Kind.CHANGED
    operation, name = _named(tokens)
    return Difference(
        kind=kind,
        operation=operation,
        pointer=pointer(place),
        message=_message(kind, operation, name, old, new),
    )


def _message(kind: Kind, operation: str | None, place: str, old: Json, new: Json) -> str:
    if kind is Kind.CHANGED:
        said = _lists(old, new) if isinstance(old, list) and isinstance(new, list) else f"{_short(old)} → {_short(new)}"
        return f"{place} {said}"
    value = new if kind is Kind.ADDED else old
    if not place and operation is not None:
        return f"{kind}: {summary}" if isinstance(value, dict) and (summary := value.get("summary")) else f"{kind}"
    detail = "" if isinstance(value, dict) else f" ({_short(value)})"
    return f"{place} {kind}{detail}"


def _lists(old: list[Json], new: list[Json]) -> str:
    before, after = [_text(one) for one in old], [_text(one) for one in new]
    gone = [f"-{_cut(one)}" for one in before if one not in after]
    come = [f"+{_cut(one)}" for one in after if one not in before]
    return " ".join(gone + come) or f"{_short(old)} → {_short(new)} (the order or how often)"


def _named(tokens: Tokens) -> tuple[str | None, str]:
    """Return the operation that a part belongs to, and what to call it there."""
    match tokens:
        case ("paths", path, method, *rest) if method in METHODS:
            return f"{method.upper()} {path}", _operation(tuple(rest))
        case ("paths", path, *rest):
            return None, " ".join((path, *_operation(tuple(rest)).split()))
        case ("components", "schemas", name, *rest):
            return None, _schema(name, tuple(rest))
        case ("components", kind, name, *rest):
            return None, " ".join((SINGULAR.get(kind, kind), _schema(name, tuple(rest))))
    return None, ".".join(tokens)


def _operation(tokens: Tokens) -> str:
    match tokens:
        case ("parameters", parameter, *rest):
            location, _, name = parameter.partition(" ")
            return _schema(f"{location} parameter {name}" if name else f"parameter {location}", tuple(rest))
        case ("requestBody", *rest):
            return _content("body", tuple(rest))
        case ("responses", status, "headers", name, *rest):
            return _schema(f"answer {status} header {name}", tuple(rest))
        case ("responses", status, *rest):
            return _content(f"answer {status}", tuple(rest))
    return _schema("", tokens)


def _content(place: str, tokens: Tokens) -> str:
    match tokens:
        case ("content", media_type, *rest):
            return _schema(f"{place} as {media_type}", tuple(rest))
    return _schema(place, tokens)


def _schema(place: str, tokens: Tokens) -> str:
    """Return `Book.price: maximum` for the way to a keyword of a member's schema."""
    rest = list(tokens)
    while rest:
        if rest[0] == "schema" and len(rest) > 1:
            rest.pop(0)
        elif rest[0] == "properties" and len(rest) > 1:
            place, rest = f"{place}.{rest[1]}", rest[2:]
        elif rest[0] == "items" and len(rest) > 1:
            place, rest = f"{place}[]", rest[1:]
        else:
            break
    words = " ".join(rest)
    return f"{place}: {words}" if place and words else place or words


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _short(value: Json) -> str:
    return _cut(_text(value))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
