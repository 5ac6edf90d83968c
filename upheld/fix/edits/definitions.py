"""Statements at the top level, such as the class of a body that had none."""

import ast
import re

from upheld.fix.edits.bench import Bench
from upheld.fix.edits.kinds import EditError
from upheld.fix.edits.lines import (
    above_comments,
    below,
    bound_names,
    docstring,
    first_line,
    leading,
    put,
    run_statements,
)
from upheld.fix.edits.literals import adapted
from upheld.fix.edits.text import Text, parsed


def define(bench: Bench, codes: list[tuple[str, int | None]]) -> None:
    """Put statements in, each behind the imports or before the statement at an offset. Errors: EditError."""
    text = bench.text
    gathered: dict[int, list[str]] = {}
    for code, before in codes:
        tree = parsed(code)
        if _is_there(text, tree):
            continue
        at = _behind_imports(text, tree, gathered) if before is None else _before(text, before)
        said = _indented(adapted(code.strip("\r\n"), text), text.unit)
        if said not in gathered.setdefault(at, []):
            gathered[at].append(said)
    for at, every in gathered.items():
        bench.add(put(text, at, "\n\n\n".join(every), around=2))


def _indented(code: str, unit: str) -> str:
    """Return code that is indented by four blanks as the file is."""
    return re.sub(r"^(?: {4})+", lambda found: unit * (len(found[0]) // 4), code, flags=re.MULTILINE)


def _is_there(text: Text, tree: ast.Module) -> bool:
    """Return whether a module has these statements. Errors: EditError where a name of theirs is another's."""
    said = [ast.dump(statement) for statement in tree.body]
    wanted = {name for statement in tree.body for name in bound_names(statement)}
    for statement in run_statements(text.tree.body):
        for name in sorted(wanted & bound_names(statement)):
            if ast.dump(statement) not in said:
                raise EditError(f"{text.place(text.at(statement))}: {name} is bound here, expected to define it anew")
    there = {ast.dump(statement) for statement in text.tree.body}
    return all(each in there for each in said)


def _before(text: Text, offset: int) -> int:
    for statement in text.tree.body:
        if first_line(text, statement) <= offset < max(text.end(statement), text.at(statement) + 1):
            return above_comments(text, first_line(text, statement))
    raise EditError(f"{text.place(offset)}: no statement at the top level stands here")


def _behind_imports(text: Text, tree: ast.Module, gathered: dict[int, list[str]]) -> int:
    """Return where a definition goes: behind the imports, and behind whatever it is made of."""
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    last = next(iter(reversed(leading(text.tree))), docstring(text.tree))
    offset = 0 if last is None else below(text, last)
    for statement in text.tree.body:
        names = {name for each in run_statements([statement]) for name in bound_names(each)}
        if names & used:
            offset = max(offset, below(text, statement))
    if offset == 0 and text.tree.body:
        return first_line(text, text.tree.body[0])
    made = {
        name
        for at, codes in gathered.items()
        if at > offset
        for code in codes
        for statement in parsed(code).body
        for name in bound_names(statement)
    }
    return max(gathered) if made & used else offset
