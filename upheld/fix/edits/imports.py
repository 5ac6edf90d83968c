"""`from module import name`, where isort and Ruff would put it."""

import ast
import functools
import importlib.util
import itertools
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeGuard

from upheld.fix.edits.bench import Bench
from upheld.fix.edits.kinds import EditError
from upheld.fix.edits.lines import (
    before_definitions,
    bound_names,
    docstring,
    first_line,
    leading,
    put,
    run_statements,
)
from upheld.fix.edits.text import Splice, width_of

_FOUNDATION = frozenset({"annotated_types", "fastapi", "pydantic", "pydantic_core", "starlette", "typing_extensions"})
"""Third parties that fixes import from, wherever they lie."""
_FUTURE, _STANDARD, _THIRD, _FIRST, _LOCAL = range(5)


def import_name(bench: Bench, module: str, name: str, other: str = "") -> None:
    """Bind a name by an import, unless it is bound so; to `other`, where that is given.

    Errors: EditError where it means something else.
    """
    bound = other or name
    tree, text = bench.text.tree, bench.text
    package = text.values.get("__package__")
    wanted = _absolute(module, package)
    for statement in run_statements(tree.body):
        if _same_module(statement, wanted, package) and any(
            each.name == name and (each.asname or name) == bound for each in statement.names
        ):
            bench.check(text.at(statement), text.end(statement))
            return
    for statement in run_statements(tree.body):
        if bound in bound_names(statement):
            raise EditError(
                f"{text.place(text.at(statement))}: {bound} is bound here, expected to import it from {module}"
            )
    if other:
        bench.add(_new(bench, module, f"{name} as {other}"))
        return
    for statement in before_definitions(tree):
        if _same_module(statement, wanted, package) and any(
            each.name != "*" and each.asname is None for each in statement.names
        ):
            _merge(bench, statement, name)
            return
    bench.add(_new(bench, module, name))


def _same_module(statement: ast.stmt, module: str, package: object) -> TypeGuard[ast.ImportFrom]:
    return isinstance(statement, ast.ImportFrom) and _absolute(_module(statement), package) == module


def _absolute(module: str, package: object) -> str:
    """Return the whole name of a module, where the package that names it from within is known."""
    level = len(module) - len(module.lstrip("."))
    if not level or not isinstance(package, str) or not package:
        return module
    above = package.split(".")[: package.count(".") + 2 - level]
    return ".".join([*above, module[level:]]).rstrip(".")


def _merge(bench: Bench, statement: ast.ImportFrom, name: str) -> None:
    text = bench.text
    start, end = text.at(statement), text.end(statement)
    at = _position([each.name for each in statement.names], name)
    if text.source[end - 1] == ")":
        tree = bench.open(start, end, before="", after="")
        tree.closing(end).insert(at, [name], text)
        return
    bench.check(start, end)
    width = width_of(text.source[text.line_start(start) : end]) + 2 + len(name) + text.suffix(end)
    spans = [(text.at(each), text.end(each)) for each in statement.names]
    if width <= bench.width or "\n" in text.source[start:end] or "\r" in text.source[start:end]:
        if at < len(spans):
            bench.add(Splice(spans[at][0], spans[at][0], f"{name}, "))
        else:
            bench.add(Splice(end, end, f", {name}"))
        return
    inner = f"{text.newline}{text.indent(start)}{text.unit}"
    bench.add(Splice(spans[0][0], spans[0][0], f"({inner}{name},{inner}" if at == 0 else f"({inner}"))
    for index, ((_, left), (right, _)) in enumerate(itertools.pairwise(spans), 1):
        bench.add(Splice(left, right, f",{inner}{name},{inner}" if at == index else f",{inner}"))
    last = f",{inner}{name}" if at == len(spans) else ""
    bench.add(Splice(end, end, f"{last},{text.newline}{text.indent(start)})"))


def _position(names: Sequence[str], name: str) -> int:
    """Return where a name goes among others, sorted as they are."""
    orders: tuple[Callable[[str], tuple[object, ...]], ...] = (
        lambda each: (_kind_of_name(each), _natural(each), each),
        lambda each: (_natural(each), each),
        lambda each: (each,),
    )
    for order in orders:
        if sorted(names, key=order) == list(names):
            return next((index for index, each in enumerate(names) if order(each) > order(name)), len(names))
    return len(names)


