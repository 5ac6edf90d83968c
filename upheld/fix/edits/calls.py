"""Keyword arguments of a call, wherever they are written down."""

import ast

from upheld.fix.edits.bench import Bench, item_of, replace_value
from upheld.fix.edits.brackets import Bracket, Item, Kind, Style
from upheld.fix.edits.kinds import EditError
from upheld.fix.edits.literals import adapted, literal
from upheld.fix.edits.names import Table, entries, key_text, table
from upheld.fix.edits.syntax import Parts, Tree, parts_of
from upheld.fix.edits.text import parsed


class Slot:
    """Where the value of a keyword stands: in the call, or in a dict that the call spreads."""

    def __init__(self, bench: Bench, call: ast.Call, name: str) -> None:
        """Find it. Errors: EditError where the call spreads what is not known."""
        self.bench, self.call, self.name = bench, call, name
        self.value: ast.expr | None = None
        self.home: ast.Call | ast.Dict = call
        self.shared: tuple[ast.expr, ast.keyword] | None = None
        """What is spread here and elsewhere, and holds the value: not ours to change."""
        for keyword in call.keywords:
            if keyword.arg == name:
                self.value = keyword.value
                return
        for keyword in call.keywords:
            if keyword.arg is None:
                self._spread(keyword)

    def _spread(self, keyword: ast.keyword) -> None:
        found = self._found(keyword.value, self.bench.source(keyword.value))
        if found:
            known, self.value = found
            if known.alone:
                self.home = known.node
            else:
                self.shared = (keyword.value, keyword)

    def _found(self, value: ast.expr, said: str) -> tuple[Table, ast.expr] | None:
        text = self.bench.text
        known = table(text, value)
        if known is None:
            raise EditError(
                f"{text.place(text.at(value))}: **{said} may hold {self.name}=, "
                "expected a dict that this module writes down"
            )
        self.bench.check(text.at(known.node), text.end(known.node))
        for key, inner in reversed(entries(known.node)):
            if key is None:
                if found := self._found(inner, self.bench.source(inner)):
                    return Table(found[0].node, alone=known.alone and found[0].alone), found[1]
            elif (name := key_text(text.tree, key)) is None:
                raise EditError(
                    f"{text.place(text.at(inner))}: **{said} may hold {self.name}= here, "
                    "expected a key that is written down"
                )
            elif name == self.name:
                return known, inner
        return None

    def tree(self) -> Tree:
        """Open what holds the value, or will."""
        return self.bench.tree(self.home)

    def item(self) -> Item:
        """Return the item that holds the value."""
        if self.value is None:
            raise EditError(f"{self.bench.source(self.call)} says no {self.name}=")
        return item_of(self.bracket(), self.bench.text, self.value)

    def bracket(self) -> Bracket:
        """Return the bracket that holds the value, or will."""
        return self.tree().closing(self.bench.text.end(self.home))

    def put(self, parts: Parts) -> None:
        """Write a value, in the place of the one that is there."""
        if self.shared:
            _, keyword = self.shared
            key = literal(self.name, self.bench.text)
            item = item_of(self.tree().closing(self.bench.text.end(self.call)), self.bench.text, keyword)
            inner = spread_over([*item.parts], [Item(parts=[f"{key}: ", *parts])])
            item.parts = ["**", inner]
            return
        if self.value is not None:
            replace_value(self.item(), self.bench.text, self.value, parts)
            return
        bracket = self.bracket()
        spreads = [keyword for keyword in self.call.keywords if keyword.arg is None]
        at = len(bracket.items)
        if spreads:
            first = item_of(bracket, self.bench.text, spreads[0])
            at = next(index for index, item in enumerate(bracket.items) if item is first)
        bracket.insert(at, [f"{self.name}=", *parts], self.bench.text)

    def remove(self) -> None:
        """Take the keyword out. Errors: EditError where others need it."""
        if self.value is None:
            return
        if self.shared:
            raise EditError(
                f"{self.bench.text.place(self.bench.text.at(self.shared[0]))}: "
                f"{self.name}= stands in {self.bench.source(self.shared[0])}, which is used elsewhere too"
            )
        bracket = self.bracket()
        item = self.item()
        bracket.remove(next(index for index, each in enumerate(bracket.items) if each is item), self.bench.text)


def spread_over(spread: Parts, items: list[Item]) -> Bracket:
    """Return a new dict of what is spread (with its stars) and of further items."""
    first = Item(parts=spread)
    every = [first, *items]
    for index, item in enumerate(every):
        item.before = [" "] if index else []
        item.comma = index + 1 < len(every)
    return Bracket(opening="{", closing="}", items=every, last=[], style=Style.FLAT, kind=Kind.DISPLAY, touched=True)


def set_keyword(bench: Bench, call: ast.Call, name: str, value: str | None) -> None:
    """Set a keyword argument, or remove it. Errors: EditError."""
    slot = Slot(bench, call, name)
    if value is None:
        slot.remove()
        return
    wanted = ast.dump(expression(value))
    if slot.value is None or ast.dump(slot.value) != wanted:
        slot.put(parts_of(adapted(value, bench.text)))


def expression(code: str) -> ast.expr:
    """Return code as an expression. Errors: EditError when it is none."""
    match parsed(f"({code}\n)").body:
        case [ast.Expr(value=value)]:
            return value
        case _:
            raise EditError(f"{code!r:.80} is not an expression")
