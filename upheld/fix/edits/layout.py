"""Where lines break: as Black and Ruff break them, and only in what an edit has touched."""

from upheld.fix.edits.brackets import Bracket, Item, Kind, Piece, Span, Style
from upheld.fix.edits.syntax import Parts, Tree, said_by
from upheld.fix.edits.text import Text, line_width, width_of


def laid_out(tree: Tree, *, width: int) -> list[Piece]:
    """Return an edited expression as pieces, broken where it is wider than a line may be."""
    text = tree.text
    start = text.line_start(tree.start)
    column = width_of(text.source[start : tree.start])
    page = _Page(text, width=width, column=column, indent=text.indent(tree.start))
    page.write_all(tree.parts, suffix=text.suffix(tree.end), fresh=False)
    return page.out


def fresh(parts: Parts, text: Text, *, column: int, indent: str, suffix: int, width: int) -> str:
    """Return new code, broken where it is wider than a line may be."""
    page = _Page(text, width=width, column=column, indent=indent)
    page.write_all(parts, suffix=suffix, fresh=True)
    return "".join(said_by(piece, text=text) for piece in page.out)


class _Page:
    def __init__(self, text: Text, *, width: int, column: int, indent: str) -> None:
        self.text = text
        self.width = width
        self.column = column
        self.indent = indent
        self.out: list[Piece] = []

    def write_all(self, parts: Parts, *, suffix: int, fresh: bool) -> None:
        for index, part in enumerate(parts):
            if isinstance(part, Bracket):
                self._bracket(part, suffix=self._until_break(parts[index + 1 :], suffix), fresh=fresh)
            else:
                self._write(part)

    def _until_break(self, parts: Parts, suffix: int) -> int:
        """Return how wide what follows is up to where a line may end next."""
        wide = 0
        for part in parts:
            if isinstance(part, Bracket):
                return wide + (1 if part.items else 2)
            said = said_by(part, text=self.text)
            first = said.replace("\r", "\n").split("\n", 1)
            if len(first) > 1:
                return wide + line_width(first[0])
            wide += width_of(first[0])
        return wide + suffix

    def _write(self, piece: Piece) -> None:
        said = said_by(piece, text=self.text)
        if not said:
            return
        self.out.append(piece)
        at = max(said.rfind("\n"), said.rfind("\r"))
        if at < 0:
            self.column += width_of(said)
        else:
            line = said[at + 1 :]
            self.column = width_of(line)
            self.indent = line[: len(line) - len(line.lstrip(" \t\f"))]

    def _write_pieces(self, parts: Parts) -> None:
        for piece in _pieces(parts):
            self._write(piece)

    def _bracket(self, bracket: Bracket, *, suffix: int, fresh: bool) -> None:
        flat = "".join(said_by(piece, text=self.text) for piece in _pieces([bracket]))
        touched = _touched(bracket)
        one_line = "\n" not in flat and "\r" not in flat
        fits = self.column + width_of(flat) + suffix <= self.width
        too_wide = not fits and (fresh or bracket.start < 0 or width_of(flat) > bracket.width)
        if not (touched or fresh) or not bracket.items:
            self._write_pieces([bracket])
        elif bracket.style is Style.FLAT and one_line:
            if too_wide:
                self._explode(bracket)
            else:
                self._write_pieces([bracket])
        elif bracket.style is Style.FLAT and touched and _holds_text_only(bracket, self.text):
            self._explode(bracket)
        elif bracket.style is Style.JOINED and self._shrank(bracket, suffix):
            for piece in _flat([bracket]):
                self._write(piece)
        elif bracket.style is Style.JOINED and not self._line_fits(bracket):
            self._explode(bracket)
        else:
            self._as_it_stands(bracket, suffix=suffix)

    def _as_it_stands(self, bracket: Bracket, *, suffix: int) -> None:
        self._write(bracket.opening)
        for index, item in enumerate(bracket.items):
            for piece in item.before:
                self._write(piece)
            after = bracket.items[index + 1].before if index + 1 < len(bracket.items) else bracket.last
            behind = self._behind(item, after, suffix)
            self.write_all(item.parts, suffix=behind, fresh=item.end < 0 or item.longer)
            for piece in item.tail:
                self._write(piece)
            if item.comma:
                self._write(",")
        for piece in bracket.last:
            self._write(piece)
        self._write(bracket.closing)

    def _behind(self, item: Item, after: list[Piece], suffix: int) -> int:
        said = "".join(said_by(piece, text=self.text) for piece in after)
        line = said.replace("\r", "\n").split("\n", 1)
        return item.comma + (width_of(line[0].rstrip()) if len(line) > 1 else 1 + suffix)

    def _line_fits(self, bracket: Bracket) -> bool:
        """Return whether all items fit on the line between the brackets."""
        said = "".join(said_by(piece, text=self.text) for piece in _line(bracket))
        first = "".join(said_by(piece, text=self.text) for piece in bracket.items[0].before) if bracket.items else ""
        inner = width_of(first.replace("\r", "\n").rpartition("\n")[2])
        return "\n" not in said and "\r" not in said and inner + width_of(said) <= self.width

    def _shrank(self, bracket: Bracket, suffix: int) -> bool:
        """Return whether an edit made it short enough for one line, which it was not before."""
        said = "".join(said_by(piece, text=self.text) for piece in _flat([bracket]))
        if "\n" in said or "\r" in said:
            return False
        start = bracket.start
        before = width_of(self.text.source[self.text.line_start(start) : start])
        return before + bracket.width + suffix > self.width >= self.column + width_of(said) + suffix

    def _explode(self, bracket: Bracket) -> None:
        base = self.indent
        inner = base + self.text.unit
        newline = self.text.newline
        self._write(bracket.opening)
        said = "".join(said_by(piece, text=self.text) for piece in _line(bracket))
        flat = "\n" not in said and "\r" not in said and width_of(inner) + width_of(said) <= self.width
        if bracket.kind.hugs and flat and not bracket.items[-1].comma and not _lone_parameter(bracket):
            self._write(newline + inner)
            for index, item in enumerate(bracket.items):
                for piece in item.before if index else []:
                    self._write(piece)
                self.write_all(item.parts, suffix=0, fresh=False)
                if item.comma:
                    self._write(",")
        else:
            for item in bracket.items:
                self._write(newline + inner)
                comma = item is not bracket.items[-1] or bracket.trails
                self.write_all(item.parts, suffix=int(comma), fresh=True)
                self._write("," if comma else "")
        self._write(newline + base)
        self._write(bracket.closing)