def _kind_of_name(name: str) -> int:
    if len(name) > 1 and name.isupper():
        return 0
    return 1 if name[:1].isupper() else 2


def _natural(name: str) -> tuple[tuple[int, int, str], ...]:
    parts = re.findall(r"\d+|\D+", name.lower())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def _new(bench: Bench, module: str, name: str) -> Splice:
    text, tree = bench.text, bench.text.tree
    said = f"from {module} import {name}"
    sections = _sections(bench)
    top = module.partition(".")[0]
    for section in sections:
        if any(_package(each) == top for each in section):
            return _within(bench, section, module, said)
    first = [section for section in sections if section[0] in leading(tree)]
    kind = _kind(module)
    for section in first:
        kinds = {_kind(_module(each)) for each in section}
        if kind in kinds and (kind != _FIRST or not kinds & {_FUTURE, _STANDARD, _THIRD}):
            return _within(bench, section, module, said)
    mixed = [s for s in first if len({_kind(_module(each)) for each in s} - {_FIRST}) > 1]
    if mixed:
        return _within(bench, mixed[-1], module, said)
    earlier = [s for s in first if min(_kind(_module(each)) for each in s) < kind]
    if earlier:
        return put(text, text.next_line(text.end(earlier[-1][-1])), said, around=1)
    if first:
        return put(text, first_line(text, first[0][0]), said, around=1)
    if (doc := docstring(tree)) is not None:
        return put(text, text.next_line(text.end(doc)), said, around=1)
    offset = first_line(text, tree.body[0]) if tree.body else len(text.source)
    return put(text, offset, said, around=1)


def _within(bench: Bench, section: list[ast.stmt], module: str, said: str) -> Splice:
    text = bench.text
    froms = [each for each in section if isinstance(each, ast.ImportFrom)]
    keys = [_order(_module(each)) for each in froms]
    after = section[-1]
    if froms and keys == sorted(keys):
        later = next((each for each, key in zip(froms, keys, strict=True) if key > _order(module)), None)
        if later is not None:
            at = section.index(later)
            if at == 0:
                return put(text, first_line(text, later), said, around=0)
            after = section[at - 1]
        else:
            after = froms[-1]
    return put(text, text.next_line(text.end(after)), said, around=0)


def _sections(bench: Bench) -> list[list[ast.stmt]]:
    """Return the imports before the first definition, parted by blank lines and by what is no import."""
    text = bench.text
    sections: list[list[ast.stmt]] = []
    end: int | None = None
    for statement in before_definitions(text.tree):
        if not isinstance(statement, ast.Import | ast.ImportFrom):
            end = None
            continue
        between = "" if end is None else text.source[end : text.at(statement)]
        lines = re.split(r"\r\n|\r|\n", between)[1:-1]
        if end is None or any(not line.strip(" \t\f") for line in lines):
            sections.append([])
        sections[-1].append(statement)
        end = text.end(statement)
    return sections


def _module(statement: ast.stmt) -> str:
    if isinstance(statement, ast.ImportFrom):
        return "." * statement.level + (statement.module or "")
    return statement.names[0].name if isinstance(statement, ast.Import) else ""


def _package(statement: ast.stmt) -> str:
    return _module(statement).partition(".")[0]


def _kind(module: str) -> int:
    top = module.partition(".")[0]
    if top == "__future__":
        return _FUTURE
    if not top:
        return _LOCAL
    if top in sys.stdlib_module_names:
        return _STANDARD
    return _THIRD if top in _FOUNDATION or _installed(top) else _FIRST


@functools.cache
def _installed(top: str) -> bool:
    """Return whether a package lies where packages are installed, and not in a project."""
    try:
        found = importlib.util.find_spec(top)
    except (ImportError, ValueError):
        return False
    places = [*(found.submodule_search_locations or []), found.origin or ""] if found else []
    return any({"site-packages", "dist-packages"} & set(Path(place).parts) for place in places)


def _order(module: str) -> tuple[object, ...]:
    bare = module.lstrip(".")
    return (len(bare) - len(module), _natural(bare), bare)
