"""The request as the framework hands it out: its headers, cookies and query, its path, what an app keeps beside it."""

import ast
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from upheld.model import ClaimKind, Operation
from upheld.source.operations import op
from upheld.source.values import (
    FOREIGN,
    LOST,
    NONE,
    Bound,
    Input,
    Known,
    Scope,
    Special,
    Value,
)

if TYPE_CHECKING:
    from upheld.source.machine import Machine


BAGS = {"query_params": "query", "headers": "header", "cookies": "cookie", "path_params": "path"}
"""Attributes of a request that are looked into by name, and the location that their names are of."""


_OWN = frozenset({"state", "app", "user", "auth", "session", "endpoint", "route", "router"})
"""Where the app, or a middleware of its, may keep anything of its own."""


def attribute(machine: "Machine", this: Special, name: str) -> Value:
    """Return an attribute of the request, or of a part of it."""
    if this.name == "request":
        if name in BAGS:
            return Special("bag", BAGS[name])
        if name == "method":
            return Known(this.payload.method) if this.payload is not None else FOREIGN
        if name == "url":
            return Special("url", this.payload)
        if name in ("json", "body", "form"):
            return Special("reading", name)
        handler = this.payload.handler if this.payload is not None else None
        if name == "app" and handler is not None and len(handler.apps) == 1:
            return Known(handler.apps[0])
        if name == "scope":
            return Special("scope", this.payload)
        if name in _OWN:
            return LOST
    if this.name == "url" and name == "path" and this.payload is not None:
        return _path(this.payload)
    if this.name == "tasks" and name == "add_task":
        return Special("add_task")
    if this.name == "bag":
        return Bound(Special("bag", name), this)
    return FOREIGN


def uploaded(this: Input, name: str) -> Value:
    """Return an attribute of a file of a form: what its part says of it, or what is in it."""
    if name in ("filename", "content_type"):
        return Input((*this.where, name), str, optional=name == "content_type")
    return Special("reading", (*this.where, "data")) if name == "read" else FOREIGN


def _path(operation: Operation) -> Value:
    """Return the path of a request: a text with the path parameters in it."""
    found: list[Value] = []
    for position, part in enumerate(re.split(r"\{([^}]*)\}", operation.path)):
        if position % 2 == 0:
            found += [Known(part)] if part else []
            continue
        schema = next((one.schema for one in operation.parameters if (one.location, one.name) == ("path", part)), None)
        whole = isinstance(schema, Mapping) and schema.get("type") == "integer"
        found.append(Input(("path", part), int if whole else str))
    return op("text", *found) or FOREIGN


def item(machine: "Machine", this: Special, index: Value, node: ast.AST, scope: Scope) -> Value:
    """Return an item of the request's headers, cookies or query."""
    if this.name == "scope" and isinstance(index, Known):
        if index.value == "type":
            return Known("http")
        if index.value == "path":
            return attribute(machine, Special("url", this.payload), "path")
        same = index.value == "method" or index.value in _OWN
        return attribute(machine, Special("request", this.payload), str(index.value)) if same else FOREIGN
    if this.name != "bag" or not isinstance(index, Known) or not isinstance(index.value, str):
        return FOREIGN
    found = named(machine, this.payload, index.value, node, scope)
    absent = op("is", found, NONE)
    if absent is not None and machine.path.decide(absent, (*machine.place(node, scope), "named")):
        raise machine.raises(KeyError, node, scope)
    return found


def named(machine: "Machine", location: str, name: str, node: ast.AST, scope: Scope) -> Input:
    """Return a member of the request that the code asks for by its name."""
    name = name.lower() if location == "header" else name
    machine.meet(ClaimKind.READS, node, scope, where=(location, name))
    return Input((location, name), str, optional=True)