def _line(bracket: Bracket) -> list[Piece]:
    """Return the items without the brackets and what stands at their ends."""
    pieces: list[Piece] = []
    for index, item in enumerate(bracket.items):
        pieces += [*(item.before if index else []), *_pieces(item.parts), *([","] if item.comma else [])]
    return pieces


def _lone_parameter(bracket: Bracket) -> bool:
    return bracket.kind is Kind.PARAMETERS and len(bracket.items) == 1


def _flat(parts: Parts) -> list[Piece]:
    """Return parts with everything on one line that stands joined between brackets on their own lines."""
    pieces: list[Piece] = []
    for part in parts:
        if isinstance(part, Bracket) and part.style is not Style.LINES:
            joined = part.style is Style.JOINED
            pieces.append(part.opening)
            for index, item in enumerate(part.items):
                pieces += [*([] if joined and not index else item.before), *_flat(item.parts), *item.tail]
                pieces += [","] if item.comma else []
            pieces += [*([] if joined else part.last), part.closing]
        else:
            pieces += _pieces([part])
    return pieces


def _pieces(parts: Parts) -> list[Piece]:
    pieces: list[Piece] = []
    for part in parts:
        if isinstance(part, Bracket):
            pieces.append(part.opening)
            for item in part.items:
                pieces += [*item.before, *_pieces(item.parts), *item.tail, *([","] if item.comma else [])]
            pieces += [*part.last, part.closing]
        else:
            pieces.append(part)
    return pieces


def _touched(bracket: Bracket) -> bool:
    return bracket.touched or any(
        isinstance(part, str) or (isinstance(part, Bracket) and _touched(part))
        for item in bracket.items
        for part in item.parts
    )


def _holds_text_only(bracket: Bracket, text: Text) -> bool:
    """Return whether its line ends all stand within texts, where no bracket was broken."""
    for item in bracket.items:
        for part in item.parts:
            if isinstance(part, Bracket):
                if part.style is not Style.FLAT or not _holds_text_only(part, text):
                    return False
            elif isinstance(part, Span) and _breaks(said_by(part, text=text)):
                return False
    return True


def _breaks(said: str) -> bool:
    """Return whether a line ends outside texts of three quotes."""
    quiet = "".join(said.split('"""')[::2]) if '"""' in said else "".join(said.split("'''")[::2])
    return "\n" in quiet or "\r" in quiet
