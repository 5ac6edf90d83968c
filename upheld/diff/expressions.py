r"""Regular expressions of JSON Schema, read into what an automaton can run.

JSON Schema asks for the dialect of ECMA 262. Python's own parser reads another one (`a{,3}`, `\Z`, `\a`, `[]a]`, octal
numbers), so does the validator's in places, and what two of the three read differently is not read for sure.
But for `.`: to ECMA it is anything but the ends of lines, of which it knows four and the validator one.
"""

import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NoReturn, assert_never

Intervals = tuple[tuple[int, int], ...]
"""The first and last code point of each run, in order; between two runs something is missing."""


class UnsureError(Exception):
    """It cannot be told for sure; this says why."""


@dataclass(frozen=True, slots=True, eq=False)
class Chars:
    """One character out of a set."""

    intervals: Intervals


@dataclass(frozen=True, slots=True, eq=False)
class Sequence:
    """One after another; nothing, where it is empty."""

    items: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Any one of several."""

    branches: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True, eq=False)
class Repeat:
    """The same over and over."""

    item: "Node"
    least: int
    most: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Nothing, where the text begins."""


@dataclass(frozen=True, slots=True, eq=False)
class End:
    """Nothing, where the text ends."""


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """Nothing, where what follows begins with the item; or, negative, where it does not."""

    item: "Node"
    negative: bool


Node = Chars | Sequence | Choice | Repeat | Start | End | Ahead
Counted = tuple[Node, int, int | None]
"""An expression, and the least and the most characters that its texts may have beside."""


def counted(pattern: str) -> Counted:
    """Read an expression, with what it says of a text's length taken out where it says little else: `^[a-z]{1,9999}$`.

    Errors: those of `read`.
    """
    match node := read(pattern):
        case Sequence((Start() as start, Repeat(Chars() as item, least, most), End() as end)):
            return Sequence((start, Repeat(item, 0, None), end)), least, most
        case _:
            return node, 0, None


@lru_cache(maxsize=1024)
def read(pattern: str) -> Node:
    """Return what an expression is made of.

    Shapes: look-ahead is read; words' ends, look-behind, back references, flags and Unicode's properties are not.
    Errors: UnsureError, naming the part, where it is not regular, not ECMA's, or read differently elsewhere.
    Source: ECMA 262 (2024), 22.2.1 Patterns, with the `u` flag; identity escapes of punctuation as without it.
    """
    reader = _Reader(pattern)
    node = reader.choice(0)
    if reader.place < len(pattern):
        reader.unsure("a group that was never opened")
    return node


def sets(node: Node) -> Iterator[Intervals]:
    """Yield the sets of characters that an expression is made of."""
    match node:
        case Chars():
            yield node.intervals
        case Sequence() | Choice():
            for inner in node.items if isinstance(node, Sequence) else node.branches:
                yield from sets(inner)
        case Repeat() | Ahead():
            yield from sets(node.item)
        case Start() | End():
            pass
        case _:
            assert_never(node)


def complement(intervals: Iterable[tuple[int, int]]) -> Intervals:
    """Return all characters but some; halves of surrogate pairs are none."""
    gaps: list[tuple[int, int]] = []
    free = 0
    for first, last in sorted([*intervals, (0xD800, 0xDFFF), (0x110000, 0x110000)]):
        gaps.append((free, first - 1))
        free = max(free, last + 1)
    return tuple((first, last) for first, last in gaps if first <= last)


def _points(chars: str) -> list[tuple[int, int]]:
    return [(ord(char), ord(char)) for char in chars]


ANY = complement(())
"""Every character."""

