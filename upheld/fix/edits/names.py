"""What names of a module stand for, as far as the module itself says."""

import ast
import http
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import TypeGuard

from upheld.fix.edits.text import Text

_STATUS = re.compile(r"HTTP_(\d{3})_\w+")


@dataclass(frozen=True, slots=True)
class Table:
    """A dict that is written down in the module: by its texts and numbers, where each value stands."""

    node: ast.Dict | ast.Call
    alone: bool
    """Whether what asked for it is the only one that uses it."""


def table(text: Text, value: ast.expr) -> Table | None:
    """Return the dict that a name stands for all its life, or a dict that stands here; None for anything else."""
    if _is_table(value):
        return Table(value, alone=True)
    if not isinstance(value, ast.Name):
        return None
    tree = text.tree
    bound = [node for statement in tree.body for node in _assigned(statement, value.id)]
    if len(bound) != 1 or sum(_binds(node, value.id) for node in ast.walk(tree)) != 1 or not _is_table(bound[0]):
        return None
    uses = 0
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Name) and child.id == value.id and isinstance(child.ctx, ast.Load):
                uses += 1
                changed = isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load)
                if changed or (isinstance(node, ast.Attribute) and node.attr not in ("get", "items", "keys", "values")):
                    return None
        if isinstance(node, ast.Constant) and node.value == value.id:
            uses += 1  # said in `__all__`
    return Table(bound[0], alone=uses == 1 and value.id not in text.shared)


def value_of(text: Text, node: ast.expr) -> object:
    """Return what a name of the module, or of a module that it names, stands for while it runs; `None` if unknown."""
    match node:
        case ast.Name(id=name) if sum(_binds(each, name) for each in ast.walk(text.tree)) == 1:
            return text.values.get(name)
        case ast.Attribute(value=owner, attr=name) if isinstance(module := value_of(text, owner), ModuleType):
            return getattr(module, name, None)
        case _:
            return None


def _is_table(value: ast.expr) -> TypeGuard[ast.Dict | ast.Call]:
    match value:
        case ast.Dict():
            return True
        case ast.Call(func=ast.Name(id="dict"), args=[]):
            return True
        case _:
            return False


def _assigned(statement: ast.stmt, name: str) -> Iterator[ast.expr]:
    match statement:
        case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
            yield value
        case ast.AnnAssign(target=ast.Name(id=found), value=ast.expr() as value) if found == name:
            yield value


def _binds(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Name(id=found, ctx=ast.Store() | ast.Del()):
            return found == name
        case ast.arg(arg=found) | ast.FunctionDef(name=found) | ast.AsyncFunctionDef(name=found):
            return found == name
        case ast.ClassDef(name=found) | ast.ExceptHandler(name=found) | ast.MatchAs(name=found):
            return found == name
        case ast.alias(name=found, asname=other):
            return (other or found.partition(".")[0]) == name
        case _:
            return False


def _is_enum(tree: ast.Module, owner: ast.expr) -> bool:
    """Return whether an expression is `http.HTTPStatus`, by whatever name it was imported."""
    if not isinstance(owner, ast.Name) or owner.id == "HTTPStatus":
        return True
    imported = [each for statement in tree.body if isinstance(statement, ast.ImportFrom) for each in statement.names]
    return any(each.asname == owner.id and each.name == "HTTPStatus" for each in imported)


def entries(node: ast.Dict | ast.Call) -> list[tuple[ast.expr | str | None, ast.expr]]:
    """Return the keys and values of a dict as they stand; a key of None for one that is spread."""
    if isinstance(node, ast.Dict):
        return list(zip(node.keys, node.values, strict=True))
    return [(keyword.arg, keyword.value) for keyword in node.keywords]


def key_text(tree: ast.Module, key: ast.expr | str | None) -> str | None:
    """Return a key as a document has it: "404", "4XX", "text/plain"; None when it is not known."""
    match key:
        case str():
            return key
        case ast.Constant(value=str() as text):
            return text
        case ast.Constant(value=int() as number) if not isinstance(number, bool):
            return str(number)
        case ast.Attribute(value=inner, attr="value") | ast.Call(func=ast.Name(id="int" | "str"), args=[inner]):
            return key_text(tree, inner)
        case ast.Attribute(attr=name) | ast.Name(id=name) if found := _STATUS.fullmatch(name):
            return found[1]
        case ast.Attribute(value=ast.Name() | ast.Attribute(attr="HTTPStatus") as owner, attr=name) if _is_enum(
            tree, owner
        ):
            status = http.HTTPStatus.__members__.get(name)
            return None if status is None else str(status.value)
        case ast.Name(id=name):
            bound = [value for statement in tree.body for value in _assigned(statement, name)]
            if len(bound) == 1 and not isinstance(bound[0], ast.Name):
                return key_text(tree, bound[0])
    return None
