"""Responses, and exceptions that are answered: what they are made with, and how they are sent."""

import ast
import inspect
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from upheld.model import Location
from upheld.source import objects
from upheld.source.values import (
    FOREIGN,
    LOST,
    NONE,
    Args,
    Display,
    Known,
    Kwargs,
    Scope,
    Special,
    Thing,
    Value,
)

if TYPE_CHECKING:
    from upheld.source.machine import Machine


def send(machine: "Machine", args: Args, scope: Scope, node: ast.AST) -> Value:
    """Take a message that a middleware sends: the status of the answer is in one of them."""
    for name, value in objects.pairs(args[0]) if args else ():
        if isinstance(name, Known) and name.value == "status":
            machine.sent = Special("answer", (value, machine.at(node, scope)))
    return NONE


def pass_on(machine: "Machine", args: Args, scope: Scope, node: ast.AST) -> None:
    """Hand the start of an answer to the function that a middleware has put in place of `send`."""
    answer, sender = machine.sent, args[2] if len(args) > 2 else None
    if sender is None or isinstance(sender, Special):
        return
    status, place = answered(answer)
    start = [Known("type"), Known("http.response.start"), Known("status"), status, Known("headers"), FOREIGN]
    machine.sent = NONE
    machine.call(sender, [Display("dict", start)], {}, scope, node)
    if answered(machine.sent)[0] is status:
        machine.sent = Special("answer", (status, place))


def answered(answer: Value) -> tuple[Value, Location | None]:
    """Return the status of an answer and the line that decided it."""
    if isinstance(answer, Special) and answer.name == "answer":
        status, place = answer.payload
        return status or LOST, place
    if isinstance(answer, Thing) and issubclass(answer.cls, Response):
        return answer.fields.get("status_code", LOST), answer.place
    if isinstance(answer, Known) and isinstance(answer.value, Response):
        return Known(answer.value.status_code, answer.state), None
    return LOST, None


def with_status(
    machine: "Machine", cls: type, args: Args, kwargs: Kwargs, scope: Scope, node: ast.AST, position: int
) -> Thing:
    """Return a response, or an exception that is one, with the status that it is given at a position."""
    made = Thing(cls, dict(kwargs), place=machine.at(node, scope))
    if len(args) > position:
        made.fields["status_code"] = args[position]
    elif "status_code" not in kwargs:
        static = inspect.getattr_static(cls, "status_code", None)
        if isinstance(static, int):
            made.fields["status_code"] = Known(static)
    return made


def init(machine: "Machine", this: Thing, *, owner: type | None, args: Args, kwargs: Kwargs) -> Value:
    """Run a constructor of a library that a class of the app's calls."""
    if owner is not None and issubclass(owner, HTTPException | Response):
        position = 0 if issubclass(owner, HTTPException) else 1
        if len(args) > position:
            this.fields["status_code"] = args[position]
        this.fields |= kwargs
        if issubclass(owner, Response):
            this.fields.setdefault("status_code", Known(307 if issubclass(owner, RedirectResponse) else 200))
        return NONE
    objects.given(this, owner or this.cls, args, kwargs)
    return NONE