_DIGIT = ((0x30, 0x39),)
_WORD = (*_DIGIT, (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
_SPACE = ((0x2000, 0x200A), *_points("\t\n\v\f\r \xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff"))
_DOT = complement(_points("\n\r\u2028\u2029"))
_CLASSES = {
    "d": complement(complement(_DIGIT)),
    "D": complement(_DIGIT),
    "w": complement(complement(_WORD)),
    "W": complement(_WORD),
    "s": complement(complement(_SPACE)),
    "S": complement(_SPACE),
}
_CONTROLS = {"t": 0x09, "n": 0x0A, "v": 0x0B, "f": 0x0C, "r": 0x0D}
_THEMSELVES = frozenset(string.punctuation + " ") - frozenset("<>")
"""What stands for itself behind a backslash; `\\<` is where a word begins to the validator."""
_HEX = frozenset(string.hexdigits)
_NAME = frozenset(string.ascii_letters + string.digits + "_")
_NESTED_MOST = 50


@dataclass(slots=True)
class _Reader:
    pattern: str
    place: int = 0
    names: set[str] = field(default_factory=set)

    def unsure(self, what: str) -> NoReturn:
        raise UnsureError(f"{self.pattern!r} at {self.place}: {what}")

    def seen(self, text: str) -> bool:
        """Step over a text where it comes next."""
        found = self.pattern.startswith(text, self.place)
        self.place += len(text) * found
        return found

    def char(self) -> str:
        if self.place >= len(self.pattern):
            self.unsure("it ends too early")
        char = self.pattern[self.place]
        if "\ud800" <= char <= "\udfff":
            self.unsure("half of a surrogate pair")
        self.place += 1
        return char

    def choice(self, depth: int) -> Node:
        if depth > _NESTED_MOST:
            self.unsure("groups in groups in groups")
        branches = [self.sequence(depth)]
        while self.seen("|"):
            branches.append(self.sequence(depth))
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def sequence(self, depth: int) -> Node:
        items: list[Node] = []
        while self.place < len(self.pattern) and self.pattern[self.place] not in "|)":
            items.append(self.repeated(self.atom(depth)))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def repeated(self, item: Node) -> Node:
        bounds = self.bounds()
        if bounds is None:
            return item
        if isinstance(item, Start | End | Ahead):
            self.unsure("a place, repeated")
        self.seen("?")  # lazy or greedy: the same texts match
        if self.place < len(self.pattern) and self.pattern[self.place] in "*+?{":
            self.unsure("possessive, or repeated twice")
        return Repeat(item, *bounds)

    def bounds(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.seen(sign):
                return bounds
        if not self.seen("{"):
            return None
        least = self.number()
        most = least if not self.seen(",") else None if self.seen("}") else self.number()
        if most is None:
            return least, None
        if not self.seen("}") or most < least:
            self.unsure("not a number of times")
        return least, most

    def number(self) -> int:
        first = self.place
        while self.place < len(self.pattern) and self.pattern[self.place] in string.digits:
            self.place += 1
        if not 0 < self.place - first <= 9:
            self.unsure("not a number of times")
        return int(self.pattern[first : self.place])

    def atom(self, depth: int) -> Node:
        match char := self.char():
            case "^":
                return Start()
            case "$":
                return End()
            case ".":
                return Chars(_DOT)
            case "(":
                return self.group(depth)
            case "[":
                return Chars(self.members())
            case "\\":
                return Chars(self.escaped())
            case _:
                if char in "*+?{":
                    self.unsure("nothing to repeat")
                return Chars(((ord(char), ord(char)),))

    def group(self, depth: int) -> Node:
        ahead = self.seen("?=")
        negative = not ahead and self.seen("?!")
        if not (ahead or negative or self.seen("?:")) and self.seen("?"):
            self.name()
        inner = self.choice(depth + 1)
        if not self.seen(")"):
            self.unsure("a group that never ends")
        return Ahead(inner, negative) if ahead or negative else Sequence((inner,))

    def name(self) -> None:
        if not (self.seen("<") or self.seen("P<")):  # Python's way, which the validator reads as well
            self.unsure("a flag, or a group of another kind")
        first = self.place
        while self.place < len(self.pattern) and self.pattern[self.place] in _NAME:
            self.place += 1
        name = self.pattern[first : self.place]
        if not name or name[0].isdigit() or name in self.names or not self.seen(">"):
            self.unsure("look-behind, or not a new name")
        self.names.add(name)

    def members(self) -> Intervals:
        negated = self.seen("^")
        if self.pattern.startswith("]", self.place):
            self.unsure("an empty set, or a bracket in it")
        found: list[tuple[int, int]] = []
        while not self.seen("]"):
            member = self.member()
            if self.pattern.startswith("-", self.place) and not self.pattern.startswith("-]", self.place):
                self.place += 1
                found.append(self.range(member, self.member()))
            else:
                found += member
        return complement(found) if negated else complement(complement(found))

    def member(self) -> Intervals:
        char = self.char()
        return self.escaped() if char == "\\" else ((ord(char), ord(char)),)

    def range(self, low: Intervals, high: Intervals) -> tuple[int, int]:
        if any(len(end) != 1 or end[0][0] != end[0][1] for end in (low, high)) or low > high:
            self.unsure("not a range")
        return low[0][0], high[0][0]

    def escaped(self) -> Intervals:
        char = self.char()
        if char in _CLASSES:
            return _CLASSES[char]
        if char in _THEMSELVES:
            code = ord(char)
        elif char in _CONTROLS:
            code = _CONTROLS[char]
        elif char == "c":
            letter = self.char()
            code = ord(letter) % 32 if letter in string.ascii_letters else self.unsure("not a control character")
        elif char == "x":
            code = self.hexadecimal(2)
        elif char == "u":
            code = self.hexadecimal(None if self.seen("{") else 4)
        else:
            self.unsure(f"\\{char} is not read")
        return ((code, code),)

    def hexadecimal(self, digits: int | None) -> int:
        end = self.place + digits if digits else self.pattern.find("}", self.place)
        text = self.pattern[self.place : max(end, self.place)]
        if not text or not _HEX.issuperset(text) or len(text) != (digits or len(text)):
            self.unsure("not a hexadecimal number")
        code = int(text, 16)
        if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            self.unsure("not a character")
        self.place = end + (digits is None)
        return code
