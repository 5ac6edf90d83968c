"""A request taken apart by its operation's template, so that one member can be exchanged for another."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from urllib.parse import parse_qsl, quote, quote_plus, unquote

from upheld import multipart
from upheld.drive.wire import cookies, query_pairs
from upheld.media import FORMS, is_json, media_type
from upheld.model import TRANSPORTS, Json, Operation, Request, Schema
from upheld.multipart import Part

_ABSENT = object()
_TRANSPORTABLE = re.compile(r"[!-:<-~\x80-\xff]([ -:<-~\x80-\xff]*[!-:<-~\x80-\xff])?|")
"""What a header and a cookie can carry without being quoted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A request's members: path and query as text, a JSON body as its value."""

    request: Request
    template: str
    path: tuple[tuple[str, str], ...]
    query: tuple[tuple[str, str], ...]
    body: Json
    """The parsed JSON body; a marker where there is none, or it is no JSON."""
    form: tuple[Part, ...] = ()
    """The members of a form body, urlencoded or multipart; () for any other."""

    @property
    def has_json(self) -> bool:
        """Whether `body` holds a value."""
        return self.body is not _ABSENT

    @property
    def has_object(self) -> bool:
        """Whether `body` is an object."""
        return isinstance(self.body, dict)

    def built(self) -> Request:
        """Put the request together again."""
        path = self.template
        for name, value in self.path:
            path = path.replace("{" + name + "}", _quoted(value) or "%20")
        query = "&".join([f"{_quoted_plus(name)}={_quoted_plus(value)}" for name, value in self.query])
        request = self.request
        return Request(
            method=request.method,
            target=f"{path}?{query}" if query else path,
            headers=request.headers,
            body=json.dumps(self.body, ensure_ascii=True).encode() if self.has_json else request.body,
            credentials=request.credentials,
            padding=request.padding,
        )

    def with_parts(self, parts: Iterable[Part]) -> "Shape":
        """Return this shape with another form."""
        form = tuple(parts)
        if media_type(self.request.header("content-type")) == FORMS[0]:
            body = "&".join(f"{_quoted_plus(part.name)}={_quoted_plus(part.data)}" for part in form).encode()
        else:
            body = multipart.join(form)[0]
        return replace(self, form=form, request=replace(self.request, body=body))

    def with_path(self, name: str, value: str) -> "Shape":
        """Return this shape with another path value."""
        return replace(self, path=tuple((key, value if key == name else old) for key, old in self.path))

    def with_query(self, name: str, value: str | None) -> "Shape":
        """Return this shape with another query value; `None` drops it."""
        rest = tuple(pair for pair in self.query if pair[0] != name)
        return replace(self, query=rest if value is None else (*rest, (name, value)))

    def pairs(self, location: str) -> Iterable[tuple[str, str]]:
        """Return the names and values of the query, the headers or the cookies."""
        match location:
            case "query":
                return self.query
            case "cookie":
                return cookies(self.request.header("cookie"))
            case _:
                return self.request.headers

    def with_pair(self, location: str, name: str, value: str | None) -> "Shape":
        """Return this shape with another query value, header or cookie; `None`, or what none can carry, drops it."""
        if location == "query":
            return self.with_query(name, value)
        if location == "header" and name.lower() in TRANSPORTS:
            return self
        if value is not None and not transportable(value):
            value = None
        if location == "cookie":
            rest = [pair for pair in self.pairs("cookie") if pair[0] != name]
            kept = [*rest, (name, value)] if value is not None else rest
            name, value = "cookie", "; ".join(f"{key}={text}" for key, text in kept) or None
        others = tuple(pair for pair in self.request.headers if pair[0] != name.lower())
        headers = others if value is None else (*others, (name.lower(), value))
        return replace(self, request=replace(self.request, headers=headers))

    def without_body(self) -> "Shape":
        """Return this shape without a body and its media type."""
        headers = tuple(pair for pair in self.request.headers if pair[0] != "content-type")
        return replace(self, body=_ABSENT, form=(), request=replace(self.request, body=None, headers=headers))

    def with_member(self, path: tuple[str | int, ...], value: Json) -> "Shape":
        """Return this shape with another member in its JSON body."""
        return replace(self, body=_placed(self.body, path, value))

    def without_member(self, path: tuple[str | int, ...]) -> "Shape":
        """Return this shape without a member of its JSON body."""
        return replace(self, body=_placed(self.body, path, _ABSENT))


