"""What `responses=` says, merged with what it should say."""

import ast
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from upheld.fix.edits.bench import Bench, halves, item_of, replace_value, value_start
from upheld.fix.edits.brackets import Bracket, Item
from upheld.fix.edits.calls import Slot, expression, spread_over
from upheld.fix.edits.kinds import EditError, Entry
from upheld.fix.edits.literals import adapted, literal
from upheld.fix.edits.names import entries, key_text, table, value_of
from upheld.fix.edits.syntax import Parts, Tree, parts_of
from upheld.fix.edits.text import Text

Wanted: TypeAlias = "str | Mapping[str, Wanted]"
"""Code, or what is wanted by key; under "**", the code of what it is spread over."""

_STATUSES, _MEMBERS = 0, 1
_SAID_BY_ALL = frozenset({"description"})
"""What a response that we cannot read is taken to say by itself."""


def respond(bench: Bench, call: ast.Call, key: str, entry: Entry, *, over: bool = False) -> None:
    """Document an answer of a call. Errors: EditError."""
    wanted: dict[str, Wanted] = {key: _wanted(entry, bench.text)}
    slot = Slot(bench, call, "responses")
    merger = _Merger(bench, over=over)
    if slot.value is None or _is_none(slot.value):
        slot.put(parts_of(merger.code(wanted, _STATUSES)))
    elif slot.shared:
        source = f"{bench.source(slot.shared[0])}[{literal('responses', bench.text)}]"
        if lacking := merger.lacking(slot.value, wanted, _STATUSES, source):
            slot.put(parts_of(merger.code({"**": source, **lacking}, _STATUSES)))
    else:
        merger.merge(slot.tree(), slot.value, slot.item(), wanted, _STATUSES)


def _wanted(entry: Entry, text: Text) -> Wanted:
    said: dict[str, Wanted] = {}
    if entry.model is not None:
        said["model"] = adapted(entry.model, text)
    if entry.description is not None:
        said["description"] = literal(entry.description, text)
    if entry.content:
        said["content"] = {media: {"schema": adapted(code, text)} for media, code in entry.content.items()}
    if entry.headers:
        said["headers"] = {name: adapted(code, text) for name, code in entry.headers.items()}
    return said


