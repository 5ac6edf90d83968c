"""Schemas to forms: every keyword of JSON Schema 2020-12 that FastAPI emits, and OpenAPI 3.0's own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from upheld.diff.disjoint import apart, told_apart
from upheld.diff.fingerprint import ANNOTATIONS, TooLargeError, fingerprint
from upheld.diff.forms import (
    EVERYTHING,
    KINDS,
    NAMES,
    All,
    Booleans,
    Fixed,
    Form,
    Lists,
    Members,
    Nulls,
    Numbers,
    Objects,
    Part,
    Texts,
    anything,
    full,
    join,
    kind_of,
    kind_of_value,
    listed,
    written,
)
from upheld.diff.keywords import numbers, sizes, texts
from upheld.diff.meeting import (
    both,
    bounded,
    every,
    has_number,
    holds_text,
    meet,
    member,
    negated,
    unknown,
    without_members,
)
from upheld.diff.nodes import Node, Nodes, UnderWayError
from upheld.diff.texts import matches
from upheld.model import Json, Schema

OPAQUE = {
    Objects: ("dependentRequired", "dependentSchemas", "dependencies", "unevaluatedProperties"),
    Lists: ("contains", "minContains", "maxContains", "unevaluatedItems"),
}
"""Keywords that are told apart by their text alone, by what they are about."""
OWN = frozenset({
    "type", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
    "pattern", "format", "contentSchema", "prefixItems", "items", "minItems", "maxItems", "uniqueItems", "properties",
    "required", "additionalProperties", "patternProperties", "propertyNames", "minProperties", "maxProperties",
    *(keyword for keywords in OPAQUE.values() for keyword in keywords),
})  # fmt: skip
"""Keywords that say by themselves what is valid."""
DYNAMIC = ("$dynamicRef", "$recursiveRef")


ALTERNATIVES_MOST = 60
"""Of a `oneOf` with more no pair is looked at."""


class Forms:
    """Brings schemas to forms, once each."""

    def __init__(self, nodes: Nodes) -> None:
        """Begin with none."""
        self.nodes = nodes
        self._made: dict[All, Form] = {EVERYTHING: anything()}
        self._under_way: list[int] = []

    def form(self, condition: All) -> Form:
        """Return the form of nodes that all apply.

        Errors: UpheldError for a reference that leads nowhere or round in a circle.
        """
        known = self._made.get(condition)
        if known is None:
            known = self._single(condition[0])
            for node in condition[1:]:
                known = meet(known, self.form((node,)), self.holds)
            self._made[condition] = known
        return known

    def holds(self, part: Part, value: Json) -> bool | None:
        """Return whether a part accepts a value; `None` where that cannot be told."""
        return self.any_holds((part,), value)

    def accepts(self, condition: All, value: Json) -> bool | None:
        """Return whether nodes that all apply accept a value; `None` where that cannot be told."""
        return self.any_holds(self.form(condition).parts, value) if condition else True

    def any_holds(self, parts: Sequence[Part], value: Json) -> bool | None:
        """Return whether one of several parts accepts a value; `None` where that cannot be told."""
        kind = kind_of_value(value)
        unsure = False
        for part in parts:
            if type(part) is not kind and kind_of(part) is not kind:
                continue
            held = self._holds(part, value)
            if held and not part.atoms:
                return True
            unsure = unsure or held is not False
        return None if unsure else False

    def _holds(self, part: Part, value: Json) -> bool | None:
        match part:
            case Nulls():
                return True
            case Booleans():
                return value in part.values
            case Numbers():
                return has_number(part, value)
            case Texts():
                return holds_text(part, value)
            case Fixed():
                return written(value) == part.text
            case Lists():
                return self._holds_list(part, value)
            case Objects():
                return self._holds_object(part, value)

    def _holds_list(self, part: Lists, value: list[Json]) -> bool | None:
        if len(value) < part.low or (part.high is not None and len(value) > part.high):
            return False
        if part.unique and len({written(item) for item in value}) < len(value):
            return False
        return every(self.accepts(part.item(at), item) for at, item in enumerate(value))

    def _holds_object(self, part: Objects, value: dict[str, Json]) -> bool | None:
        if not part.required <= value.keys() or len(value) < part.low:
            return False
        if part.high is not None and len(value) > part.high:
            return False
        names = every(self.accepts(part.names, name) for name in value) if part.names else True
        if names is False:
            return False
        held = every(self.accepts(member(part, name), item) for name, item in value.items())
        return held if names else False if held is False else None

    # One node ---------------------------------------------------------------------------------------------------

    def _single(self, number: int) -> Form:
        node = self.nodes[number]
        if node.form is not None:
            return node.form
        if number in self._under_way:
            name = node.source.name if node.source is not None else ""
            raise UnderWayError(
                f"{name}: the schema at {self.nodes.place(number)} refers to itself and to nothing else, expected one "
                "that says what is valid; mend the document"
            )
        self._under_way.append(number)
        try:
            found = self._read(node, number)
        finally:
            self._under_way.pop()
        self._made[number,] = found
        return found

    def _read(self, node: Node, number: int) -> Form:
        raw, source = node.raw, node.source
        assert source is not None  # noqa: S101  # or it has a form already
        reference = self.form(self.nodes.target(source, raw["$ref"])) if "$ref" in raw else None
        if reference is not None and all(key in ANNOTATIONS or key == "$ref" for key in raw):
            found = reference
        else:
            forms = [] if OWN.isdisjoint(raw) else [Form(tuple(self._own(node, number)))]
            forms += self._further(raw, number, reference)
            found = forms[0] if forms else anything()
            for form in forms[1:]:
                found = meet(found, form, self.holds)
        if _is_nullable(node) and "type" not in raw and (reference or "enum" not in raw):
            found = join((found, Form((Nulls(origin=number),))))
        if unsure := self._opaque(node):
            found = bounded(found, unsure)
        return found

    def _further(self, raw: Mapping[str, Json], number: int, reference: Form | None) -> Iterator[Form]:
        """Yield the forms of what applies beside a schema's own keywords."""
        if reference is not None:
            yield reference
        if isinstance(values := raw.get("enum"), list):
            yield listed([*values, None] if _is_nullable(self.nodes[number]) and "type" in raw else values, number)
        if "const" in raw:
            yield listed([raw["const"]], number)
        for at, part in enumerate(raw.get("allOf") or ()):
            yield self.form(self.nodes.below(number, part, "allOf", str(at)))
        if parts := raw.get("anyOf"):
            yield join(self._members(number, "anyOf", parts))
        if parts := raw.get("oneOf"):
            yield self._one_of(raw, number, parts)
        if "not" in raw:
            yield self._not(number, raw["not"])

    def _members(self, number: int, key: str, parts: list[Schema]) -> list[Form]:
        return [self.form(self.nodes.below(number, part, key, str(at))) for at, part in enumerate(parts)]

    def _one_of(self, raw: Mapping[str, Json], number: int, parts: list[Schema]) -> Form:
        forms = self._members(number, "oneOf", parts)
        if isinstance(told := raw.get("discriminator"), Mapping) and isinstance(tag := told.get("propertyName"), str):
            forms = [_tagged(form, tag) for form in forms]  # the member "that will hold the value" has to be there
        if len(forms) == 1 or told_apart(self, forms):
            return join(forms)
        count = sum(len(form.parts) for form in forms)
        text = _text("oneOf", self.nodes[number], {"oneOf": parts})
        alone: list[Form | None] = []
        bare: list[Form] = []
        for at, form in enumerate(forms):
            others = [part for other, one in enumerate(forms) if other != at for part in one.parts]
            for part in form.parts:
                # Pairs take long where there are many; those that nobody looks at may overlap.
                overlapping = tuple(one for one in others if count > ALTERNATIVES_MOST or not apart(self, part, one))
                alone.append(self._without(part, overlapping))
                bare.append(Form((replace(part, atoms=part.atoms | {text}) if overlapping else part,)))
        said = [one for one in alone if one is not None]
        return join(said if len(said) == len(alone) else bare)

    def _without(self, part: Part, others: tuple[Part, ...]) -> Form | None:
        """Return what a part accepts and none of the others does; `None` where that cannot be said as a form."""
        outside = negated(Form(others)) if others else anything()
        return None if outside is None else meet(Form((part,)), outside, self.holds) if others else Form((part,))

    def _not(self, number: int, raw: Schema) -> Form:
        if isinstance(raw, Mapping) and raw.keys() - ANNOTATIONS <= {"required"} and raw.get("required"):
            return without_members(frozenset(raw["required"]), self.nodes.never)
        form = self.form(self.nodes.below(number, raw, "not"))
        outside = negated(form)
        if outside is not None:
            return outside
        text = _text("not", self.nodes[number], raw)
        kinds = {kind_of(part) for part in form.parts}
        return Form(tuple(full(kind, atoms=frozenset({text} if kind in kinds else ())) for kind in KINDS))

    def _opaque(self, node: Node) -> frozenset[str]:
        if "if" not in node.raw and not any(key in node.raw for key in DYNAMIC):
            return frozenset()
        told = {key: node.raw[key] for key in ("if", "then", "else", *DYNAMIC) if key in node.raw}
        return frozenset({_text("if", node, told)})

    # Own keywords -----------------------------------------------------------------------------------------------

    def _own(self, node: Node, number: int) -> Iterator[Part]:
        raw = node.raw
        told = raw.get("type")
        types: set[str] = (
            {*NAMES.values(), "integer"} if told is None else {told} if isinstance(told, str) else set(told)
        )
        if "null" in types or (told is not None and _is_nullable(node)):
            yield Nulls(origin=number)
        if "boolean" in types:
            yield Booleans(origin=number)
        if types & {"integer", "number"} and (found := numbers(raw, number, whole="number" not in types)):
            yield found
        if "string" in types and (made := texts(raw, number, self._content(raw, number))):
            yield made
        if "array" in types and (lists := self._lists(node, number)):
            yield lists
        if "object" in types and (objects := self._objects(node, number)):
            yield objects

    def _content(self, raw: Mapping[str, Json], number: int) -> All | None:
        """Return what applies to the JSON that a text holds (JSON Schema Validation, 8.5)."""
        if "contentSchema" not in raw or "json" not in str(raw.get("contentMediaType", "json")):
            return None
        return self.nodes.below(number, raw["contentSchema"], "contentSchema")

    def _lists(self, node: Node, number: int) -> Lists | None:
        raw, below = node.raw, self.nodes.below
        prefix = tuple(
            below(number, part, "prefixItems", str(at)) for at, part in enumerate(raw.get("prefixItems", ()))
        )
        items = below(number, raw.get("items", True), "items")
        low, high = sizes(raw, "Items")
        for at, part in enumerate((*prefix, items)):
            if part == self.nodes.never:
                high = at if high is None else min(high, at)
                break
        if high is not None and low > high:
            return None
        return Lists(
            prefix=prefix if high is None else prefix[:high],
            items=items,
            low=low,
            high=high,
            unique=raw.get("uniqueItems") is True and (high is None or high > 1),
            atoms=_atoms(node, OPAQUE[Lists]),
            origin=number,
        )

    def _objects(self, node: Node, number: int) -> Objects | None:
        raw, below = node.raw, self.nodes.below
        named = raw.get("properties") or {}
        spared = {name for name, part in named.items() if node.source and node.source.is_spared(part)}
        members = Members(
            (name, below(number, part, "properties", name)) for name, part in named.items() if name not in spared
        )
        extra = raw.get("additionalProperties")
        low, high = sizes(raw, "Properties")
        names = EVERYTHING
        if raw.get("propertyNames", True) not in (True, {}, {"type": "string"}):
            names = both(below(number, raw["propertyNames"], "propertyNames"), self.nodes.text)
        made = Objects(
            members=members,
            required=frozenset(raw.get("required") or ()) - spared,
            patterns=tuple(sorted(
                (pattern, below(number, part, "patternProperties", pattern))
                for pattern, part in (raw.get("patternProperties") or {}).items()
            )),
            extra=None if extra is None else below(number, extra, "additionalProperties"),
            names=names,
            low=low,
            high=high,
            atoms=_atoms(node, OPAQUE[Objects]) | _unreadable(raw),
            origin=number,
        )  # fmt: skip
        if made.high is not None and max(made.low, len(made.required)) > made.high:
            return None
        return None if any(member(made, name) == self.nodes.never for name in made.required) else made


def _is_nullable(node: Node) -> bool:
    """Whether null is added to the type by OpenAPI 3.0's own keyword; what stands beside the type may refuse it."""
    return node.source is not None and node.source.old_dialect and node.raw.get("nullable") is True


def _tagged(form: Form, tag: str) -> Form:
    return Form(tuple(
        replace(part, required=part.required | {tag}) if isinstance(part, Objects) and tag in part.members else part
        for part in form.parts
    ))  # fmt: skip


def _atoms(node: Node, keywords: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_text(key, node, node.raw[key]) for key in keywords if key in node.raw)


def _text(key: str, node: Node, value: Json) -> str:
    assert node.source is not None  # noqa: S101  # only what a document holds has keywords
    try:
        return f"{key} {fingerprint(node.source, value)}"
    except TooLargeError:
        return unknown()


def _unreadable(raw: Mapping[str, Any]) -> frozenset[str]:
    patterns = raw.get("patternProperties") or ()
    return frozenset(f"patternProperties {pattern}" for pattern in patterns if matches(pattern, "") is None)
