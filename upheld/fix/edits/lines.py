"""Where statements stand at the top level: leading imports, and the blank lines around what is put in."""

import ast
from collections.abc import Iterator

from upheld.fix.edits.text import Splice, Text

Imported = ast.Import | ast.ImportFrom


def is_type_checking(node: ast.stmt) -> bool:
    """Return whether a block is for type checkers alone."""
    match node:
        case ast.If(test=ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING")):
            return True
        case _:
            return False


def docstring(tree: ast.Module) -> ast.stmt | None:
    """Return the module's docstring."""
    match tree.body[:1]:
        case [ast.Expr(value=ast.Constant(value=str())) as first]:
            return first
        case _:
            return None


def leading(tree: ast.Module) -> list[ast.stmt]:
    """Return the imports that a module begins with, those within `try` and `if TYPE_CHECKING` too."""
    found: list[ast.stmt] = []
    for statement in tree.body[1 if docstring(tree) else 0 :]:
        if not (isinstance(statement, Imported) or _only_imports(statement)):
            break
        found.append(statement)
    return found


def _only_imports(statement: ast.stmt) -> bool:
    match statement:
        case ast.If(body=body, orelse=orelse):
            return is_type_checking(statement) or all(isinstance(each, Imported) for each in [*body, *orelse])
        case ast.Try(body=body):
            return all(isinstance(each, Imported) for each in body)
        case _:
            return False


def before_definitions(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield the statements before the first function or class."""
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            return
        yield statement


def run_statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that run when a module is imported, those in blocks too."""
    for statement in body:
        if is_type_checking(statement):
            yield from run_statements(statement.orelse if isinstance(statement, ast.If) else [])
            continue
        yield statement
        for name in ("body", "orelse", "finalbody"):
            if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield from run_statements(getattr(statement, name, []))
        for handler in getattr(statement, "handlers", []):
            yield from run_statements(handler.body)


def bound_names(statement: ast.stmt) -> set[str]:
    """Return the names that one statement of a module binds by itself."""
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return {each.asname or each.name.partition(".")[0] for each in names}
        case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
            return _stored(statement)
        case ast.For(target=target) | ast.AsyncFor(target=target):
            return _stored(target)
        case ast.With(items=items) | ast.AsyncWith(items=items):
            return {name for item in items if item.optional_vars for name in _stored(item.optional_vars)}
        case _:
            return set()


def _stored(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}


def first_line(text: Text, statement: ast.stmt) -> int:
    """Return where the line begins that a statement begins on, with its decorators."""
    decorators = getattr(statement, "decorator_list", [])
    start = min([text.at(statement), *(text.at(each) for each in decorators)])
    return text.line_start(start)


def below(text: Text, statement: ast.stmt) -> int:
    """Return where the line behind a statement begins."""
    return text.next_line(text.end(statement))


def above_comments(text: Text, offset: int) -> int:
    """Return where the comments begin that stand right above a line."""
    line = text.line(offset)
    while line and text.source.startswith("#", text.starts[line - 1]):
        line -= 1
    return text.starts[line]


def put(text: Text, offset: int, code: str, *, around: int) -> Splice:
    """Return how whole lines come in at the start of a line, with so many blank lines around them."""
    source, newline = text.source, text.newline
    line = text.line(offset) if offset < len(source) or _ends(source) else len(text.starts)
    before = _blank(text, line - 1, -1)
    after = _blank(text, line, 1)
    first = not source[:offset].strip(" \t\f\r\n")
    last = not source[offset:].strip(" \t\f\r\n")
    said = newline.join(code.strip("\n").replace("\r\n", "\n").split("\n"))
    head = "" if first else newline * max(0, around - before)
    tail = "" if last else newline * max(0, around - after)
    if offset == len(source) and source and not _ends(source):
        return Splice(offset, offset, f"{newline}{head}{said}{tail}")
    return Splice(offset, offset, f"{head}{said}{newline}{tail}")


def _ends(source: str) -> bool:
    return not source or source[-1] in "\r\n"


def _blank(text: Text, line: int, step: int) -> int:
    count = 0
    while 0 <= line < len(text.starts):
        start = text.starts[line]
        if text.source[start : text.line_end(start)].strip(" \t\f") or start == len(text.source):
            break
        count, line = count + 1, line + step
    return count
