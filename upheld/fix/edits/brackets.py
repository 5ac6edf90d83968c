"""What stands between brackets, as items that can be put in and taken out, with the blanks between them kept."""

import enum
from dataclasses import dataclass, field
from typing import TypeAlias

from upheld.fix.edits.text import Splice, Text


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the source that stays as it is."""

    start: int
    end: int


Piece: TypeAlias = Span | str
"""What stays, or what is new."""


class Style(enum.Enum):
    """How a bracket was laid out when it was read."""

    FLAT = "no line ends between its items"
    JOINED = "its brackets on lines of their own, all items on one line between them, no comma behind the last"
    LINES = "some item stands on a line of its own"


class Kind(enum.Enum):
    """What a bracket holds, which says how it may be laid out."""

    DISPLAY = "the elements of a list, a tuple or a set, the entries of a dict"
    ARGUMENTS = "what a call is given"
    PARAMETERS = "what a function takes"
    NAMES = "what is imported"

    @property
    def hugs(self) -> bool:
        """Whether all items may stand on one line between brackets on lines of their own."""
        return self in (Kind.ARGUMENTS, Kind.PARAMETERS)


@dataclass(slots=True)
class Item:
    """One argument, element, entry or parameter, and what stands around it."""

    parts: "list[Piece | Bracket]"
    before: list[Piece] = field(default_factory=list)
    """Behind the comma of the item before, or behind the opening bracket."""
    tail: list[Piece] = field(default_factory=list)
    """Before its own comma."""
    comma: bool = False
    end: int = -1
    """Where it ends in the source, behind its last character; -1 for a new one."""
    longer: bool = False
    """Whether it got a comma that it had not, and may be too long now."""

    def add_comma(self) -> None:
        """Put a comma behind it, if there is none."""
        self.comma, self.longer = True, not self.comma


@dataclass(slots=True)
class Bracket:
    """An opening bracket, items and a closing one."""

    opening: Piece
    closing: Piece
    items: list[Item]
    last: list[Piece]
    """Between the last item, or its comma, and the closing bracket."""
    style: Style
    kind: Kind
    touched: bool = False
    width: int = 0
    """How wide it was on one line when it was read."""

    @property
    def start(self) -> int:
        """Where it opens in the source; -1 for a new one."""
        return -1 if isinstance(self.opening, str) else self.opening.start

    @property
    def end(self) -> int:
        """Where it ends in the source, behind its closing bracket; -1 for a new one."""
        return -1 if isinstance(self.closing, str) else self.closing.end

    def insert(self, index: int, parts: "list[Piece | Bracket]", text: Text) -> Item:
        """Put an item in before that of the index, as the others stand."""
        self.touched = True
        item = Item(parts=parts)
        if not self.items:
            self.items.append(item)
            line, rest = _cut(self.last, text)
            if any("#" in _text(piece, text) for piece in self.last):
                item.before = [*line, text.newline + text.indent(self.start) + text.unit]
                self.last = rest
            else:
                self.last = []
            return item
        at_end = index == len(self.items)
        trails = self.items[-1].comma or self._alone(text)
        item.comma = not at_end or trails
        if at_end or trails:
            self.items[-1].add_comma()
        if self.style is not Style.LINES or not self._own_line(item, index, text):
            if index:
                item.before = [" "]
            else:
                item.before, self.items[0].before = self.items[0].before, [" "]
        self.items.insert(index, item)
        return item

    @property
    def trails(self) -> bool:
        """Whether a comma stands behind the last item when each has a line of its own."""
        return self.items[-1].comma or len(self.items) > 1 or self.kind in (Kind.PARAMETERS, Kind.NAMES)

    def _alone(self, text: Text) -> bool:
        """Return whether the only item is on lines of its own, where no comma says nothing of a habit."""
        ends = (_last_line(gap, text) is not None for gap in (self.items[0].before, self.last))
        return self.style is Style.LINES and len(self.items) == 1 and all(ends)

    def _own_line(self, item: Item, index: int, text: Text) -> bool:
        """Give a new item a line of its own, where others have one."""
        indents = [indent for each in self.items if (indent := _last_line(each.before, text)) is not None]
        if not indents:
            return False
        at_end = index == len(self.items)
        near = self.items[index if index < len(self.items) else -1]
        indent = _last_line(near.before, text)
        gap = self.last if at_end else near.before
        line, rest = _cut(gap, text)
        if not at_end and index and not rest:
            return False  # in the middle of a line with several items
        if index == 0 and not rest:
            item.before, near.before = near.before, [text.newline + indents[0]]
            return True
        item.before = (
            [*line, text.newline + (indents[-1] if indent is None else indent)]
            if rest
            else [text.newline + indents[-1]]
        )
        if at_end:
            self.last = rest or line
        else:
            near.before = rest
        return True

    def remove(self, index: int, text: Text) -> None:
        """Take an item out, with its comma, and with its line where it has one of its own."""
        self.touched = True
        item = self.items.pop(index)
        at_end = index == len(self.items)
        gap = self.last if at_end else self.items[index].before
        if at_end and index and not item.comma:
            self.items[-1].comma = False
        if not self.items:
            kept = [*item.before, *item.tail, *gap]
            self.last = kept if any("#" in _text(piece, text) for piece in kept) else []
            return
        _, rest = _cut(gap, text)
        if _last_line(item.before, text) is not None:
            above = _without_last_line(item.before, text)
            left = [*above, *rest] if rest else [*above, *gap] if at_end and not above else item.before
        elif at_end or (index and rest):
            left = gap
        else:
            left = item.before
        if at_end:
            self.last = left
        else:
            self.items[index].before = left


def _text(piece: Piece, text: Text) -> str:
    return piece if isinstance(piece, str) else text.source[piece.start : piece.end]


def _cut(gap: list[Piece], text: Text) -> tuple[list[Piece], list[Piece]]:
    """Part what stands between two items before its first line end."""
    for index, piece in enumerate(gap):
        said = _text(piece, text)
        found = min((at for at in (said.find("\n"), said.find("\r")) if at >= 0), default=-1)
        if found >= 0:
            left, right = _halves(piece, found)
            return [*gap[:index], left], [right, *gap[index + 1 :]]
    return gap, []


def _without_last_line(gap: list[Piece], text: Text) -> list[Piece]:
    for index in reversed(range(len(gap))):
        said = _text(gap[index], text)
        found = max(said.rfind("\n"), said.rfind("\r"))
        if found >= 0:
            found -= said[found - 1 : found + 1] == "\r\n"
            left, _ = _halves(gap[index], found)
            return [*gap[:index], left] if found else gap[:index]
    return gap


def _last_line(gap: list[Piece], text: Text) -> str | None:
    """Return the blanks that an item's line begins with; None where something stands before it."""
    said = "".join(_text(piece, text) for piece in gap)
    found = max(said.rfind("\n"), said.rfind("\r"))
    return said[found + 1 :] if found >= 0 and not said[found + 1 :].strip(" \t\f") else None


def _halves(piece: Piece, at: int) -> tuple[Piece, Piece]:
    if isinstance(piece, str):
        return piece[:at], piece[at:]
    return Span(piece.start, piece.start + at), Span(piece.start + at, piece.end)


def splices_of(pieces: list[Piece], start: int, end: int) -> list[Splice]:
    """Return how to get from the source between two offsets to the pieces; what stays is never written anew."""
    splices: list[Splice] = []
    said, done = "", start
    for piece in [*pieces, Span(end, end)]:
        if isinstance(piece, str):
            said += piece
            continue
        if piece.start == piece.end != end:
            continue
        if said or piece.start > done:
            splices.append(Splice(done, piece.start, said))
        said, done = "", piece.end
    return splices
