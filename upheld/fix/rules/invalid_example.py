"""Correct an example that is only of another type, and take out any other.

Safety: docs only.
"""

import ast
from collections.abc import Iterator, Sequence

from upheld.fix.code import File, Project
from upheld.fix.code.places import end, place
from upheld.fix.edits import Edit, Remove, Replace
from upheld.fix.patch import Patch
from upheld.model import Case, Example, Json
from upheld.schema import Judge, UndecidedError

_KEYS = frozenset({"example", "examples", "openapi_examples"})
_EXTRA = frozenset({"json_schema_extra", "openapi_extra"})


def fix(cases: Sequence[Case], project: Project) -> Iterator[tuple[Case, Patch]]:
    """Yield a patch for each example that is written out as a literal."""
    for case in cases:
        line, example = case.finding.location, case.example
        file = project.files.at(line.path) if line is not None else None
        if line is None or example is None or file is None or case.operation is None:
            continue
        if edits := _edits(file, line.line, example, Judge.of(case.operation.document)):
            told = "correct the example" if isinstance(edits[0], Replace) else "take the example out"
            yield case, Patch(summary=told, edits={file.path: edits})


def _edits(file: File, line: int, example: Example, judge: Judge) -> tuple[Edit, ...]:
    parents = {child: node for node in ast.walk(file.tree) for child in ast.iter_child_nodes(node)}
    nodes = [
        node for node in parents if isinstance(node, ast.expr) and node.lineno == line and _is(node, example.value)
    ]
    if len(nodes) != 1:
        return ()
    node = nodes[0]
    if corrected := _corrected(node, example, judge):
        return tuple(Replace(expression=place(one), end=end(one), code=repr(value)) for one, value in corrected)
    removal = _removal(node, parents)
    return (removal,) if removal is not None else ()


def _is(node: ast.expr, value: Json) -> bool:
    try:
        return bool(ast.literal_eval(node) == value)
    except (ValueError, TypeError, SyntaxError, RecursionError):
        return False


def _corrected(node: ast.expr, example: Example, judge: Judge) -> list[tuple[ast.expr, Json]]:
    """Return what to write where, if only the type of the text, of the number or of some members is another."""
    value, schema = example.value, example.schema
    if not isinstance(value, dict):
        fixed = _read(value, judge, schema)
        return [(node, fixed)] if fixed != value and judge.valid(schema, fixed) else []
    problems = judge.problems(schema, value) or ()
    if not isinstance(node, ast.Dict) or any(len(problem.path) != 1 for problem in problems):
        return []
    names = {problem.path[0] for problem in problems}
    fixed = {name: _read(value[name], judge, judge.member(schema, name)) for name in names if name in value}
    if len(fixed) < len(names) or not judge.valid(schema, {**value, **fixed}):
        return []
    keys = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
    return [(one, fixed[key]) for key, one in zip(keys, node.values, strict=True) if key in fixed]


def _read(value: Json, judge: Judge, schema: Json) -> Json:
    types = judge.types(schema)
    if isinstance(value, str):
        try:
            return judge.reading(value, schema)
        except UndecidedError:
            return value
    if "string" in types and isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value}"
    return value


def _removal(node: ast.expr, parents: dict[ast.AST, ast.AST]) -> Edit | None:
    """Return what takes an example out with all that stands only for its sake."""
    found: Edit | None = None
    while True:
        above = parents.get(node)
        match above:
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                found = Remove(element=place(node))
                alone = len(elements) == 1
            case ast.Dict(keys=keys, values=values):
                key = keys[values.index(node)]
                if key is None:
                    return found
                found = Remove(element=place(key))
                name = key.value if isinstance(key, ast.Constant) else None
                alone = name == "value" or (len(keys) == 1 and _serves_examples(above, name, parents))
            case ast.keyword(arg=name) if name in _KEYS | _EXTRA:
                return Remove(element=place(node))
            case _:
                return found
        if not alone:
            return found
        node = above


def _serves_examples(table: ast.Dict, name: object, parents: dict[ast.AST, ast.AST]) -> bool:
    """Return whether a table with one member is nothing without it."""
    holder = parents[table]
    if isinstance(holder, ast.Dict):
        key = holder.keys[holder.values.index(table)]
        held = key.value if isinstance(key, ast.Constant) else None
    else:
        held = holder.arg if isinstance(holder, ast.keyword) else None
    return held in (_EXTRA if name in _KEYS else _KEYS)
