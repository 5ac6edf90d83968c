"""Where the routes of an app are made in its code: the call that takes `responses=`."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import CodeType
from typing import TypeAlias

from upheld.fix.code.files import File
from upheld.model import Called, Operation

METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
ANY = frozenset({"api_route", "route", "add_api_route"})
"""Calls that name their methods in an argument of theirs."""
ROUTERS = frozenset({"APIRouter", "FastAPI"})

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_CONVERTER = re.compile(r"\{([^{}:]+):[^{}]*\}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Site:
    """The call that makes one route."""

    file: File
    call: ast.Call
    owner: str
    """What it is called on, as written: `router`, `self.app`."""
    function: Function | None
    """The endpoint, where it stands in the same file."""


def definition(file: File, function: object) -> Function | None:
    """Return where a function is defined; `None` where two could be meant."""
    code = getattr(function, "__code__", None)
    if not isinstance(code, CodeType):
        return None
    found = [
        node
        for node in ast.walk(file.tree)
        if isinstance(node, Function)
        and node.name == code.co_name
        and min([node.lineno, *(one.lineno for one in node.decorator_list)]) == code.co_firstlineno
    ]
    return found[0] if len(found) == 1 else None


def called_by(called: Called) -> Iterator[Callable[..., object]]:
    """Yield what FastAPI calls for a request: dependencies before what takes their results."""
    for dependency in called.dependencies:
        yield from called_by(dependency)
    yield called.call


def decorated(file: File, node: Function, operation: Operation) -> Site | None:
    """Return the decorator of a function that serves an operation."""
    calls = [one for one in node.decorator_list if isinstance(one, ast.Call)]
    best = _best(file, calls, operation)
    return _site(file, best, node) if best is not None else None


def called(file: File, operation: Operation, name: str) -> Iterator[Site]:
    """Yield the calls of a file that serve an operation without decorating anything, by a function of that name."""
    best = _best(file, _once(file, _naming(file, name)), operation)
    if best is not None:
        yield _site(file, best, None)


def _naming(file: File, name: str) -> list[ast.Call]:
    """Return the calls of a file that take a function of that name."""
    calls = [
        node
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call) and not _decorates(file, node) and name in _names(node)
    ]
    return [call.func if isinstance(call.func, ast.Call) else call for call in calls]  # `app.get("/x")(endpoint)`


def given(file: File, operation: Operation, name: str) -> Iterator[Site]:
    """Yield the calls of a file that serve an operation by what is made in place: a lambda, or what a call returns.

    () where one takes a function of that name.
    """
    if any(_rating(file, call, operation) is not None for call in _naming(file, name)):
        return
    calls = []
    endpoint: ast.expr | None
    for node in ast.walk(file.tree):
        match node:
            case ast.Call(func=ast.Call() as call, args=[endpoint]):
                pass  # `app.get("/x")(endpoint)`
            case ast.Call(func=ast.Attribute(attr="add_api_route"), args=[_, endpoint, *_]) as call:
                pass
            case ast.Call(func=ast.Attribute(attr="add_api_route"), keywords=[*_]) as call:
                endpoint = keyword(call, "endpoint")
            case _:
                continue
        if isinstance(endpoint, ast.Lambda) if name == "<lambda>" else isinstance(endpoint, ast.Call):
            calls.append(call)
    best = _best(file, _once(file, calls), operation)
    if best is not None and (_rating(file, best, operation) or 0) > 1:
        yield _site(file, best, None)


def _once(file: File, calls: list[ast.Call]) -> list[ast.Call]:
    """Return the calls that no loop repeats, which makes other routes, too."""
    repeated = {id(part) for node in ast.walk(file.tree) if isinstance(node, _LOOPS) for part in ast.walk(node)}
    return [call for call in calls if id(call) not in repeated]


def constructor(file: File, owner: str, near: ast.AST | None = None) -> ast.Call | None:
    """Return the call that makes a router or an app, by the name that it is kept under; `None` for two of them.

    It stands in the innermost function around `near`, or else at the top of the file.
    """
    scopes: list[ast.AST] = [file.tree]
    if near is not None:
        scopes += [node for node in ast.walk(file.tree) if isinstance(node, Function) and _within(node, near)]
    for scope in reversed(scopes):
        found = [call for call in _assigned(scope, owner) if _called(call) in ROUTERS or not _called(call).islower()]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def named(file: File, name: str) -> object:
    """Return what a name with its attributes stands for in a file's module; `None` where that is not known."""
    found: object = file.module
    for part in name.split("."):
        found = getattr(found, part, None)
    return found


