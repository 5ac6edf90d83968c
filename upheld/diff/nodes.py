"""The schemas of the documents that are compared, as numbered nodes: the same schema has the same number."""

from collections.abc import Mapping
from dataclasses import dataclass

from upheld.diff.forms import EVERYTHING, NOTHING, All, Form, Texts
from upheld.model import Json, UpheldError
from upheld.pointer import pointed, pointer, tokens

FOLLOWED_MOST = 20
"""References in a row."""


class UnderWayError(UpheldError):
    """The form of a schema is asked for while it is being made."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Source:
    """One document, read in one direction."""

    name: str
    """As messages call it."""
    document: Mapping[str, Json]
    spared: str = ""
    """The mark of members that are not sent in this direction: of OpenAPI 3.0, `readOnly` in a request and `writeOnly`
    in an answer (OpenAPI 3.0.4, Schema Object); "" since 3.1, where both are annotations."""

    @property
    def old_dialect(self) -> bool:
        """Whether it is OpenAPI 3.0: `nullable`, and bounds that are exclusive by a flag."""
        return str(self.document.get("openapi", "")).startswith("3.0")

    def pointed(self, reference: Json) -> Json:
        """Return what a reference leads to.

        Errors: UpheldError where it leads to nothing, out of the document, or is no text.
        """
        if not isinstance(reference, str) or not reference.startswith("#"):
            raise _unreachable(self, reference, "out of the document")
        try:
            return pointed(self.document, reference)
        except LookupError:
            raise _unreachable(self, reference, "to nothing") from None

    def is_spared(self, raw: Json) -> bool:
        """Return whether a member of some schema is not sent in this direction. Errors: as `pointed`."""
        if not self.spared:
            return False
        for _ in range(FOLLOWED_MOST):
            if not isinstance(raw, Mapping) or self.spared in raw or "$ref" not in raw:
                break
            raw = self.pointed(raw["$ref"])
        return isinstance(raw, Mapping) and raw.get(self.spared) is True


@dataclass(slots=True)
class Node:
    """One schema."""

    source: Source | None
    """`None` for one that no document holds."""
    raw: Mapping[str, Json]
    parent: int
    tokens: tuple[str, ...]
    """From the parent, or from the document where that is -1."""
    form: Form | None = None
    """What it is, where no document says so."""


class Nodes:
    """Numbers schemas as they are met."""

    def __init__(self) -> None:
        """Begin with the node that accepts nothing and the one that accepts any text."""
        self._nodes: list[Node] = []
        self._known: dict[tuple[int, int], int] = {}
        self._targets: dict[tuple[int, str], All] = {}
        self._given: dict[Form, int] = {}
        self.never: All = self.given(NOTHING)
        self.text: All = self.given(Form((Texts(),)))

    def __getitem__(self, number: int) -> Node:
        """Return a node by its number."""
        return self._nodes[number]

    def given(self, form: Form) -> All:
        """Return the node of a form; equal forms have one, so that questions about them come to an end."""
        if form not in self._given:
            self._given[form] = len(self._nodes)
            self._nodes.append(Node(None, {}, -1, (), form))
        return (self._given[form],)

    def of(self, source: Source, raw: Json, tokens: tuple[str, ...], parent: int = -1) -> All:
        """Return the node of a schema that stands below another, or in its document; the first place it has counts."""
        if isinstance(raw, bool):
            return EVERYTHING if raw else self.never
        if not raw:
            return EVERYTHING
        key = (id(source), id(raw))
        known = self._known.get(key)
        if known is None:
            if not isinstance(raw, Mapping):
                place = self._written(parent, tokens)
                raise UpheldError(f"{source.name}: {raw!r:.60} at {place}, expected a schema; mend the document")
            known = self._known[key] = len(self._nodes)
            self._nodes.append(Node(source, raw, parent, tokens))
        return (known,)

    def below(self, number: int, raw: Json, *tokens: str) -> All:
        """Return the node of a schema that stands below a node."""
        source = self._nodes[number].source
        assert source is not None  # noqa: S101  # only what a document holds has something below it
        return self.of(source, raw, tokens, number)

    def target(self, source: Source, reference: Json) -> All:
        """Return the node that a reference leads to.

        Errors: UpheldError where it leads to nothing, out of the document, or is no text.
        """
        key = (id(source), str(reference))
        if key not in self._targets:
            self._targets[key] = self.of(source, source.pointed(reference), tokens(reference[1:]))
        return self._targets[key]

    def resolved(self, number: int) -> int:
        """Return the node that a node is nothing but a reference to, or the node itself."""
        for _ in range(FOLLOWED_MOST):
            node = self._nodes[number]
            if node.source is None or node.raw.keys() != {"$ref"}:
                break
            target = self.target(node.source, node.raw["$ref"])
            if not target:
                break
            number = target[0]
        return number

    def place(self, number: int) -> str:
        """Return where a node stands in its document, as a JSON pointer; "" where no document holds it."""
        return self._written(number, ())

    def _written(self, number: int, tokens: tuple[str, ...]) -> str:
        while number >= 0:
            node = self._nodes[number]
            number, tokens = node.parent, (*node.tokens, *tokens)
        return pointer(tokens)


def _unreachable(source: Source, reference: Json, where: str) -> UpheldError:
    return UpheldError(
        f'{source.name}: a reference {where}, "$ref": {reference!r}; expected one to a schema that the document holds; '
        "mend the document"
    )
