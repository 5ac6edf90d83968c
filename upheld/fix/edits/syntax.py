"""From a source to its brackets, read by LibCST."""

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from upheld.fix.edits.brackets import Bracket, Item, Kind, Piece, Span, Style
from upheld.fix.edits.kinds import EditError
from upheld.fix.edits.text import Text, width_of

if TYPE_CHECKING:
    import libcst

Parts = list[Piece | Bracket]


class Tree:
    """The brackets of one expression, or of one signature or import, by where they close."""

    def __init__(self, text: Text, start: int, end: int, *, before: str = "(", after: str = ")") -> None:
        """Read what stands between two offsets; `before` and `after` make a whole module of it."""
        import libcst  # noqa: PLC0415  # takes 0.4 s, and only an edit needs it
        from libcst.metadata import MetadataWrapper, PositionProvider  # noqa: PLC0415

        self.text = text
        self.start, self.end = start, end
        self._cst = libcst
        source = f"{before}{text.source[start:end]}{after}"
        self._inner = Text(source)
        self._shift = start - len(before)
        try:
            wrapper = MetadataWrapper(libcst.parse_module(source), unsafe_skip_copy=True)
        except (libcst.ParserSyntaxError, libcst.CSTLogicError) as error:
            reason = " ".join(f"{error}".split())
            raise EditError(f"{text.place(start)}: LibCST cannot read this ({reason:.120})") from error
        self.module = wrapper.module
        self._positions = wrapper.resolve(PositionProvider)
        self.brackets: dict[int, Bracket] = {}
        self.parts = self._between(self.module, start, end)

    def closing(self, end: int) -> Bracket:
        """Return the bracket that ends before an offset. Errors: EditError when there is none."""
        found = self.brackets.get(end - 1)
        if found is None:
            raise EditError(f"{self.text.place(end - 1)}: no bracket closes here")
        return found

    def _at(self, node: "libcst.CSTNode") -> tuple[int, int]:
        where = self._positions[node]
        starts = self._inner.starts
        return (
            starts[where.start.line - 1] + where.start.column + self._shift,
            starts[where.end.line - 1] + where.end.column + self._shift,
        )

    def _between(self, node: "libcst.CSTNode", start: int, end: int) -> Parts:
        parts: Parts = []
        for bracket in self._maximal(node):
            parts += [Span(start, bracket.start), bracket]
            start = bracket.end
        return [*parts, Span(start, end)]

    def _maximal(self, node: "libcst.CSTNode") -> list[Bracket]:
        """Return the outermost brackets within a node, from left to right."""
        cst = self._cst
        if isinstance(node, cst.FormattedString | cst.TemplatedString):
            return []  # a line end within its braces is new in Python 3.12
        if isinstance(node, cst.Call):
            return [*self._maximal(node.func), self._call(node)]
        if isinstance(node, cst.Dict | cst.List | cst.Set):
            start, end = self._at(node)
            elements = [(each, self._at(each)) for each in node.elements]
            return [self._bracket(start, end - 1, elements, kind=Kind.DISPLAY)]
        if isinstance(node, cst.Tuple) and node.lpar and node.elements:
            items = [(each, self._at(each)) for each in node.elements]
            opening = items[0][1][0] - self._length(node.lpar[-1].whitespace_after) - 1
            if opening >= self.start:  # else its parentheses are those that make a module of it
                return [self._bracket(opening, self._closing(items[-1][1][1]), items, kind=Kind.DISPLAY)]
        if isinstance(node, cst.FunctionDef):
            return [self._signature(node)]
        if isinstance(node, cst.ImportFrom) and node.lpar and not isinstance(node.names, cst.ImportStar):
            names = [(each, self._at(each)) for each in node.names]
            opening = names[0][1][0] - self._length(node.lpar.whitespace_after) - 1
            closing = self._closing(names[-1][1][1])
            return [self._bracket(opening, closing, names, kind=Kind.NAMES)]
        return [bracket for child in node.children for bracket in self._maximal(child)]

    def _call(self, node: "libcst.Call") -> Bracket:
        _, end = self._at(node)
        items = [(each, self._at(each)) for each in node.args]
        first = items[0][1][0] if items else end - 1
        opening = first - self._length(node.whitespace_before_args) - 1
        return self._bracket(opening, end - 1, items, kind=Kind.ARGUMENTS)

    def _signature(self, node: "libcst.FunctionDef") -> Bracket:
        cst = self._cst
        params = node.params
        nodes: list[libcst.CSTNode] = [*params.posonly_params]
        if isinstance(params.posonly_ind, cst.ParamSlash):
            nodes.append(params.posonly_ind)
        nodes += params.params
        if isinstance(params.star_arg, cst.Param | cst.ParamStar):
            nodes.append(params.star_arg)
        nodes += params.kwonly_params
        if params.star_kwarg:
            nodes.append(params.star_kwarg)
        items = []
        for each in nodes:
            start, _ = self._at(each)
            bare = (
                each.with_changes(comma=cst.MaybeSentinel.DEFAULT, whitespace_after_param=cst.SimpleWhitespace(""))
                if isinstance(each, cst.Param)
                else None
            )
            items.append((each, (start, start + (self._length(bare) if bare else 1))))
        _, name_end = self._at(node.type_parameters or node.name)
        opening = self.text.significant(name_end)
        closing = self._closing(items[-1][1][1]) if items else self.text.significant(opening + 1)
        return self._bracket(opening, closing, items, kind=Kind.PARAMETERS)

    def _length(self, node: "libcst.CSTNode") -> int:
        return len(self.module.code_for_node(node))

    def _closing(self, offset: int) -> int:
        offset = self.text.significant(offset)
        return self.text.significant(offset + 1) if self.text.source[offset] == "," else offset

    def _bracket(
        self, opening: int, closing: int, nodes: "Sequence[tuple[libcst.CSTNode, tuple[int, int]]]", *, kind: Kind
    ) -> Bracket:
        text = self.text
        items: list[Item] = []
        done = opening + 1
        for node, (start, end) in nodes:
            item = Item(parts=self._between(node, start, end), before=[Span(done, start)], end=end)
            comma = text.significant(end)
            done = end
            if text.source[comma : comma + 1] == ",":
                item.comma, item.tail, done = True, [Span(end, comma)], comma + 1
            items.append(item)
        bracket = Bracket(
            opening=Span(opening, opening + 1),
            closing=Span(closing, closing + 1),
            items=items,
            last=[Span(done, closing)],
            style=self._style(items, Span(done, closing), kind=kind),
            kind=kind,
            width=_width(text.source[opening : closing + 1]),
        )
        self.brackets[closing] = bracket
        return bracket

    def _style(self, items: list[Item], last: Span, *, kind: Kind) -> Style:
        said: Callable[[Piece], str] = functools.partial(said_by, text=self.text)
        gaps = [*("".join(map(said, [*item.before])) for item in items), said(last)]
        tails = "".join(said(piece) for item in items for piece in item.tail)
        ends = ["\n" in gap or "\r" in gap for gap in gaps]
        if not any(ends) and not tails.strip(" "):
            return Style.FLAT
        outer = len(ends) > 1 and ends[0] and ends[-1] and not any(ends[1:-1])
        if kind.hugs and outer and not items[-1].comma and not any(gap.strip() for gap in [*gaps, tails]):
            return Style.JOINED
        return Style.LINES


def _width(said: str) -> int:
    """Return how wide a bracket is, or would be about on one line."""
    return width_of(" ".join(said.split()) if "\n" in said or "\r" in said else said)


def said_by(piece: Piece, *, text: Text) -> str:
    """Return what a piece says."""
    return piece if isinstance(piece, str) else text.source[piece.start : piece.end]


def parts_of(code: str) -> Parts:
    """Return new code, an expression, as parts that can be laid out. Errors: EditError when it is none."""
    tree = Tree(Text(code), 0, len(code))
    return _owned(tree.parts, tree.text)


def _owned(parts: Parts, text: Text) -> Parts:
    """Write spans of another source out."""
    out: Parts = []
    for part in parts:
        if isinstance(part, Bracket):
            part.opening, part.closing = said_by(part.opening, text=text), said_by(part.closing, text=text)
            part.last = [said_by(piece, text=text) for piece in part.last]
            for item in part.items:
                item.parts = _owned(item.parts, text)
                item.before = [said_by(piece, text=text) for piece in item.before]
                item.tail = [said_by(piece, text=text) for piece in item.tail]
            out.append(part)
        else:
            out.append(said_by(part, text=text))
    return out
