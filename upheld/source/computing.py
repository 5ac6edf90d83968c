"""Functions of the app's that only compute, in loops: they are evaluated whole, since one round would tell nothing.

Check digits, sums over digits, distances: no way through them says what the text or the number must be like.
"""

import ast
import builtins
import copy
import enum
import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from types import FrameType, FunctionType, ModuleType
from typing import Any, NamedTuple

from upheld.source.annotations import items_of, model_of
from upheld.source.code import Code
from upheld.source.operations import CALLS, UnsureError, packed, plain
from upheld.source.values import Input, Known, Op, Value

LINES_MOST = 3_000
"""How many lines one evaluation may run."""
_NEVER = (
    ast.Raise, ast.Global, ast.Nonlocal, ast.Await, ast.Yield, ast.YieldFrom, ast.With, ast.AsyncWith, ast.AsyncFor,
    ast.Import, ast.ImportFrom, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Delete, ast.Try, ast.Pow,
    ast.LShift,
)  # fmt: skip
"""What does more than compute, and what may become too large to be stopped."""
_BUILTINS = frozenset({"all", "any", "enumerate", "filter", "isinstance", "iter", "map", "next", "range", "zip"})
_STEPWISE = frozenset({"enumerate", "zip", "reversed"})
"""What takes one number of a range after another, so that it can be stopped."""
_GROWING = frozenset({"ljust", "rjust", "center", "zfill", "expandtabs", "to_bytes", "format", "format_map"})
_METHODS = frozenset(
    name
    for kind in (str, bytes, int, float, list, dict, set, tuple)
    for name in dir(kind)
    if not name.startswith("_") and name not in _GROWING
)


class Whole:
    """A function that is called as it is, and stopped where it takes too long."""

    def __init__(self, function: FunctionType) -> None:
        """Take the function."""
        self._function = function

    def __call__(self, *args: Any) -> Any:
        """Return what the function returns. Errors: UnsureError where it takes too long, and whatever it raises."""
        left = LINES_MOST

        def line(_frame: FrameType, _event: str, _: Any) -> Callable[..., Any]:
            nonlocal left
            left -= 1
            if left < 0:
                raise UnsureError
            return line

        before = sys.gettrace()
        sys.settrace(line)
        try:
            return self._function(*copy.deepcopy(args))
        finally:
            sys.settrace(before)


class Inline(NamedTuple):
    """An expression that is evaluated whole."""

    whole: Whole
    given: list[Value]
    """What it is called with."""
    raises: type[Exception] | None
    """What it may raise for a text of other characters."""


class Wholes:
    """Knows which functions only compute."""

    def __init__(self, code: Code) -> None:
        """Take the project's code."""
        self._code = code
        self._known: dict[FunctionType, Whole | None] = {}
        self._inline: dict[ast.expr, Whole | None] = {}

    def whole(self, function: object) -> Whole | None:
        """Return a function to be evaluated whole; `None` for one that has no loop, or does more than compute."""
        if not isinstance(function, FunctionType):
            return None
        if function not in self._known:
            node = self._code.node(function)
            loops = isinstance(node, ast.FunctionDef) and any(map(_goes_round, ast.walk(node)))
            self._known[function] = Whole(function) if loops and self._computes(function, {function}) else None
        return self._known[function]

    def inline(self, node: ast.Call, names: Mapping[str, Value], known: Mapping[str, Any]) -> "Inline | None":
        """Return a sum over a text's parts, to be evaluated whole; `None` for what is none, or does more than compute.

        `names` are the local ones, `known` those of its module.
        """
        if not (isinstance(node.func, ast.Name) and node.func.id == "sum" and "sum" not in known and node.args):
            return None
        if not isinstance(node.args[0], ast.GeneratorExp | ast.ListComp):
            return None
        parts = list(ast.walk(node))
        own = {part.id for part in parts if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)}
        free = {part.id for part in parts if isinstance(part, ast.Name) and part.id in names} - own
        given = [packed(names[name]) for name in sorted(free)]
        if not any(isinstance(one, Input | Op) for one in given) or not all(map(_is_plain, given)):
            return None
        if node not in self._inline:
            arguments = ast.arguments([], [ast.arg(name) for name in sorted(free)], None, [], [], None, [])
            made = ast.fix_missing_locations(ast.Expression(ast.copy_location(ast.Lambda(arguments, node), node)))
            function = eval(compile(made, "<sum>", "eval"), dict(known))  # noqa: S307 - makes it and does not call it
            computes = not any(isinstance(part, _NEVER) for part in parts) and _can_be_stopped(node)
            computes = computes and all(self._is_computed(part, function, own | free, set()) for part in parts)
            self._inline[node] = Whole(function) if computes else None
        whole = self._inline[node]
        return Inline(whole, given, _raised(parts)) if whole is not None else None

    def _computes(self, function: FunctionType, within: set[FunctionType]) -> bool:
        node = self._code.node(function)
        if not isinstance(node, ast.FunctionDef) or function.__closure__:
            return False
        parts = [part for statement in node.body for part in ast.walk(statement)]
        if any(isinstance(part, _NEVER) for part in parts) or not _can_be_stopped(node):
            return False
        own = {one.arg for one in ast.walk(node) if isinstance(one, ast.arg)}
        own |= {part.id for part in parts if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)}
        return all(self._is_computed(part, function, own, within) for part in parts)

    def _is_computed(self, part: ast.AST, function: FunctionType, own: set[str], within: set[FunctionType]) -> bool:
        match part:
            case ast.Attribute(ctx=ast.Store()):
                return False
            case ast.Attribute(attr=attribute) if attribute in self._code.changed.bound:
                return False
            case ast.Subscript(ctx=ast.Store(), value=value):
                return isinstance(value, ast.Name) and value.id in own
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attribute)) if name not in own:
                found = function.__globals__.get(name)
                if isinstance(found, ModuleType):
                    return _is_known(getattr(found, attribute, None))
                return attribute in _METHODS
            case ast.Call(func=ast.Attribute(attr=attribute)):
                return attribute in _METHODS
            case ast.Call(func=ast.Name(id=name)):
                return self._is_function(function.__globals__.get(name, getattr(builtins, name, None)), name, within)
            case ast.Call():
                return False
            case ast.Name(id=name) if name not in own and name in function.__globals__:
                found = function.__globals__[name]
                if isinstance(found, FunctionType):
                    return self._is_function(found, name, within)
                constant = plain(found) and not self._code.may_change(name, found)
                listed = inspect.isclass(found) and issubclass(found, enum.Enum)
                return constant or listed or isinstance(found, ModuleType) or _is_known(found)
        return True

    def _is_function(self, found: object, name: str, within: set[FunctionType]) -> bool:
        if isinstance(found, FunctionType):
            return found in within or self._computes(found, {*within, found})
        return _is_known(found) or (name in _BUILTINS and found is getattr(builtins, name))


