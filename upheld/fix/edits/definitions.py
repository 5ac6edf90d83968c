"""Statements at the top level, such as the class of a body that had none."""

import ast
import re
from collections.abc import Iterable

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
from upheld.fix.edits.text import Splice, Text, parsed


def define(bench: Bench, codes: list[tuple[str, int | None]], moves: Iterable[int] = ()) -> None:
    """Put statements in, each behind the imports or before the statement at an offset; others are there, and move.

    Errors: EditError.
    """
    text = bench.text
    gathered: dict[int, list[str]] = {}
    for offset in dict.fromkeys(moves):
        start, end = _statement(text, offset)
        code = text.source[start:end].rstrip("\r\n")
        at = _behind_imports(text, parsed(code), gathered)
        if at < start:
            gathered.setdefault(at, []).append(code)
            bench.add(Splice(*_with_blanks(text, start, end), ""))
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


def _statement(text: Text, offset: int) -> tuple[int, int]:
    """Return where the class at an offset begins, with what stands above it, and ends. Errors: EditError."""
    for statement in text.tree.body:
        if isinstance(statement, ast.ClassDef) and text.at(statement) == offset:
            return above_comments(text, first_line(text, statement)), text.next_line(text.end(statement))
    raise EditError(f"{text.place(offset)}: no class at the top level begins here")


def _with_blanks(text: Text, start: int, end: int) -> tuple[int, int]:
    """Return a part of a source with the empty lines behind it; with those before it where it is the last."""
    while end < len(text.source) and not text.source[end : text.line_end(end)].strip():
        end = text.next_line(end)
    while end == len(text.source) and start and not text.source[text.line_start(start - 1) : start].strip():
        start = text.line_start(start - 1)
    return start, end


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