def _raw(text: str) -> bytes:
    """Return a text's bytes: those that were no UTF-8 as they came, other lone surrogates as if they had any."""
    try:
        return text.encode("utf-8", errors="surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", errors="surrogatepass")


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    return quote(_raw(text), safe="")


@lru_cache(maxsize=4096)
def _quoted_plus(text: str) -> str:
    return quote_plus(_raw(text))


@lru_cache(maxsize=4096)
def _unquoted(text: str) -> str:
    return unquote(text, errors="surrogateescape")


def transportable(text: str) -> bool:
    """Return whether a header or a cookie can carry a text without quoting it."""
    return _TRANSPORTABLE.fullmatch(text) is not None


def take_apart(request: Request, operation: Operation) -> Shape | None:
    """Return a request's members; `None` where its path does not fit the template."""
    path, _, query = request.target.partition("?")
    names, pattern = _template(operation.path)
    found = pattern.fullmatch(path)
    if found is None:
        return None
    body: Json = _ABSENT
    form: list[Part] = []
    sent = media_type(request.header("content-type")) if request.body else ""
    if request.body and is_json(sent):
        try:
            body = json.loads(request.body)
        except (ValueError, RecursionError):
            body = _ABSENT
    elif request.body and sent == FORMS[0]:
        pairs = parse_qsl(request.body.decode("latin-1"), keep_blank_values=True, errors="surrogateescape")
        form = [Part(name=name, data=value) for name, value in pairs]
    elif request.body and sent == FORMS[1]:
        form = multipart.split(request.body, request.header("content-type") or "") or []
    return Shape(
        request=request,
        template=operation.path,
        path=tuple(zip(names, map(_unquoted, found.groups()), strict=True)),
        query=query_pairs(query) if query else (),
        body=body,
        form=tuple(form),
    )


@cache
def _template(template: str) -> tuple[list[str], re.Pattern[str]]:
    """Return the names in a path's template, and the pattern of such paths."""
    parts = (part for part in re.split(r"(\{[^}]*\})", template) if part)
    pattern = "".join("([^/]*)" if part.startswith("{") else re.escape(part) for part in parts)
    return re.findall(r"\{([^}]*)\}", template), re.compile(pattern)


def body_schema(operation: Operation) -> Schema:
    """Return what is documented of an operation's body, `True` where nothing is; of several media types, the first."""
    entries = operation.body.content.values() if operation.body is not None else ()
    return next((entry.schema for entry in entries if entry.schema is not None), True)


def members(value: Json, most: int = 64) -> Iterator[tuple[tuple[str | int, ...], Json]]:
    """Yield every member of a JSON value below its root, with its path; outer before inner."""
    waiting: list[tuple[tuple[str | int, ...], Json]] = [((), value)]
    for path, node in waiting:  # which grows meanwhile
        if path:
            if most <= 0:
                return
            yield path, node
            most -= 1
        if isinstance(node, dict):
            waiting += [((*path, name), part) for name, part in node.items()]
        elif isinstance(node, list):
            waiting += [((*path, index), part) for index, part in enumerate(node[:8])]


def _placed(node: Json, path: tuple[str | int, ...], value: Json) -> Json:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(node, dict):
        made = dict(node)
        placed = _placed(node.get(step), rest, value)
        if placed is _ABSENT:
            made.pop(step, None)
        else:
            made[step] = placed
        return made
    if isinstance(node, list) and isinstance(step, int) and step < len(node):
        placed = _placed(node[step], rest, value)
        return [*node[:step], *([] if placed is _ABSENT else [placed]), *node[step + 1 :]]
    return node
