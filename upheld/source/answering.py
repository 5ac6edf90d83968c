"""What one function can answer by itself, as far as its text says."""

import ast
import builtins
import inspect
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import FunctionType
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from upheld.source.changes import FunctionNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """What a function can answer."""

    raised: tuple[type, ...] | None = ()
    """The exceptions that it raises, beside those that are answers; `None` where that is open."""
    statuses: AbstractSet[int] | None = frozenset()
    """Those of the answers that it makes; `None` where that is open."""


def is_answer(found: object) -> bool:
    """Return whether something is an answer, an exception that is one, or the class of such."""
    kind = found if inspect.isclass(found) else type(found)
    return issubclass(kind, HTTPException | Response)


def answering(node: FunctionNode | None, function: FunctionType, *, silent: bool) -> Answering:
    """Return what a function can answer; one that is `silent` names no answer at all."""
    if node is None:
        return Answering(statuses=frozenset() if silent else None)
    parts = [*ast.walk(node)]
    kinds = [_raised(part, function) for part in parts if isinstance(part, ast.Raise)]
    known = tuple(kind for kind in kinds if kind is not None)
    raised = tuple(kind for kind in known if not issubclass(kind, HTTPException)) if len(known) == len(kinds) else None
    return Answering(raised=raised, statuses=frozenset() if silent else _statuses(parts, function))


def _raised(node: ast.Raise, function: FunctionType) -> type | None:
    if node.exc is None:
        return type(None)  # once more what was raised elsewhere
    found = _resolved(node.exc.func if isinstance(node.exc, ast.Call) else node.exc, function)
    return found if inspect.isclass(found) else None


def _statuses(parts: Iterable[ast.AST], function: FunctionType) -> AbstractSet[int] | None:
    found: set[int] = set()
    named = made = 0
    for part in parts:
        if isinstance(part, ast.Attribute) and part.attr == "status_code":
            return None
        if isinstance(part, ast.Name | ast.Attribute) and is_answer(_resolved(part, function)):
            named += 1
        elif isinstance(part, ast.Call) and inspect.isclass(cls := _resolved(part.func, function)) and is_answer(cls):
            status = _status(part, cls, function)
            if status is None:
                return None
            made += 1
            found.add(status)
    return found if named == made else None  # one that is only named may be made elsewhere


def _status(call: ast.Call, cls: type, function: FunctionType) -> int | None:
    position = 0 if issubclass(cls, HTTPException) else 1
    given = next((one.value for one in call.keywords if one.arg == "status_code"), None)
    if given is None and len(call.args) > position:
        given = call.args[position]
    if given is None and issubclass(cls, Response):
        return 307 if issubclass(cls, RedirectResponse) else 200
    if given is None or any(one.arg is None for one in call.keywords):
        return None
    status = given.value if isinstance(given, ast.Constant) else _resolved(given, function)
    return int(status) if isinstance(status, int) else None


def _resolved(node: ast.expr, function: FunctionType) -> Any:
    """Return what a name stands for, where the module says so."""
    if isinstance(node, ast.Name):
        return function.__globals__.get(node.id, getattr(builtins, node.id, None))
    if isinstance(node, ast.Attribute):
        return getattr(_resolved(node.value, function), node.attr, None)
    return None
