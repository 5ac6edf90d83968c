"""Names for what is written into the project's code."""

import ast
import keyword
import re
import sys
from collections.abc import Iterator
from types import ModuleType

from upheld.fix.code.files import File
from upheld.fix.code.sites import Function
from upheld.fix.edits import Import
from upheld.fix.edits.lines import before_definitions


def argument(wire: str, function: Function) -> str:
    """Return what to call a parameter of a function by its name on the wire: an identifier that is not taken.

    A name that the function gives to what it reads itself, and to nothing of another type, is not.
    """
    found = re.sub(r"\W", "_", wire, flags=re.ASCII).strip("_").lower() or "value"
    if found[0].isdigit() or keyword.iskeyword(found):
        found = f"{found}_" if keyword.iskeyword(found) else f"value_{found}"
    arguments = function.args
    parts = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    taken = {part.arg for part in parts if part is not None}
    names = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
    bound = [node for node in names if not isinstance(node.ctx, ast.Load)]
    same = set(map(id, _read_as_they_are(function)))
    taken |= {node.id for node in names} - {node.id for node in bound}
    taken |= {node.id for node in bound if id(node) not in same}
    while found in taken:
        found = f"{found}_"
    return found


def _read_as_they_are(function: Function) -> Iterator[ast.Name]:
    """Yield the names that are given to a text or nothing: to what is looked up, or to a text where there is none."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name() as name], value=value) | ast.NamedExpr(target=name, value=value):
                if _is_text(value):
                    yield name


def _is_text(value: ast.expr) -> bool:
    match value:
        case ast.Call(func=ast.Attribute(attr="get")) | ast.Subscript() | ast.Constant(value=str() | None):
            return True
        case ast.BoolOp(values=values):
            return all(map(_is_text, values))
        case ast.IfExp(body=body, orelse=other):
            return _is_text(body) and _is_text(other)
    return False


def bound(file: File, module: str, name: str) -> tuple[str, tuple[Import, ...]]:
    """Return how a file says what another module has, and the import that this takes.

    That is as it says so already, by whatever name; where the name stands for something else, it gets another.
    """
    wanted = Import(module=module, name=name)
    names = vars(file.module) if file.module is not None else {}
    found = getattr(sys.modules.get(module), name, None)
    imports = [one for one in file.tree.body if isinstance(one, ast.Import | ast.ImportFrom)]
    own = [one for one in imports if isinstance(one, ast.ImportFrom) and one.module == module and not one.level]
    if any(each.name == name and each.asname in (None, name) for one in own for each in one.names):
        return name, (wanted,)
    for one in imports:
        for each in one.names if isinstance(one, ast.ImportFrom) else ():
            if found is not None and names.get(each.asname or each.name) is found:
                return each.asname or each.name, ()
    if not own:
        for one in imports:
            for each in one.names if isinstance(one, ast.Import) else ():
                if each.name == module and (each.asname or "." not in module):
                    return f"{each.asname or module}.{name}", ()
    if name not in file.names:
        return name, (wanted,)
    other = f"{module.title()}{name}"
    while other in file.names:
        other = f"{other}_"
    return other, (Import(module=module, name=name, bound=other),)


def module_name(file: File, module: ModuleType) -> str | None:
    """Return what a file calls a module that it imports whole, before it defines anything; `None` where it does not."""
    names = vars(file.module) if file.module is not None else {}
    for one in before_definitions(file.tree):
        for each in one.names if isinstance(one, ast.Import | ast.ImportFrom) else ():
            name = each.asname or each.name
            if names.get(name) is module:
                return name
    return None