class _Merger:
    def __init__(self, bench: Bench, *, over: bool = False) -> None:
        self.bench = bench
        self.over = over
        self.text = bench.text

    def merge(self, tree: Tree, value: ast.expr, item: Item | None, wanted: Mapping[str, Wanted], level: int) -> None:
        """Make a dict say what is wanted, and leave all that it says."""
        if isinstance(value, ast.Dict):
            bracket = tree.closing(self.text.end(value))
            for key, want in wanted.items():
                self._merge_key(tree, value, bracket, key, want, level)
            return
        known = table(self.text, value)
        if level == _STATUSES and known and known.alone and isinstance(known.node, ast.Dict):
            self.merge(self.bench.tree(known.node), known.node, None, wanted, level)
            return
        lacking = self.lacking(value, wanted, level, self.operand(value))
        if lacking and item:
            left, right = halves(item.parts, value_start(self.text, value))
            bare = (
                self.operand(value) == self.bench.source(value)
                or self.text.source[value_start(self.text, value)] == "("
            )
            spread: Parts = ["**", *right] if bare else ["**(", *right, ")"]
            item.parts = [*left, spread_over(spread, list(self._items(lacking, level)))]

    def _merge_key(self, tree: Tree, value: ast.Dict, bracket: Bracket, key: str, want: Wanted, level: int) -> None:
        known = [None if each is None else key_text(self.text.tree, each) for each in value.keys]
        for index in reversed(range(len(known))):
            if _same(known[index], key):
                inner = item_of(bracket, self.text, value.values[index])
                if not isinstance(want, str):
                    self.merge(tree, value.values[index], inner, want, level + 1)
                elif self._is_other(key, value.values[index], want):
                    replace_value(inner, self.text, value.values[index], parts_of(want))
                return
        spreads = [each for name, each in zip(value.keys, value.values, strict=True) if name is None]
        for spread in reversed(spreads):
            lacking = self.lacking(spread, {key: want}, level, self.operand(spread))
            if not lacking:
                return
            want = lacking[key]
            if "**" in want:
                break
        at = len(bracket.items)
        names = [name for name in known if name is not None]
        if level == _STATUSES and names == sorted(names) and len(bracket.items) == len(known):
            first = max((index + 1 for index, each in enumerate(value.keys) if each is None), default=0)
            at = next((i for i, name in enumerate(known) if i >= first and name is not None and name > key), at)
        bracket.insert(at, self._item(key, want, level).parts, self.text)

    def lacking(self, value: ast.expr, wanted: Mapping[str, Wanted], level: int, source: str) -> dict[str, Wanted]:
        """Return what a dict that others write would have to be told, over what it says."""
        known = table(self.text, value)
        found: dict[str, Wanted] = {}
        if known is None and isinstance(told := value_of(self.text, value), Mapping):
            return self._lacking_of(told, wanted, source)
        for key, want in wanted.items():
            said = None if known is None else self.said(known.node, key)
            if known is not None and said is None:
                found[key] = want
            elif said is None or isinstance(said, str):
                if level == _STATUSES:
                    found[key] = want
                elif isinstance(want, str):
                    found |= {} if key in _SAID_BY_ALL else {key: want}
                else:
                    found[key] = {"**": f"{source}.get({self.key(key, level)}, {{}})", **want}
            elif isinstance(want, str):
                found |= {key: want} if self._is_other(key, said[1], want) else {}
            else:
                name, inner = said
                there = f"{source}[{name}]"
                if lacking := self.lacking(inner, want, level + 1, there):
                    found[key] = {"**": there, **lacking}
        return found

    def _lacking_of(
        self, told: Mapping[object, object], wanted: Mapping[str, Wanted], source: str
    ) -> dict[str, Wanted]:
        """Return what a dict that is there while the module runs would have to be told."""
        found: dict[str, Wanted] = {}
        for key, want in wanted.items():
            names = [name for name in told if _same(f"{int(name)}" if isinstance(name, int) else f"{name}", key)]
            inner = told[names[-1]] if names else None
            if not names or (
                isinstance(want, str) and self.over and key not in _SAID_BY_ALL and not _means(inner, want)
            ):
                found[key] = want
            elif not isinstance(want, str) and isinstance(inner, Mapping):
                name = names[-1]
                there = f"{source}[{int(name) if isinstance(name, int) else literal(f'{name}', self.text)}]"
                if lacking := self._lacking_of(inner, want, there):
                    found[key] = {"**": there, **lacking}
        return found

    def _is_other(self, key: str, value: ast.expr, want: str) -> bool:
        """Return whether a value has to make room for the one that is wanted."""
        return self.over and key not in _SAID_BY_ALL and ast.dump(value) != ast.dump(expression(want))

    def said(self, node: ast.Dict | ast.Call, key: str) -> tuple[str, ast.expr] | str | None:
        """Return the code of a key and its value; "" where that cannot be known; None where it is not there."""
        self.bench.check(self.text.at(node), self.text.end(node))
        for name, value in reversed(entries(node)):
            if name is None:
                inner = table(self.text, value)
                said = "" if inner is None else self.said(inner.node, key)
                if said is not None:
                    return said
                continue
            known = key_text(self.text.tree, name)
            if known is None:
                return ""
            if _same(known, key):
                return (literal(name, self.text) if isinstance(name, str) else self.bench.source(name)), value
        return None

    def operand(self, value: ast.expr) -> str:
        """Return the code of a value as it may stand behind two stars or before a dot."""
        said = self.bench.source(value)
        tight = ast.Name | ast.Attribute | ast.Call | ast.Subscript | ast.Dict | ast.DictComp
        return said if isinstance(value, tight) else f"({said})"

    def _items(self, wanted: Mapping[str, Wanted], level: int) -> Iterator[Item]:
        for key, want in wanted.items():
            yield self._item(key, want, level)

    def _item(self, key: str, want: Wanted, level: int) -> Item:
        if isinstance(want, str):
            return Item(parts=[f"{self.key(key, level)}: ", *parts_of(want)])
        return Item(parts=[f"{self.key(key, level)}: ", *parts_of(self.code(want, level + 1))])

    def key(self, key: str, level: int) -> str:
        """Return a key as code."""
        return key if level == _STATUSES and key.isdecimal() and key.isascii() else literal(key, self.text)

    def code(self, wanted: Wanted, level: int) -> str:
        """Return what is wanted as code on one line."""
        if isinstance(wanted, str):
            return wanted
        said = [
            f"**{want}" if key == "**" else f"{self.key(key, level)}: {self.code(want, level + 1)}"
            for key, want in wanted.items()
        ]
        return f"{{{', '.join(said)}}}"


