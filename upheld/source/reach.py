"""What an operation may run that was not followed: the functions that its code names, however they are called.

Operators, validators, callbacks and what is called by a name in a text are all found by what the code mentions: a
function may run where something that may run names it, a method where its class is in reach as well.
"""

import ast
import dis
import functools
import inspect
import re
import sys
import typing
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from fastapi.params import Depends
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Router

from upheld.source.answering import Answering, answering, is_answer
from upheld.source.code import Code

_CLOSED = (Starlette, BaseRoute, Router, Depends, ModuleType)
"""What leads to everything else: what it calls is known in other ways."""
_PARTS_MOST, _DEEPEST, _OBJECTS_MOST = 200, 3, 50_000
_WORD, _DOTTED = re.compile(r"[^\W\d]\w*"), re.compile(r"[\w.:]+")
_KNOWN = frozenset({"fastapi", "starlette", "pydantic", "functools", "contextlib", "typing", "abc", "builtins"})
"""Packages whose decorators are followed, or call nothing later."""
_OF_MODULE = frozenset({"LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS", "IMPORT_NAME"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mentions:
    """What the code of one function says."""

    names: frozenset[str]
    """Its identifiers, and the words of its texts."""
    found: tuple[Any, ...]
    """What the names stand for."""


@dataclass(slots=True)
class _Walk:
    """What has come in reach of one operation."""

    functions: dict[CodeType, FunctionType] = field(default_factory=dict)
    classes: dict[type, None] = field(default_factory=dict)
    modules: dict[ModuleType, None] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    seen: set[int] = field(default_factory=set)
    kept: list[Any] = field(default_factory=list)
    """So that no object made on the way gives its id to another."""
    waiting: list[tuple[Any, int]] = field(default_factory=list)


class Reach:
    """Finds what may run; what each function says is read once for all operations."""

    def __init__(self, code: Code) -> None:
        """Take the project's code."""
        self._code = code
        self._mentioned: dict[CodeType, _Mentions] = {}
        self._answering: dict[CodeType, Answering] = {}

    def answers(
        self, roots: Iterable[object], followed: AbstractSet[ast.AST], handled: AbstractSet[object]
    ) -> AbstractSet[int] | None:
        """Return the statuses that may be answered by what may run beside what was followed; `None` for any.

        `handled` are the exceptions that a handler of the app's answers.
        """
        walk = _Walk(waiting=[(root, 0) for root in roots])
        while walk.waiting:
            while walk.waiting:
                self._take(walk, *walk.waiting.pop())
                if len(walk.kept) > _OBJECTS_MOST:
                    return None
            self._name(walk)
        found: set[int] = set()
        for function in walk.functions.values():
            if self._code.node(function) not in followed:
                statuses = self._answers(function, handled)
                if statuses is None:
                    return None
                found |= statuses
        return found

    def methods(self, names: AbstractSet[str]) -> list[object]:
        """Return the methods of those names, of whatever class of the project's."""
        return [static for name in sorted(names) for static in self._methods.get(name, ())]

    @cached_property
    def _methods(self) -> dict[str, list[object]]:
        found: dict[str, list[object]] = {}
        for module in self._code.modules():
            for cls in [
                one for one in vars(module).values() if inspect.isclass(one) and one.__module__ == module.__name__
            ]:
                for name, static in vars(cls).items():
                    if not name.startswith("__") and isinstance(
                        static, FunctionType | staticmethod | classmethod | property
                    ):
                        found.setdefault(name, []).append(static)
        return found

    @cached_property
    def registered(self) -> list[object]:
        """The functions that the modules have given to libraries other than the framework: listeners, hooks."""
        found: list[object] = []
        for module in self._code.modules():
            names = vars(module)
            for node in getattr(self._code.tree(str(module.__file__)), "body", ()):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    found += [names.get(node.name)] * any(self._takes(one, names) for one in node.decorator_list)
                elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and self._takes(node.value, names):
                    found += [names.get(one.id) for one in node.value.args if isinstance(one, ast.Name)]
        return [one for one in found if isinstance(one, FunctionType)]

    def _takes(self, node: ast.expr, names: Mapping[str, Any]) -> bool:
        """Return whether a decorator or a call is a library's that may call what it is given."""
        while isinstance(node, ast.Call | ast.Attribute):
            node = node.func if isinstance(node, ast.Call) else node.value
        found = names.get(node.id) if isinstance(node, ast.Name) else None
        kind = found if isinstance(found, ModuleType | FunctionType) or inspect.isclass(found) else type(found)
        package = str(getattr(kind, "__module__", None) or getattr(kind, "__name__", "")).partition(".")[0]
        return found is not None and package not in _KNOWN and not self._code.owns(found)

    # What is in reach -------------------------------------------------------------------------------------------------

    def _take(self, walk: _Walk, found: Any, depth: int) -> None:
        if id(found) in walk.seen or depth > _DEEPEST:
            return
        walk.seen.add(id(found))
        walk.kept.append(found)
        if isinstance(found, FunctionType):
            self._function(walk, found, depth)
        elif isinstance(found, ModuleType):
            if self._code.owns_module(found):
                walk.modules[found] = None
        elif inspect.isclass(found) and not typing.get_args(found):
            if self._code.owns(found):
                walk.classes |= dict.fromkeys(one for one in found.__mro__ if self._code.owns(one))
                walk.waiting += [(one, 0) for one in (type(found), *type.__subclasses__(found))]
        elif not isinstance(found, str | bytes | int | float | None):
            own = self._code.owns(found)
            deeper = 1 if not own and _members(found) else 0
            walk.waiting += [(part, depth + deeper) for part in _parts(found, own=own)]
            if own:
                walk.waiting.append((type(found), 0))

    def _function(self, walk: _Walk, function: FunctionType, depth: int) -> None:
        if not self._code.own(function.__code__.co_filename):
            walk.waiting += [(part, depth + 1) for part in (getattr(function, "__wrapped__", None), *_cells(function))]
            return
        said = self._mentioned.get(function.__code__)
        if said is None:
            said = self._mentioned[function.__code__] = _mentions(function)
        walk.functions[function.__code__] = function
        walk.names |= said.names
        walk.waiting += [(part, 0) for part in (*said.found, *_cells(function))]

    def _name(self, walk: _Walk) -> None:
        """Take what the names reach that were read by now: methods of classes, members of modules."""
        for module in walk.modules:
            members = vars(module)
            found = [members[name] for name in sorted(walk.names & members.keys())]
            walk.waiting += [(member, 0) for member in found if id(member) not in walk.seen]
        for cls in walk.classes:
            for name, static in [*vars(cls).items()]:
                if id(static) not in walk.seen and (
                    name in walk.names or name.startswith("__") or self._called_by_library(cls, name, static)
                ):
                    walk.waiting.append((static, 0))

    def _called_by_library(self, cls: type, name: str, static: object) -> bool:
        """Return whether a library's class has a method of that name, or a decorator has marked it for a library."""
        return bool(isinstance(static, FunctionType) and vars(static)) or any(
            name in vars(above) for above in cls.__mro__ if above is not object and not self._code.owns(above)
        )

    # What may answer --------------------------------------------------------------------------------------------------

    def _answers(self, function: FunctionType, handled: AbstractSet[object]) -> AbstractSet[int] | None:
        known = function.__code__
        if known not in self._answering:
            said, node = self._mentioned[known], self._code.node(function)
            silent = "status_code" not in said.names and not any(map(is_answer, said.found))
            self._answering[known] = answering(node, function, silent=silent)
        found = self._answering[known]
        if found.raised is None or any(not handled.isdisjoint(cls.__mro__) for cls in found.raised):
            return None
        return found.statuses


def _parts(found: Any, *, own: bool) -> Iterator[Any]:
    """Yield what an object is made of, as far as functions may be in it."""
    if isinstance(found, functools.partial):
        yield from (found.func, *found.args, *found.keywords.values())
    elif isinstance(found, MethodType):
        yield from (found.__func__, found.__self__)
    elif isinstance(found, property):
        yield from (found.fget, found.fset, found.fdel)
    elif isinstance(found, Mapping):
        yield from [part for pair in [*found.items()][:_PARTS_MOST] for part in pair]
    elif isinstance(found, list | tuple | set | frozenset):
        yield from [*found][:_PARTS_MOST]
    elif typing.get_origin(found) is not None:
        yield from (typing.get_origin(found), *typing.get_args(found))
    elif type(found).__name__ == "TypeAliasType":
        yield found.__value__
    elif isinstance(found, typing.NewType):
        yield found.__supertype__
    elif own or not isinstance(found, _CLOSED):
        yield from _fields(found)


def _fields(found: Any) -> Iterator[Any]:
    yield from [*_members(found).values()][:_PARTS_MOST]
    for cls in type(found).__mro__:
        slots = vars(cls).get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            try:
                yield object.__getattribute__(found, name)
            except AttributeError:
                continue
    if isinstance(found, staticmethod | classmethod):
        yield found.__func__


def _members(found: Any) -> dict[str, Any]:
    """Return an object's own members, past whatever it answers when it is asked for one."""
    try:
        members = object.__getattribute__(found, "__dict__")
    except AttributeError:
        return {}
    return members if isinstance(members, dict) else {}


def _cells(function: FunctionType) -> Iterator[Any]:
    for cell in function.__closure__ or ():
        try:
            yield cell.cell_contents
        except ValueError:  # an empty one
            continue


def _mentions(function: FunctionType) -> _Mentions:
    names, texts = set[str](), list[str]()
    of_module: dict[str, None] = {}
    waiting: list[Any] = [function.__code__]
    while waiting:
        one = waiting.pop()
        if isinstance(one, CodeType):
            names.update(one.co_names)
            of_module |= {step.argval: None for step in dis.get_instructions(one) if step.opname in _OF_MODULE}
            waiting += one.co_consts
        elif isinstance(one, str):
            texts.append(one)
        elif isinstance(one, tuple | frozenset):
            waiting += one
    names.update(word for text in texts if _DOTTED.fullmatch(text) for word in _WORD.findall(text))
    annotations = function.__annotations__
    for text in annotations.values():
        of_module |= dict.fromkeys(_WORD.findall(text) if isinstance(text, str) else ())
    scope = function.__globals__
    found = [scope[name] for name in of_module if name in scope]
    found += _imported(names, str(scope.get("__package__") or ""))
    found += [*annotations.values(), *(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()]
    return _Mentions(names=frozenset(names), found=tuple(found))


def _imported(names: Iterable[str], package: str) -> list[ModuleType]:
    """Return the modules that a function imports, by what it says of them."""
    parents = [package.rsplit(".", up)[0] for up in range(package.count(".") + 1)] if package else []
    known = [f"{parent}.{name}" if name else parent for parent in parents for name in names]
    return [sys.modules[name] for name in sorted({*names, *known}) if name in sys.modules]
