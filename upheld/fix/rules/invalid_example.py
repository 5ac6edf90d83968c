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


def fix(cases: Sequence[Case], project: Project) -> Iterator[tuple[Case, Patch]]:
    """Yield a patch for each example that is written out as a literal."""
    for case in cases:
        line, example = case.finding.location, case.example
        file = project.files.at(line.path) if line is not None else None
        if line is None or example is None or file is None or case.operation is None:
            continue
        edit = _edit(file, line.line, example, Judge.of(case.operation.document))
        if edit is not None:
            told = "correct the example" if isinstance(edit, Replace) else "take the example out"
            yield case, Patch(summary=told, edits={file.path: (edit,)})


def _edit(file: File, line: int, example: Example, judge: Judge) -> Edit | None:
    parents = {child: node for node in ast.walk(file.tree) for child in ast.iter_child_nodes(node)}
    nodes = [
        node for node in parents if isinstance(node, ast.expr) and node.lineno == line and _is(node, example.value)
    ]
    if len(nodes) != 1:
        return None
    node = nodes[0]
    corrected = _corrected(example, judge)
    if corrected is not None:
        return Replace(expression=place(node), end=end(node), code=corrected)
    return _removal(node, parents)


def _is(node: ast.expr, value: Json) -> bool:
    try:
        return bool(ast.literal_eval(node) == value)
    except (ValueError, TypeError, SyntaxError, RecursionError):
        return False


def _corrected(example: Example, judge: Judge) -> str | None:
    """Return the example as its schema wants it, where the text, the number or one of its members only was another."""
    value, schema = example.value, example.schema
    if isinstance(value, dict):
        problems = judge.problems(schema, value) or ()
        if not problems or any(len(problem.path) != 1 for problem in problems):
            return None
        fixed = dict(value)
        for problem in problems:
            name = problem.path[0]
            fixed[name] = _read(value[name], judge, judge.member(schema, name))
    else:
        fixed = _read(value, judge, schema)
    return repr(fixed) if fixed != value and judge.valid(schema, fixed) else None


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
    while True:
        above = parents.get(node)
        match above:
            case ast.List(elts=elements) | ast.Tuple(elts=elements) if len(elements) > 1:
                return Remove(element=place(node))
            case ast.List() | ast.Tuple():
                node = above
            case ast.Dict(keys=keys, values=values):
                key = keys[values.index(node)]
                if key is None:
                    return None
                name = key.value if isinstance(key, ast.Constant) else None
                if name == "value" or (name in _KEYS and len(keys) == 1) or len(keys) == 1:
                    node = above
                    continue
                return Remove(element=place(key))
            case ast.keyword(arg=name) if name in _KEYS | {"json_schema_extra", "openapi_extra"}:
                return Remove(element=place(node))
            case _:
                return None
