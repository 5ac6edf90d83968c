"""The project's own files: which they are, the tree of each, and the function behind a code object."""

import ast
import functools
import inspect
import linecache
import os
import sys
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from upheld.model import Location
from upheld.source.changes import Changes, FunctionNode, changes, is_empty
from upheld.source.operations import PLAIN

_UPHELD = str(Path(__file__).resolve().parents[1])


class Code:
    """The project's files, parsed when they are first asked for."""

    def __init__(self, root: Path, package: Path | None = None) -> None:
        """Take the project's folder and, for an app that is installed, its package's folder or its one file."""
        self._root = root.resolve()
        self._below = str(self._root / "_")[:-1]
        self._package = str(package.resolve()) if package is not None else None
        self._own: dict[str, bool] = {}
        self._folders: dict[str, str] = {}
        self._trees: dict[str, ast.Module | None] = {}
        self._functions: dict[str, dict[int, list[FunctionNode]]] = {}
        self._found: dict[tuple[str, CodeType], FunctionNode | None] = {}
        self._generates: dict[FunctionNode, bool] = {}
        self._annotations: dict[ModuleType, Mapping[str, Any]] = {}
        self._attributes: dict[type, dict[str, Any]] = {}

    def own(self, file: str) -> bool:
        """Return whether a file is the project's own code."""
        known = self._own.get(file)
        if known is None:
            known = self._own[file] = self._is_own(file)
        return known

    def _is_own(self, file: str) -> bool:
        if file.startswith("<") or not file.endswith(".py"):
            return False
        text = self._real(file)
        if text.startswith(f"{_UPHELD}/"):
            return False  # what watches the app stands in its way, and is no part of it
        if self._package is not None and (text == self._package or text.startswith(f"{self._package}/")):
            return True
        return self._below_root(text) and not {"site-packages", "dist-packages"} & {*Path(text).parts}

    def _real(self, file: str) -> str:
        """Return a file's path without symbolic links; folders are asked once, for there are many files in each."""
        # Asked of each imported module, for which `Path` is too slow.
        folder, name = os.path.split(os.path.join(self._root, file))  # noqa: PTH118
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        path = os.path.join(self._folders[folder], name)  # noqa: PTH118
        return os.path.realpath(path) if os.path.islink(path) else path  # noqa: PTH114

    def _below_root(self, path: str) -> bool:
        return path.startswith(self._below)

    def owns(self, found: object) -> bool:
        """Return whether a function, class or object's class is defined in the project."""
        while isinstance(found, functools.partial):
            found = found.func
        if isinstance(found, FunctionType | MethodType):
            return self.own(found.__code__.co_filename)
        cls = found if inspect.isclass(found) else type(found)
        module = sys.modules.get(getattr(cls, "__module__", None) or "")
        file = getattr(module, "__file__", None)
        return isinstance(file, str) and self.own(file)

    def owns_module(self, module: ModuleType) -> bool:
        """Return whether a module is the project's."""
        file = getattr(module, "__file__", None)
        return isinstance(file, str) and self.own(file)

    def modules(self) -> list[ModuleType]:
        """Return the project's modules that are imported."""
        return [module for module in list(sys.modules.values()) if self.owns_module(module)]

    def tree(self, file: str) -> ast.Module | None:
        """Return the tree of a file; `None` where it cannot be parsed."""
        if file not in self._trees:
            try:
                self._trees[file] = ast.parse("".join(linecache.getlines(file)))
            except (SyntaxError, ValueError, RecursionError):
                self._trees[file] = None
        return self._trees[file]

    def node(self, function: Callable[..., object]) -> FunctionNode | None:
        """Return the definition of a function; `None` for a library's, or where two could be meant."""
        code: Any = getattr(function, "__code__", None)
        if not isinstance(code, CodeType) or not self.own(code.co_filename):
            return None
        known = (code.co_filename, code)  # code that is equal may be in two files
        if known not in self._found:
            self._found[known] = self._node(code)
        return self._found[known]

    def _node(self, code: CodeType) -> FunctionNode | None:
        lines = self._functions.get(code.co_filename)
        if lines is None:
            lines = self._functions[code.co_filename] = _by_line(self.tree(code.co_filename))
        arguments = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        found = [
            node
            for node in lines.get(code.co_firstlineno, ())
            if getattr(node, "name", "<lambda>") == code.co_name and _arguments(node) == arguments
        ]
        return found[0] if len(found) == 1 else None

    def generates(self, node: FunctionNode) -> bool:
        """Return whether a function is a generator."""
        if node not in self._generates:
            self._generates[node] = not isinstance(node, ast.Lambda) and any(map(_yields, node.body))
        return self._generates[node]

    def location(self, file: str, line: int, qualname: str = "") -> Location:
        """Return a line as findings name it."""
        path = self._real(file)
        name = Path(os.path.relpath(path, self._root) if self._below_root(path) else path).as_posix()
        return Location(path=name, line=line, code=linecache.getline(file, line).strip(), qualname=qualname)

    def annotations(self, names: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the types of a module's variables, as far as they are written and can be read."""
        module = sys.modules.get(str(names.get("__name__")))
        if module is None or vars(module) is not names:
            return {}
        if module not in self._annotations:
            try:
                self._annotations[module] = inspect.get_annotations(module, eval_str=True)
            except Exception:  # noqa: BLE001 - what is written there may be anything
                self._annotations[module] = {}
        return self._annotations[module]

    def attributes(self, cls: type) -> Mapping[str, Any]:
        """Return the types of what a class's objects hold, as they are written in it, above it or in an `__init__`.

        Those that cannot be read stay texts.
        """
        if cls not in self._attributes:
            found = self._attributes[cls] = {}
            for above in reversed(cls.__mro__):
                found |= _of_class(above)
                init = vars(above).get("__init__")
                if inspect.isfunction(init) and (node := self.node(init)) is not None:
                    found |= _of_init(node, init.__globals__)
        return self._attributes[cls]

    @cached_property
    def changed(self) -> Changes:
        """What some line of the project changes while it runs: stores, counters, switches."""
        trees = [self.tree(str(module.__file__)) for module in self.modules()]
        return changes(tree for tree in trees if tree is not None)

    def may_change(self, name: str, value: object) -> bool:
        """Return whether what a name of a module, closure or object stands for may be another one, or hold more."""
        known = self.changed
        if name in known.bound or is_empty(value):
            return True
        return name in known.filled and not isinstance(value, (*PLAIN, type, FunctionType, ModuleType))


def _of_class(cls: type) -> dict[str, Any]:
    try:
        return inspect.get_annotations(cls, eval_str=True)
    except Exception:  # noqa: BLE001 - what is written there may be anything
        return inspect.get_annotations(cls)


def _of_init(node: FunctionNode, names: dict[str, Any]) -> dict[str, Any]:
    """Return the types that an `__init__` writes beside what it sets."""
    this = next(iter(_arguments(node)), None)
    found: dict[str, Any] = {}
    for one in ast.walk(node):
        match one:
            case ast.AnnAssign(target=ast.Attribute(value=ast.Name(id=owner), attr=name), annotation=written) if (
                owner == this
            ):
                text = ast.unparse(written)
                if isinstance(written, ast.Constant) and isinstance(written.value, str):
                    text = written.value
                try:
                    found[name] = eval(text, dict(names))  # noqa: S307 - as Python reads an annotation anywhere else
                except Exception:  # noqa: BLE001 - what is written there may be anything
                    found[name] = text
    return found


def _yields(node: ast.AST) -> bool:
    if isinstance(node, ast.Yield | ast.YieldFrom):
        return True
    return not isinstance(node, FunctionNode | ast.ClassDef) and any(map(_yields, ast.iter_child_nodes(node)))


def _by_line(tree: ast.Module | None) -> dict[int, list[FunctionNode]]:
    found: dict[int, list[FunctionNode]] = {}
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, FunctionNode):
            first = min([node.lineno, *(part.lineno for part in getattr(node, "decorator_list", ()))])
            found.setdefault(first, []).append(node)
    return found


def _arguments(node: FunctionNode) -> tuple[str, ...]:
    return tuple(one.arg for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs))