def _can_be_stopped(node: ast.AST) -> bool:
    """Return whether the rounds over ranges are rounds of the function's own, and nothing is made many times over."""
    ranges, stepwise = [], set[int]()
    for part in ast.walk(node):
        match part:
            case ast.Call(func=ast.Name(id="range")):
                ranges.append(part)
            case ast.For(iter=goes) | ast.comprehension(iter=goes):
                stepwise.add(id(goes))
            case ast.Compare(comparators=others):
                stepwise.update(map(id, others))
            case ast.BinOp(left=left, op=ast.Mult(), right=right) if _is_repeated(left) or _is_repeated(right):
                return False
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in _STEPWISE:
            stepwise.update(map(id, part.args))
    return all(id(part) in stepwise for part in ranges)


def _is_repeated(node: ast.expr) -> bool:
    """Return whether something that is multiplied is a text or a list."""
    if isinstance(node, ast.Constant):
        return not isinstance(node.value, int | float)
    return isinstance(node, ast.List | ast.Tuple | ast.JoinedStr)


def _goes_round(part: ast.AST) -> bool:
    """Return whether every round counts: in a loop, and in a sum, but not where one item decides."""
    if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == "sum":
        return any(isinstance(inner, ast.comprehension) for inner in ast.walk(part))
    return isinstance(part, ast.For | ast.While)


def _raised(parts: list[ast.AST]) -> type[Exception] | None:
    if any(isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == "int" for part in parts):
        return ValueError
    return KeyError if any(isinstance(part, ast.Subscript) for part in parts) else None


def parameters(function: FunctionType, args: Sequence[Value], kwargs: Mapping[str, Value]) -> list[Value] | None:
    """Return what a function is called with, in order; `None` where that is not plain, or nothing of the request."""
    declared = inspect.signature(function).parameters
    given: dict[str, Value] = {**dict(zip(declared, args, strict=False)), **kwargs}
    for name, parameter in declared.items():
        if parameter.kind not in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD):
            return None
        if parameter.default is not parameter.empty:
            given.setdefault(name, Known(parameter.default))
        if name not in given:
            return None
    found = [packed(given[name]) for name in declared]
    if not any(isinstance(one, Input | Op) for one in found) or not all(map(_is_plain, found)):
        return None
    return found


def _is_plain(value: Value) -> bool:
    match value:
        case Known():
            return plain(value.value) and not value.state
        case Input():
            kind = items_of(value.annotation) or value.annotation
            return model_of(kind) is None
        case Op():
            return all(map(_is_plain, value.args))
    return False


def _is_known(found: object) -> bool:
    return (inspect.isroutine(found) or inspect.isclass(found)) and found in CALLS
