"""Finds what a request says at a member's place."""

import json
import re
from urllib.parse import parse_qsl, unquote

from upheld import multipart
from upheld.drive.wire import cookies
from upheld.media import FORMS, is_json, media_type
from upheld.model import Json, Request


def value_at(request: Request, where: tuple[str | int, ...], template: str = "") -> Json:
    """Return the value at a place such as `("query", "limit")` or `("body", "tags", 0)`; `None` where there is none.

    Texts come as texts; a name that stands more than once as the list of them.
    """
    if not where:
        return None
    path, _, query = request.target.partition("?")
    match where[0]:
        case "query":
            return _texts(parse_qsl(query, keep_blank_values=True), where[1:])
        case "header":
            return _texts([(k, v) for k, v in request.headers], (str(where[1]).lower(), *where[2:]))
        case "cookie":
            return _texts(cookies(request.header("cookie")), where[1:])
        case "path":
            names = re.findall(r"\{([^}:]*)[^}]*\}", template)
            pattern = "([^/]*)".join(re.escape(part) for part in re.split(r"\{[^}]*\}", template))
            found = re.fullmatch(pattern, path)
            return _texts(list(zip(names, map(unquote, found.groups()), strict=True)), where[1:]) if found else None
        case _:
            return _body(request, where[1:])


def sent_for(request: Request, where: tuple[str | int, ...]) -> Json:
    """Return the value at a place that a refusal names, in a form without the names of a union's alternatives."""
    value = value_at(request, where)
    if value is None and len(where) > 2 and media_type(request.header("content-type")) in FORMS:
        return value_at(request, (where[0], where[-1]))
    return value


def _texts(pairs: list[tuple[str, str]], rest: tuple[str | int, ...]) -> Json:
    values: list[Json] = [value for name, value in pairs if name == rest[0]]
    if len(rest) > 1 and isinstance(rest[1], int):
        return values[rest[1]] if rest[1] < len(values) else None
    if not values:
        return None
    return values[0] if len(values) == 1 else values


def _body(request: Request, path: tuple[str | int, ...]) -> Json:
    sent = media_type(request.header("content-type"))
    if sent in FORMS and not path:
        return None
    if sent in FORMS:
        if sent == "multipart/form-data":
            parts = multipart.split(request.body or b"", request.header("content-type") or "") or []
            pairs = [(part.name, part.data) for part in parts]
        else:
            pairs = parse_qsl((request.body or b"").decode("latin-1"), keep_blank_values=True)
        return _texts(pairs, path)
    if not is_json(sent) or not request.body:
        return None
    try:
        node: Json = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    for step in path:
        if isinstance(node, dict):
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return None
    return node