def unrespond(bench: Bench, call: ast.Call, key: str) -> None:
    """Remove an answer from a call's. Errors: EditError where it may stand in what is not known, or not ours."""
    slot = Slot(bench, call, "responses")
    value, text = slot.value, bench.text
    if value is None or _is_none(value):
        return
    if slot.shared:
        raise EditError(f"{text.place(text.at(slot.shared[0]))}: responses= stands in what others use as well")
    if isinstance(value, ast.BinOp) and _unrespond_union(bench, slot, value, key):
        return
    known = table(text, value)
    if known is None or not isinstance(known.node, ast.Dict):
        raise EditError(f"{text.place(text.at(value))}: {bench.source(value)} may say {key}, expected a dict")
    node = known.node
    names = [None if each is None else key_text(text.tree, each) for each in node.keys]
    at = next((index for index in reversed(range(len(names))) if _same(names[index], key)), None)
    if at is None:
        if _Merger(bench).said(node, key) is not None:
            raise EditError(f"{text.place(text.at(value))}: {bench.source(value):.80} may say {key} elsewhere")
        return
    if not known.alone:
        raise EditError(f"{text.place(text.at(value))}: {bench.source(value)} says {key} to others as well")
    bracket = bench.tree(node).closing(text.end(node))
    if len(bracket.items) == 1 and node is value:
        slot.remove()
    elif len(bracket.items) == 2 and node is value and node.keys[1 - at] is None:
        inner = node.values[1 - at]
        spread = item_of(bracket, text, inner)
        _, parts = halves(spread.parts, text.at(inner))
        kept, _ = halves(parts, text.end(inner))
        item = slot.item()
        left, _ = halves(item.parts, value_start(text, value))
        item.parts = [*left, *kept]
        slot.bracket().touched = True
    else:
        bracket.remove(at, text)


def _unrespond_union(bench: Bench, slot: Slot, value: ast.BinOp, key: str) -> bool:
    """Remove an answer from the last of two dicts, where it is written there; return whether it is."""
    text, last = bench.text, value.right
    if not isinstance(value.op, ast.BitOr) or not isinstance(last, ast.Dict):
        return False
    names = [None if each is None else key_text(text.tree, each) for each in last.keys]
    at = next((index for index in reversed(range(len(names))) if _same(names[index], key)), None)
    if at is None:
        return False
    bracket = slot.tree().closing(text.end(last))
    if len(bracket.items) > 1:
        bracket.remove(at, text)
        return True
    item = slot.item()
    left, parts = halves(item.parts, text.at(value))
    kept, _ = halves(parts, text.end(value.left))
    _, rest = halves(item.parts, text.end(value))
    item.parts = [*left, *kept, *rest]
    slot.bracket().touched = True
    return True


def _means(value: object, code: str) -> bool:
    """Return whether a value that is there while the module runs is what code says, as far as can be told."""
    try:
        return bool(ast.literal_eval(code) == value)
    except (ValueError, SyntaxError):
        return code.rpartition(".")[2] == getattr(value, "__name__", None)


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _same(known: str | None, key: str) -> bool:
    return known is not None and known.casefold() == key.casefold()
