"""How operations belong together: what creates a thing, what reads and changes it, and what names it in its turn."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from upheld.drive.documented import properties
from upheld.drive.links import Where, linked, names
from upheld.drive.mutate import parameter_names
from upheld.drive.shape import members, take_apart
from upheld.model import Exchange, Operation, Request
from upheld.schema import Judge

_RANKS = {"GET": 0, "HEAD": 0, "PUT": 1, "PATCH": 2, "POST": 3, "DELETE": 4}


def children(creator: Operation, operations: Iterable[Operation]) -> list[Operation]:
    """Return what is asked of one thing that was created: reading first, deleting last.

    That is below what creates it, or, for a collection within a thing, in a collection of the same name on its own:
    what `POST /books/{book_id}/reviews` creates is often read as `GET /reviews/{review_id}`.
    """
    collections = "|".join(re.escape(path) for path in _collections(creator.path.rstrip("/")))
    below = re.compile(rf"(?:{collections})/\{{[^/]*\}}(/.*)?/?")
    found = [operation for operation in operations if below.fullmatch(operation.path)]
    return sorted(found, key=lambda operation: _RANKS.get(operation.method, 2))


def _collections(own: str) -> Iterator[str]:
    """Yield the paths under which what is created there may be found: its own, and those apart from any thing."""
    yield own
    above, _, name = own.rpartition("/")
    if "{" in above and "{" not in name:
        plain = above[: above.index("{")].rstrip("/").split("/")
        yield from ("/".join((*plain[:end], name)) for end in range(len(plain), 0, -1))


def readers(creator: Operation, operations: Iterable[Operation]) -> list[Operation]:
    """Return what reads a thing, what is directly below it, and the collections that it is in."""
    own = creator.path.rstrip("/")
    near = [
        operation
        for operation in operations
        if operation.method == "GET" and (operation.path.startswith(own) or own.startswith(operation.path.rstrip("/")))
    ]
    known = set(parameter_names(own))
    return [operation for operation in near if len(set(parameter_names(operation.path)) - known) <= 1]


def naming(request: Request, operation: Operation, made: Exchange, judge: Judge) -> Request | None:
    """Return a request whose body names the thing that was made where it may name one of its kind; `None` for no such.

    A member of the docs that is left out, or null, may do so as well.
    """
    shape = take_apart(request, operation)
    if shape is None or not shape.has_json:
        return None
    if isinstance(shape.body, dict):
        for name, schema in properties(operation, judge).items():
            if shape.body.get(name) is None and names(("body", name), operation, made.operation):
                shape = shape.with_member((name,), 0 if "integer" in judge.types(schema) else "")
        request = shape.built()
    places: list[Where] = [("body", *path) for path, value in members(shape.body) if isinstance(value, str | int)]
    meant = [place for place in places if names(place, operation, made.operation)]
    thing = replace(made.operation, path=f"{made.operation.path.rstrip('/')}/{{id}}", parameters=())
    known = identifier(made, thing, judge) if meant else None
    return linked(request, operation, dict.fromkeys(meant, known)) if known is not None else None


def names_its_own(creator: Operation, judge: Judge) -> bool:
    """Return whether the body of what creates a thing may name another one of its kind."""
    return any(names(("body", name), creator, creator) for name in properties(creator, judge))


def identifier(made: Exchange, child: Operation, judge: Judge) -> str | None:
    """Return the value in an answer that names what was created, for the child's path parameter."""
    above = made.operation.path.rstrip("/")
    within = child.path.startswith(f"{above}/")
    named = parameter_names(child.path)[len(parameter_names(above)) if within else 0 :]
    if not named:
        return None
    parameter = next((p for p in child.parameters if p.location == "path" and p.name == named[0]), None)
    try:
        value = json.loads(made.body)
    except (ValueError, RecursionError):
        value = None
    scalars: dict[str, str | int] = {}
    for node in (value, *(value.values() if isinstance(value, dict) else ())):
        if isinstance(node, dict):
            for name, member in node.items():
                if isinstance(member, str | int) and not isinstance(member, bool):
                    scalars.setdefault(name, member)
    for name in (
        named[0],
        "id",
        *(key for key in scalars if key.lower().endswith("id")),
        "key",
        "code",
        "slug",
        "name",
    ):
        if name in scalars and (parameter is None or judge.valid(parameter.schema, scalars[name]) is not False):
            return str(scalars[name])
    for name in (named[0], "id"):
        if name in scalars:
            return str(scalars[name])  # it is the thing's name, whatever the docs say of it
    if (place := made.header("location")) is not None:
        return re.split("[?#]", place)[0].rstrip("/").rpartition("/")[2] or None
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value)
    return None
