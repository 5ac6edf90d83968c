"""From nodes of a tree to places in its file."""

import ast

from upheld.fix.edits import Place
from upheld.model import Operation


def place(node: ast.expr | ast.stmt) -> Place:
    """Return where a node begins."""
    return Place(line=node.lineno, column=node.col_offset)


def end(node: ast.expr) -> Place:
    """Return where a node ends."""
    return Place(line=node.end_lineno or node.lineno, column=node.end_col_offset or node.col_offset)


def covering(operation: Operation, status: int) -> str:
    """Return the documented key that covers a status; the status itself where none does."""
    return operation.covering(status) or f"{status}"
