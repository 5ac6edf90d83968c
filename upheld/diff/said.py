"""What schemas say beside what is valid: names, defaults, that something goes away, titles and descriptions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from upheld.diff.aspects import Pair
from upheld.diff.forms import All, Objects, Part, written
from upheld.diff.leaf import Leaf
from upheld.diff.nodes import Nodes
from upheld.model import Json
from upheld.pointer import unescaped

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

    def leaves(self, whole: Whole) -> Iterator[Leaf]:
        """Yield the leaves of names, defaults, deprecation, discriminators and texts."""
        small, big = (self._place(condition) for condition in whole)
        yield from self._renamed((self._name(whole[0]), self._name(whole[1])), whole)
        for key in ("default", "deprecated", "discriminator"):
            first, second = (self.of(condition, key) for condition in whole)
            if key == "deprecated":
                first, second = (told is True for told in (first, second))
            if key == "discriminator":
                first, second = self._tags(first, second, whole)
            if _text(first) != _text(second):
                yield _leaf(key, small, big, (_text(first), _text(second)))
        if any(self._own(whole[0], key) != self._own(whole[1], key) for key in TEXTS):
            yield _leaf("text", small, big, ("", ""))

    def renamed(self, pair: Pair) -> Iterator[Leaf]:
        """Yield the leaf of a part of a union whose schema has another name."""
        whole = (pair.one.origin,), (pair.other.origin,)
        if min(pair.one.origin, pair.other.origin) >= 0:
            yield from self._renamed((_component(pair.small), _component(pair.big)), whole)

    def _renamed(self, names: tuple[str, str], whole: Whole) -> Iterator[Leaf]:
        first, second = names
        if not first or not second or _bare(first) == _bare(second) or self._is_another(names, whole):
            return
        places = [f"/components/schemas/{name}" for name in (first, second)]
        yield _leaf("schema-renamed", places[0], places[1], names)

    def are_others(self, small: int, big: int) -> bool:
        """Return whether two nodes are schemas of other names, one of which both documents hold: none was renamed."""
        if min(small, big) < 0:
            return False
        first, second = (_component(self._nodes.place(node)) for node in (small, big))
        if not first or not second or _bare(first) == _bare(second):
            return False
        return self._is_another((first, second), ((small,), (big,)))

    def _is_another(self, names: tuple[str, str], whole: Whole) -> bool:
        return self._holds(whole[1], names[0]) or self._holds(whole[0], names[1])

    def _holds(self, condition: All, name: str) -> bool:
        """Whether the document of some nodes has a schema of a name."""
        source = self._nodes[condition[0]].source
        components = source.document.get("components") if source is not None else None
        schemas = components.get("schemas") if isinstance(components, Mapping) else None
        return isinstance(schemas, Mapping) and unescaped(name) in schemas

    def _tags(self, first: Json, second: Json, whole: Whole) -> tuple[Json, Json]:
        """Return what tells alternatives apart on both sides, with those values that mean another schema there."""
        if not isinstance(first, Mapping) or not isinstance(second, Mapping):
            return (MISSING, MISSING)  # what is valid says as much
        mine, theirs = _mapped(first), _mapped(second)
        apart = [
            tag
            for tag in sorted(mine.keys() & theirs.keys())
            if mine[tag] != theirs[tag] and self._holds(whole[0], theirs[tag]) and self._holds(whole[1], mine[tag])
        ]
        return (
            [first.get("propertyName"), *(mine[tag] for tag in apart)],
            [second.get("propertyName"), *(theirs[tag] for tag in apart)],
        )

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

    def visibility(self, one: Objects, other: Objects) -> Iterator[Leaf]:
        """Yield the leaves of members that are sent in one direction only, on one side."""
        for name in self._properties(one):
            if name in self._properties(other):
                marks = [self._marks(part, name) for part in (one, other)]
                if marks[0] != marks[1]:
                    small, big = (self._place(self._property(part, name)) for part in (one, other))
                    yield _leaf("visibility", small, big, marks)

    def is_spared(self, pair: Pair, name: str) -> bool:
        """Return whether both sides know a member, which is not sent in this direction on one of them."""
        return all(isinstance(part, Objects) and name in self._properties(part) for part in (pair.one, pair.other))

    def _properties(self, part: Part) -> Mapping[str, Json]:
        found = self.of_part(part, "properties")
        return found if isinstance(found, Mapping) else {}

    def _marks(self, part: Objects, name: str) -> str:
        node = self._property(part, name)
        return " and ".join(mark for mark in ("readOnly", "writeOnly") if self.of(node, mark) is True) or "both ways"

    def _property(self, part: Objects, name: str) -> All:
        return self._nodes.below(part.origin, self._properties(part)[name], "properties", name)

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


def _leaf(what: str, small: str | None, big: str | None, said: Sequence[str]) -> Leaf:
    return Leaf(what=what, loses=False, small=small, big=big, sent=said[0], accepted=said[1])


def _mapped(discriminator: Mapping[str, Json]) -> dict[str, str]:
    """Return the names of the schemas that a discriminator's values stand for."""
    return {str(tag): str(name).removeprefix(SCHEMAS) for tag, name in (discriminator.get("mapping") or {}).items()}


def _component(place: str | None) -> str:
    """Return the name of the component that a pointer leads to; "" where it leads elsewhere, or into one."""
    _, found, name = (place or "").partition(SCHEMAS[1:])
    return name if found and "/" not in name else ""


def _bare(name: str) -> str:
    """Return a name without what FastAPI adds where a model differs between requests and answers."""
    return name.removesuffix("-Input").removesuffix("-Output")


def _text(value: Json) -> str:
    return "none" if value is MISSING else written(value)