def documents(file: File, call: ast.Call) -> bool:
    """Return whether what a call calls takes `responses`, as far as that is known."""
    called = named(file, ast.unparse(call.func))
    try:
        parameters = inspect.signature(called).parameters if callable(called) else {}
    except (TypeError, ValueError):
        return True
    takes = [name == "responses" or one.kind is one.VAR_KEYWORD for name, one in parameters.items()]
    return any(takes) or not parameters


def inclusions(file: File) -> Iterator[tuple[ast.Call, str, str]]:
    """Yield the calls of a file that include a router in another, and what both are called there."""
    for node in ast.walk(file.tree):
        match node:
            case ast.Call(func=ast.Attribute(value=including, attr="include_router")):
                included = node.args[0] if node.args else keyword(node, "router")
                yield node, ast.unparse(including), ast.unparse(included) if included is not None else ""


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """Return an argument of a call, by its keyword."""
    return next((one.value for one in call.keywords if one.arg == name), None)


def _assigned(scope: ast.AST, owner: str) -> Iterator[ast.Call]:
    for node in getattr(scope, "body", ()):
        match node:
            case ast.Assign(targets=targets, value=ast.Call() as call):
                if any(ast.unparse(target) == owner for target in targets):
                    yield call
            case ast.AnnAssign(target=target, value=ast.Call() as call) if ast.unparse(target) == owner:
                yield call


def _within(node: Function, part: ast.AST) -> bool:
    line = getattr(part, "lineno", 0)
    return node.body[0].lineno <= line <= (node.end_lineno or 0)


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _decorates(file: File, call: ast.Call) -> bool:
    return any(isinstance(node, Function) and call in node.decorator_list for node in ast.walk(file.tree))


def _names(call: ast.Call) -> set[str]:
    """Return the last names of what is handed over, also within a partial."""
    return {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for argument in (*call.args, *(one.value for one in call.keywords))
        for node in ast.walk(argument)
        if isinstance(node, ast.Attribute | ast.Name)
    }


def _site(file: File, call: ast.Call, node: Function | None) -> Site:
    owner = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    return Site(file=file, call=call, owner=owner, function=node)


def _best(file: File, calls: list[ast.Call], operation: Operation) -> ast.Call | None:
    """Return the call whose method and path are the operation's: the longest path, and none where two are as long."""
    rated = [(rating, call) for call in calls if (rating := _rating(file, call, operation)) is not None]
    most = max((rating for rating, _ in rated), default=0)
    best = [call for rating, call in rated if rating == most]
    return best[0] if len(best) == 1 else None


def _rating(file: File, call: ast.Call, operation: Operation) -> int | None:
    """Return the length of the path that a call names, -1 where it cannot be read; `None` for another operation's."""
    if not isinstance(call.func, ast.Attribute) or operation.method not in _methods(file, call):
        return None
    path = call.args[0] if call.args else keyword(call, "path")
    text = _text(file, path)
    if text is None:
        return -1
    plain = _CONVERTER.sub(r"{\1}", text)
    if plain in ("", "/") or operation.path.endswith(plain):
        return len(plain)
    return None


def _methods(file: File, call: ast.Call) -> frozenset[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if name in METHODS:
        return frozenset({name.upper()})
    if name not in ANY:
        return frozenset()
    told = keyword(call, "methods")
    if told is None:
        return frozenset({"GET"})
    if isinstance(told, ast.List | ast.Tuple | ast.Set):
        return frozenset(text.upper() for one in told.elts if (text := _text(file, one)) is not None)
    return frozenset(method.upper() for method in METHODS)


def _counts(file: File, name: str) -> bool:
    """Return whether a name is a loop's, which has a value for each round."""
    return any(
        isinstance(node, ast.For) and any(isinstance(one, ast.Name) and one.id == name for one in ast.walk(node.target))
        for node in ast.walk(file.tree)
    )


def _text(file: File, node: ast.expr | None) -> str | None:
    """Return what an expression is as a text: a literal, or a constant of its module."""
    names: Mapping[str, object] = vars(file.module) if file.module is not None else {}
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.Name(id=name):
            found = names.get(name) if not _counts(file, name) else None
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            found = getattr(names.get(owner), name, None)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            parts = _text(file, left), _text(file, right)
            return f"{parts[0]}{parts[1]}" if None not in parts else None
        case _:
            return None
    return str(found) if isinstance(found, str) else None
