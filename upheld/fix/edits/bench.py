"""One state of a source with the expressions that are being edited in it."""

import ast
import functools

from upheld.fix.edits.brackets import Bracket, Item, Span, splices_of
from upheld.fix.edits.kinds import EditError
from upheld.fix.edits.layout import laid_out
from upheld.fix.edits.syntax import Parts, Tree
from upheld.fix.edits.text import Splice, Text


class BusyError(Exception):
    """What an edit asks for was changed by one before it; it must be read anew."""


class Bench:
    """Opens what stands at a place, and gathers what becomes of it."""

    def __init__(self, text: Text, *, width: int) -> None:
        self.text = text
        self.width = width
        self.splices: list[Splice] = []
        self._open: dict[tuple[int, int], Tree] = {}
        self._done: list[tuple[int, int]] = []

    @functools.cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """What each node of the syntax tree stands in."""
        return {child: node for node in ast.walk(self.text.tree) for child in ast.iter_child_nodes(node)}

    @functools.cached_property
    def starts(self) -> dict[int, list[ast.expr]]:
        """The expressions that begin at an offset, the largest first."""
        found: dict[int, list[ast.expr]] = {}
        for node in ast.walk(self.text.tree):
            if isinstance(node, ast.expr):
                found.setdefault(self.text.at(node), []).append(node)
        return {start: sorted(nodes, key=self.text.end, reverse=True) for start, nodes in found.items()}

    def call(self, offset: int) -> ast.Call:
        """Return the outermost call that begins at an offset and calls no other's result.

        Errors: EditError, BusyError.
        """
        for node in self.starts.get(offset, []):
            if isinstance(node, ast.Call) and not isinstance(node.func, ast.Call):
                root = self.root(node)
                self.check(self.text.at(root), self.text.end(root))
                return node
        raise EditError(f"{self.text.place(offset)}: no call begins here")

    def function(self, offset: int) -> ast.FunctionDef | ast.AsyncFunctionDef:
        """Return the function whose `def` begins at an offset. Errors: EditError."""
        for node in ast.walk(self.text.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and self.text.at(node) == offset:
                return node
        raise EditError(f"{self.text.place(offset)}: no function begins here")

    def source(self, node: ast.expr | ast.stmt) -> str:
        """Return what a node says."""
        return self.text.source[self.text.at(node) : self.text.end(node)]

    def tree(self, node: ast.expr) -> Tree:
        """Open the whole expression that one stands in. Errors: BusyError."""
        root = self.root(node)
        return self.open(self.text.at(root), self.text.end(root))

    def root(self, node: ast.expr) -> ast.expr:
        """Return the whole expression that one stands in."""
        root = node
        above: ast.AST = node
        while not isinstance(above, ast.stmt):
            if isinstance(above, ast.expr):
                root = above
            above = self.parents[above]
        return root

    def open(self, start: int, end: int, *, before: str = "(", after: str = ")") -> Tree:
        """Open what stands between two offsets. Errors: BusyError."""
        self.check(start, end)
        if (start, end) not in self._open:
            self._open[start, end] = Tree(self.text, start, end, before=before, after=after)
        return self._open[start, end]

    def check(self, start: int, end: int) -> None:
        """See that nothing there was changed since the source was read. Errors: BusyError."""
        if any(low <= end and start <= high for low, high in self._done):
            raise BusyError

    def add(self, splice: Splice) -> None:
        """Note a change that needs no tree. Errors: BusyError."""
        self.check(splice.start, splice.end)
        self.splices.append(splice)

    def close(self) -> None:
        """Turn what was done to the open expressions into splices."""
        for (start, end), tree in self._open.items():
            if made := splices_of(laid_out(tree, width=self.width), start, end):
                self.splices += made
        self._open.clear()
        self._done = [(splice.start, splice.end) for splice in self.splices]

    def forget(self) -> None:
        """Drop what an edit had begun."""
        self._open.clear()
        self.splices = [splice for splice in self.splices if (splice.start, splice.end) in self._done]


def halves(parts: Parts, offset: int) -> tuple[Parts, Parts]:
    """Part what is read from a source at an offset that no bracket spans."""
    for index, part in enumerate(parts):
        if isinstance(part, Span) and part.start <= offset <= part.end:
            left, right = Span(part.start, offset), Span(offset, part.end)
            return [*parts[:index], left], [right, *parts[index + 1 :]]
    raise EditError(f"offset {offset} stands within a bracket")


def value_start(text: Text, value: ast.expr) -> int:
    """Return where a value begins, with the parentheses around it."""
    start = text.at(value)
    at = start - 1
    while at >= 0 and (text.source[at] in " \t\f\r\n("):
        if text.source[at] == "(":
            start = at
        at -= 1
    return start


def replace_value(item: Item, text: Text, value: ast.expr, parts: Parts) -> None:
    """Put other parts in the place of an item's value."""
    left, _ = halves(item.parts, value_start(text, value))
    item.parts = [*left, *parts]


def item_of(bracket: Bracket, text: Text, node: ast.expr | ast.keyword) -> Item:
    """Return the item that a node stands in."""
    end = text.end(node)
    return next(item for item in bracket.items if item.end >= end)
