"""What the `return`s of an endpoint make: which class of Response, with which status."""

import ast
import inspect
from collections.abc import Iterator

from upheld.fix.code import File, Site
from upheld.fix.code.sites import Function, keyword, named
from upheld.fix.code.tables import status_of


def made_of(site: Site) -> tuple[str, type] | None:
    """Return the class of Response that every `return` makes: as it is written, and itself."""
    values = list(_returned(site.function)) if site.function is not None else []
    made = [_made(site.file, value) for value in values]
    names = {each[0] for each in made if each is not None}
    return made[0] if made and None not in made and len(names) == 1 else None


def statuses(site: Site) -> frozenset[int] | None:
    """Return the statuses of the Responses that an endpoint returns; `None` where it may return anything else."""
    function = site.function
    if function is None or not _leaves(function.body):
        return None
    found = set()
    for value in _returned(function):
        made = _made(site.file, value)
        status = _status(site.file, value, made[1]) if made is not None and isinstance(value, ast.Call) else None
        if status is None:
            return None
        found.add(status)
    return frozenset(found)


def default_status(kind: type) -> int | None:
    """Return the status of a class of Response that is given none."""
    told = inspect.signature(kind).parameters.get("status_code")
    return int(told.default) if told is not None and isinstance(told.default, int) else None


def _made(file: File, value: ast.expr | None) -> tuple[str, type] | None:
    """Return the class of Response that an expression makes one of: as it is written, and itself."""
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Name | ast.Attribute):
        return None
    name = ast.unparse(value.func)
    known = named(file, name)
    return (name, known) if isinstance(known, type) and hasattr(known, "media_type") else None


def _status(file: File, call: ast.Call, kind: type) -> int | None:
    parameters = list(inspect.signature(kind).parameters)
    told = keyword(call, "status_code")
    if any(isinstance(one, ast.Starred) for one in call.args) or any(one.arg is None for one in call.keywords):
        return None
    if told is None and "status_code" in parameters[: len(call.args)]:
        told = call.args[parameters.index("status_code")]
    if told is None:
        return default_status(kind)
    key = status_of(file, told)
    return int(key) if key is not None and key.isdecimal() else None


def _returned(function: Function) -> Iterator[ast.expr | None]:
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Return):
            yield node.value
        if not isinstance(node, Function | ast.Lambda | ast.ClassDef):
            waiting += ast.iter_child_nodes(node)


def _leaves(body: list[ast.stmt]) -> bool:
    """Return whether no way through a block comes out at its end."""
    match body[-1]:
        case ast.Return() | ast.Raise():
            return True
        case ast.If(body=yes, orelse=no):
            return bool(no) and _leaves(yes) and _leaves(no)
        case ast.Try(body=tried, handlers=handlers, orelse=otherwise):
            return _leaves(otherwise or tried) and all(_leaves(one.body) for one in handlers)
    return False
