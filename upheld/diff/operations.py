"""The operations of a document as they are compared: references followed, each part with the way to it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from upheld.dialect import METHODS
from upheld.model import Json, UpheldError
from upheld.pointer import pointed, pointer
from upheld.pointer import tokens as way

UNDOCUMENTED = frozenset({"accept", "content-type", "authorization"})
"""Headers that OpenAPI says otherwise, and not as parameters (OpenAPI 3.1.1, Parameter Object)."""
FOLLOWED_MOST = 50

Tokens: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """An object of a document and where it stands."""

    raw: Mapping[str, Any]
    tokens: Tokens

    @property
    def pointer(self) -> str:
        """Where it stands, as a JSON pointer."""
        return pointer(self.tokens)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Call:
    """An operation: one that is called, or one that the service calls."""

    method: str
    """In upper case."""
    path: str
    """The template, the expression of a callback or the name of a webhook."""
    part: Part
    item: Part
    """The path item that it stands in."""

    @property
    def label(self) -> str:
        """How changes name it."""
        return f"{self.method} {self.path}"

    @property
    def tags(self) -> tuple[str, ...]:
        """The names that group it."""
        return tuple(tag for tag in self.part.raw.get("tags") or () if isinstance(tag, str))


class Document:
    """Reads one document's operations."""

    def __init__(self, name: str, raw: Mapping[str, Json]) -> None:
        """Take a document and what messages call it."""
        self.name = name
        self.raw = raw

    def follow(self, node: Json, tokens: Tokens) -> Part:
        """Return the object that a node is or refers to; members beside the reference win.

        Errors: UpheldError for a reference that leads nowhere, out of the document or round in a circle, and for what
        is no object.
        """
        beside: dict[str, Any] = {}
        place = tokens
        for _ in range(FOLLOWED_MOST):
            if not isinstance(node, Mapping):
                raise UpheldError(
                    f"{self.name}: {node!r:.60} at {pointer(tokens)}, expected an object; mend the document"
                )
            reference = node.get("$ref")
            if not isinstance(reference, str):
                return Part(raw={**node, **beside} if beside else node, tokens=place)
            beside = {**{key: value for key, value in node.items() if key != "$ref"}, **beside}
            if not reference.startswith("#/"):
                raise self._lost(reference, tokens, "out of the document")
            try:
                node = pointed(self.raw, reference)
            except LookupError:
                raise self._lost(reference, tokens, "to nothing") from None
            place = way(reference[1:])
        raise self._lost(str(node.get("$ref")), tokens, "round in a circle")

    def _lost(self, reference: str, tokens: Tokens, where: str) -> UpheldError:
        return UpheldError(
            f'{self.name}: a reference {where}, "$ref": "{reference}" at {pointer(tokens)}; expected one to something '
            "that the document holds; mend the document"
        )

    def calls(self, key: str = "paths") -> dict[tuple[str, str], Call]:
        """Return the operations by method and shape of the path, in the document's order."""
        paths = self.raw.get(key)
        return self.below(paths, (key,)) if isinstance(paths, Mapping) else {}

    def below(self, paths: Mapping[str, Json], tokens: Tokens) -> dict[tuple[str, str], Call]:
        """Return the operations of some path items likewise."""
        found: dict[tuple[str, str], Call] = {}
        for path, node in paths.items():
            if path.startswith("x-"):
                continue
            item = self.follow(node, (*tokens, path))
            for method, raw in item.raw.items():
                if method in METHODS:
                    part = self.follow(raw, (*item.tokens, method))
                    found[method, shape(path)] = Call(method=method.upper(), path=path, part=part, item=item)
        return found

    def parameters(self, call: Call) -> dict[tuple[str, str], Part]:
        """Return an operation's parameters by place and name: those of a path by position, headers in lower case."""
        found: dict[tuple[str, str], Part] = {}
        positions = {name: f"{at}" for at, name in enumerate(re.findall(r"\{([^{}]+)\}", call.path))}
        for holder in (call.item, call.part):
            for at, node in enumerate(holder.raw.get("parameters") or ()):
                part = self.follow(node, (*holder.tokens, "parameters", str(at)))
                location, name = str(part.raw.get("in")), str(part.raw.get("name"))
                if location == "header":
                    name = name.lower()
                    if name in UNDOCUMENTED:
                        continue
                found[location, positions.get(name, name) if location == "path" else name] = part
        return found

    def body(self, call: Call) -> Part | None:
        """Return what an operation's body is described by; `None` where it takes none."""
        raw = call.part.raw.get("requestBody")
        return None if raw is None else self.follow(raw, (*call.part.tokens, "requestBody"))

    def answers(self, call: Call) -> dict[str, Part]:
        """Return an operation's answers by status, `4XX` or `default`."""
        found = {}
        for key, node in (call.part.raw.get("responses") or {}).items():
            if not key.startswith("x-"):
                found[key if key == "default" else key.upper()] = self.follow(
                    node, (*call.part.tokens, "responses", key)
                )
        return found

    def content(self, holder: Part) -> dict[str, Part]:
        """Return what a body holds by media type, in lower case and without parameters."""
        found = {}
        for name, node in (holder.raw.get("content") or {}).items():
            part = self.follow(node, (*holder.tokens, "content", name))
            found[name.partition(";")[0].strip().lower()] = part
        return found

    def headers(self, answer: Part) -> dict[str, Part]:
        """Return an answer's headers by name in lower case."""
        found = {}
        for name, node in (answer.raw.get("headers") or {}).items():
            if name.lower() != "content-type":
                found[name.lower()] = self.follow(node, (*answer.tokens, "headers", name))
        return found

    def callbacks(self, call: Call) -> Iterator[tuple[str, dict[tuple[str, str], Call]]]:
        """Yield the calls that an operation makes the service do, by name."""
        for name, node in (call.part.raw.get("callbacks") or {}).items():
            part = self.follow(node, (*call.part.tokens, "callbacks", name))
            yield name, self.below(part.raw, part.tokens)


def shape(path: str) -> str:
    """Return a path's template without the names of its parameters."""
    return re.sub(r"\{[^{}]*\}", "{}", path)
