"""What schemas say beside what is valid: names, defaults, that something goes away, titles and descriptions."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from upheld.diff.aspects import Pair
from upheld.diff.forms import All, Objects, Part, written
from upheld.diff.leaf import Leaf, Steps
from upheld.diff.nodes import Nodes
from upheld.model import Json

Whole: TypeAlias = tuple[All, All]
SCHEMAS = "#/components/schemas/"
TEXTS = ("title", "description", "summary", "examples", "example", "externalDocs", "xml", "$comment")
MISSING: Json = object()
FOLLOWED_MOST = 20


class Said:
    """Compares what two schemas say that no validator looks at."""

    def __init__(self, nodes: Nodes) -> None:
        """Take the schemas."""
        self._nodes = nodes

    def leaves(self, whole: Whole, steps: Steps) -> Iterator[Leaf]:
        """Yield the leaves of names, defaults, deprecation, discriminators and texts."""
        small, big = (self._place(condition) for condition in whole)
        names = [self._name(condition) for condition in whole]
        if all(names) and names[0] != names[1]:
            yield _leaf(
                "schema-renamed", steps, f"/components/schemas/{names[0]}", f"/components/schemas/{names[1]}", names
            )
        for key in ("default", "deprecated", "discriminator"):
            first, second = (self.of(condition, key) for condition in whole)
            if key == "discriminator":
                first, second = (_tag(told) for told in (first, second))
            if key == "deprecated":
                first, second = (told is True for told in (first, second))
            if _text(first) != _text(second):
                yield _leaf(key, steps, small, big, (_text(first), _text(second)))
        if any(self._own(whole[0], key) != self._own(whole[1], key) for key in TEXTS):
            yield _leaf("text", steps, small, big, ("", ""))

    def of(self, condition: All, key: str) -> Json:
        """Return what nodes say under a keyword, themselves or what they refer to; `MISSING` for nothing."""
        for number in condition:
            for raw in self._raws(number):
                if key in raw:
                    return raw[key]
        return MISSING

    def of_part(self, part: Part, key: str) -> Json:
        """Return what the node that says a part says under a keyword; `None` for nothing."""
        return self._nodes[part.origin].raw.get(key) if part.origin >= 0 else None

    def visibility(self, pair: Pair, one: Objects, other: Objects) -> Iterator[Leaf]:
        """Yield the leaves of members that are sent in one direction only, on one side."""
        for name in self._properties(one):
            if name in self._properties(other):
                marks = [self._marks(part, name) for part in (one, other)]
                if marks[0] != marks[1]:
                    leaf = _leaf("visibility", pair.steps, pair.small, pair.big, marks)
                    yield leaf

    def is_spared(self, pair: Pair, name: str) -> bool:
        """Return whether both sides know a member, which is not sent in this direction on one of them."""
        return all(isinstance(part, Objects) and name in self._properties(part) for part in (pair.one, pair.other))

    def _properties(self, part: Part) -> Mapping[str, Json]:
        found = self.of_part(part, "properties")
        return found if isinstance(found, Mapping) else {}

    def _marks(self, part: Objects, name: str) -> str:
        node = self._nodes.below(part.origin, self._properties(part)[name], "properties", name)
        return " and ".join(mark for mark in ("readOnly", "writeOnly") if self.of(node, mark) is True) or "both ways"

    def _own(self, condition: All, key: str) -> Json:
        return [
            self._nodes[number].raw.get(key) for number in condition if self._nodes[number].raw.get(key) is not None
        ]

    def _raws(self, number: int) -> Iterator[Mapping[str, Json]]:
        for _ in range(FOLLOWED_MOST):
            node = self._nodes[number]
            yield node.raw
            if node.source is None or "$ref" not in node.raw:
                return
            target = self._nodes.target(node.source, node.raw["$ref"])
            if not target:
                return
            number = target[0]

    def _name(self, condition: All) -> str:
        """Return the name of the one schema that is referred to; "" where that is not so, or it says more."""
        if len(condition) != 1:
            return ""
        reference = self._nodes[condition[0]].raw.get("$ref")
        return reference.removeprefix(SCHEMAS) if isinstance(reference, str) and reference.startswith(SCHEMAS) else ""

    def _place(self, condition: All) -> str | None:
        held = [number for number in condition if self._nodes[number].source is not None]
        return self._nodes.place(held[0]) if held else None


def _leaf(what: str, steps: Steps, small: str | None, big: str | None, said: tuple[str, str] | list[str]) -> Leaf:
    return Leaf(what=what, loses=False, steps=steps, small=small, big=big, sent=said[0], accepted=said[1])


def _tag(told: Json) -> Json:
    """Return what tells alternatives apart; what is mapped to which is said by the alternatives themselves."""
    return told.get("propertyName") if isinstance(told, Mapping) else MISSING


def _text(value: Json) -> str:
    return "none" if value is MISSING else written(value)
