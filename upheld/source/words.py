"""Texts that something stored is compared with: states that only an earlier request can have brought about."""

import ast
import enum
from collections.abc import Iterator

from upheld.source.operations import stateful
from upheld.source.values import Bound, Display, Input, Known, Op, Value


def compared(this: Value, at: ast.expr, other: Value) -> Iterator[tuple[str, str]]:
    """Yield the texts on one side of a comparison, where the other side is stored under a name; that name with each.

    `at` is the expression of the stored side.
    """
    match at:
        case ast.Attribute(attr=str(name)) | ast.Subscript(slice=ast.Constant(value=str(name))):
            pass
        case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=str(name)), *_]):
            pass
        case _:
            return
    if _stored(this):
        yield from ((name, text) for text in _texts(other))


def asked(this: Value, at: ast.expr, arguments: list[Value]) -> Iterator[tuple[str, str]]:
    """Yield what a text that is stored under a name is asked to begin or end with; that name with each.

    `this` is the method, `at` the expression of it.
    """
    if isinstance(at, ast.Attribute) and at.attr in ("startswith", "endswith") and arguments:
        yield from compared(this.this if isinstance(this, Bound) else this, at.value, arguments[0])


def _stored(value: Value) -> bool:
    match value:
        case Known(state=state):
            return state
        case Input():
            return False
        case Op():
            return stateful(value)
    return True


def _texts(value: Value) -> Iterator[str]:
    match value:
        case Known(value=enum.Enum(value=str(text))) | Known(value=str(text)):
            yield text
        case Known(value=tuple() | list() | set() | frozenset() as parts):
            for part in parts if isinstance(parts, tuple | list) else sorted(parts, key=repr):
                yield from _texts(Known(part))
        case Display(kind="tuple" | "list" | "set", items=items):
            for item in items:
                yield from _texts(item)
