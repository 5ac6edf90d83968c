"""A source as text: its places, its habits, and the splices that change it."""

import ast
import functools
import io
import re
import tokenize
import unicodedata
import warnings
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from upheld.fix.edits.kinds import EditError, Place

_NEWLINE = re.compile(r"\r\n|\r|\n")
_COOKIE = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_PRAGMA = re.compile(r"#\s*(noqa|type:|pyright:|pylint:|flake8:|ruff:)")
_INDENT = re.compile(r"[ \t\f]*")


@dataclass(frozen=True, slots=True)
class Splice:
    """A text in the place of what stands between two offsets."""

    start: int
    end: int
    text: str


class Text:
    """One state of a source, parsed when asked; it never changes.

    Offsets count characters from 0. Errors: EditError when the source does not parse.
    """

    def __init__(
        self, source: str, *, shared: Collection[str] = (), values: Mapping[str, object] | None = None
    ) -> None:
        self.source = source
        self.shared = frozenset(shared)
        self.values = values or {}
        self.starts = [0, *(found.end() for found in _NEWLINE.finditer(source))]

    def changed(self, source: str) -> "Text":
        """Return another state of the same source."""
        return Text(source, shared=self.shared, values=self.values)

    @functools.cached_property
    def tree(self) -> ast.Module:
        """The syntax tree. Errors: EditError."""
        return parsed(self.source)

    @functools.cached_property
    def newline(self) -> str:
        """How most lines end."""
        counts = Counter(_NEWLINE.findall(self.source))
        return max(("\n", "\r\n", "\r"), key=lambda ending: counts[ending])

    @functools.cached_property
    def unit(self) -> str:
        """One step of indentation, as the first indented block has it."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.If | ast.With | ast.Try):
                here, inner = self.indent(self.at(node)), self.indent(self.at(node.body[0]))
                if inner.startswith(here) and len(inner) > len(here):
                    return inner.removeprefix(here)
        return "    "

    @functools.cached_property
    def quote(self) -> str:
        """The quote that most texts are written with; the double one when in doubt."""
        counts: Counter[str] = Counter()
        try:
            for token in tokenize.generate_tokens(io.StringIO(self.source, newline="").readline):
                if token.type == tokenize.STRING:
                    body = token.string.lstrip("rRbBuUfF")
                    if not body.startswith(('"""', "'''")) and not set("\"'") & set(body[1:-1]):
                        counts[body[0]] += 1
        except (tokenize.TokenError, SyntaxError):
            return '"'
        return "'" if counts["'"] > counts['"'] else '"'

    @functools.cached_property
    def encoding(self) -> str:
        """What the file is written in, as its first two lines say."""
        for line in _NEWLINE.split(self.source, maxsplit=2)[:2]:
            if found := _COOKIE.match(line):
                return found[1]
            if line.strip(" \t\f") and not line.lstrip(" \t\f").startswith("#"):
                break
        return "utf-8"

    def offset(self, place: Place) -> int:
        """Return where a place is. Errors: EditError when there is no such place."""
        return self._offset(place.line, place.column)

    def at(self, node: ast.stmt | ast.expr | ast.arg | ast.keyword | ast.alias) -> int:
        """Return where a node begins."""
        return self._offset(node.lineno, node.col_offset)

    def end(self, node: ast.stmt | ast.expr | ast.arg | ast.keyword | ast.alias) -> int:
        """Return where a node ends."""
        return self._offset(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)

    def _offset(self, line: int, column: int) -> int:
        if not 1 <= line <= len(self.starts):
            raise EditError(f"line {line}: no such line, the source has {len(self.starts)}")
        start = self.starts[line - 1]
        text = self.source[start : self.starts[line] if line < len(self.starts) else len(self.source)]
        if text.isascii():
            return start + column
        return start + len(text.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore"))

    def place(self, offset: int) -> str:
        """Return an offset as people read it."""
        line = self.line(offset)
        return f"line {line + 1}, column {offset - self.starts[line] + 1}"

    def line(self, offset: int) -> int:
        """Return the line of an offset, from 0."""
        low, high = 0, len(self.starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.starts[middle] <= offset else (low, middle)
        return low

    def line_start(self, offset: int) -> int:
        """Return where the line of an offset begins."""
        return self.starts[self.line(offset)]

    def line_end(self, offset: int) -> int:
        """Return where the line of an offset ends, before its line end."""
        found = _NEWLINE.search(self.source, offset)
        return found.start() if found else len(self.source)

    def next_line(self, offset: int) -> int:
        """Return where the line behind an offset's begins; the end of the source for the last."""
        found = _NEWLINE.search(self.source, offset)
        return found.end() if found else len(self.source)

    def indent(self, offset: int) -> str:
        """Return the blanks that the line of an offset begins with."""
        found = _INDENT.match(self.source, self.line_start(offset))
        return found[0] if found else ""

    def significant(self, offset: int) -> int:
        """Return the first offset from here on that is neither blank nor in a comment."""
        source = self.source
        while offset < len(source):
            if source[offset] == "#":
                offset = self.line_end(offset)
            elif source[offset] in " \t\f\r\n\\":
                offset += 1
            else:
                break
        return offset

    def suffix(self, offset: int) -> int:
        """Return how wide the rest of a line is, without a remark to a tool."""
        return line_width(self.source[offset : self.line_end(offset)])


@functools.lru_cache(maxsize=16)
def parsed(source: str) -> ast.Module:
    """Parse a source as a module that also compiles; nobody changes what is returned.

    Errors: EditError, with the line.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
            compile(tree, "<source>", "exec", dont_inherit=True)
    except SyntaxError as error:
        raise EditError(f"line {error.lineno}: {error.msg}, expected Python that parses") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise EditError(f"the source cannot be parsed ({error}), expected Python") from error
    return tree


def line_width(rest: str) -> int:
    """Return how wide the end of a line is, without a remark to a tool, which may be as long as it likes."""
    found = _PRAGMA.search(rest)
    return width_of((rest[: found.start()] if found else rest).rstrip())


def width_of(text: str) -> int:
    """Return how many columns a text takes, tabs at four and wide characters at two."""
    if text.isascii():
        return len(text) + 3 * text.count("\t")
    return sum(
        4
        if letter == "\t"
        else 2
        if unicodedata.east_asian_width(letter) in "WF"
        else not unicodedata.combining(letter)
        for letter in text
    )


def spliced(source: str, splices: Iterable[Splice]) -> str:
    """Return the source with every splice made; what is inserted at one offset stands in the order given."""
    out: list[str] = []
    done = 0
    for splice in sorted(splices, key=lambda each: (each.start, each.end)):
        out += [source[done : splice.start], splice.text]
        done = splice.end
    return "".join([*out, source[done:]])


def moved(offset: int, splices: Sequence[Splice], *, ends: bool = False) -> int | None:
    """Return where an offset is after the splices; None when what begins there, or `ends` there, is gone."""
    moved_by = 0
    for splice in splices:
        is_before = splice.end <= offset and not (ends and splice.start == offset)
        gone = splice.start == offset < splice.end and not splice.text and not ends
        if gone or splice.start < offset < splice.end:
            return None
        if is_before:
            moved_by += len(splice.text) - (splice.end - splice.start)
    return offset + moved_by
