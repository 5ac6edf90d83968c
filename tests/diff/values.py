"""Random values for schemas, and whether a value has no member that its schema does not name.

This reads schemas on its own, as plainly as can be: what it finds is not found by the code that it judges.
"""

import random
import re
from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import Any

from upheld.model import Json
from upheld.schema import Judge

ANY: tuple[Json, ...] = (
    None, True, False, 0, 1, 2, 3, -1, 0.5, 1.5, 2.5, 4, 6, 7, 10, "", "a", "b", "c", "ab", "aa", "aaa", "abc", "bbbb",
    "ac", "x", "12", "2020-01-31T12:00:00Z", "2020-01-31", "a@example.com", "http://example.com/a", "192.0.2.1",
    "12345678-1234-4234-8234-123456789abc", [], {}, ["a"], ["a", "a"], [1, 2], {"a": 1}, {"x": "a"}, {"kind": "a"},
)  # fmt: skip
TEXTS = tuple(value for value in ANY if isinstance(value, str))
BRANCHES_MOST = 64


class Values:
    """Draws values for the schemas of a document."""

    def __init__(self, chance: random.Random, document: dict[str, Any]) -> None:
        """Take what decides, and the document that references lead into."""
        self._chance = chance
        self._document = document
        self._judge = Judge(document)

    def draw(self, schema: Json) -> Json:
        """Return a value that a schema may well accept; it need not."""
        return self._value([schema], 0)

    def is_closed(self, schemas: Sequence[Json], value: Json) -> bool:
        """Return whether all schemas accept a value in which every member is named, or meant where none is named."""
        whole: list[list[list[dict[str, Any]]]] = [list(islice(self._branches(one), BRANCHES_MOST)) for one in schemas]
        for choice in islice(product(*whole), BRANCHES_MOST):
            applied = [one for branch in choice for one in branch]
            if all(self._judge.valid(one, value) for one in applied) and self._is_closed(applied, value):
                return True
        return False

    def _is_closed(self, applied: list[dict[str, Any]], value: Json) -> bool:
        if isinstance(value, list):
            return all(self.is_closed(_items(applied, at), item) for at, item in enumerate(value))
        if not isinstance(value, dict):
            return True
        known = {name for one in applied for name in (*one.get("properties", ()), *one.get("required", ()))}
        patterns = [pattern for one in applied for pattern in one.get("patternProperties", ())]
        says = any("additionalProperties" in one for one in applied) or not (
            patterns or any(one.get("properties") for one in applied)
        )
        return all(
            (says or name in known or any(re.search(pattern, name) for pattern in patterns))
            and self.is_closed(_members(applied, name), item)
            for name, item in value.items()
        )

    def _branches(self, schema: Json) -> Iterator[list[dict[str, Any]]]:
        """Yield the schemas that apply at once, for each choice of alternatives."""
        if not isinstance(schema, dict):
            yield [] if schema else [{"not": {}}]
            return
        own = {key: part for key, part in schema.items() if key not in ("$ref", "allOf", "anyOf", "oneOf", "nullable")}
        if schema.get("nullable"):
            yield [{"enum": [None]}]
        parts = [list(islice(self._branches(one), BRANCHES_MOST)) for one in self._beside(schema)]
        alternatives = (schema[key] for key in ("anyOf", "oneOf") if key in schema)
        parts += [
            [branch for one in some for branch in islice(self._branches(one), BRANCHES_MOST)] for some in alternatives
        ]
        for choice in product(*parts):
            yield [own, *(one for branch in choice for one in branch)]

    def _beside(self, schema: dict[str, Any]) -> Iterator[Json]:
        if "$ref" in schema:
            yield self._document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        yield from schema.get("allOf", ())

    def _applied(self, schemas: Sequence[Json], depth: int = 0) -> list[dict[str, Any]]:
        """Return schemas with what they refer to and one of their alternatives each."""
        found: list[dict[str, Any]] = []
        for schema in schemas:
            if not isinstance(schema, dict):
                continue
            found.append(schema)
            chosen = [self._chance.choice(schema[key]) for key in ("anyOf", "oneOf") if schema.get(key)]
            if depth < 12:
                found += self._applied([*self._beside(schema), *chosen], depth + 1)
        return found

    def _value(self, schemas: Sequence[Json], depth: int) -> Json:
        chance = self._chance
        applied = self._applied(schemas)
        if chance.random() < 0.06 or depth > 6:
            return chance.choice(ANY)
        if chance.random() < 0.1 and any("nullable" in one for one in applied):
            return None
        listed = [one["enum"] for one in applied if "enum" in one] + [
            [one["const"]] for one in applied if "const" in one
        ]
        if listed:
            return chance.choice(listed[0])
        told = [_types(one["type"]) for one in applied if "type" in one]
        types = set.intersection(*told) if told else set()
        match chance.choice(sorted(types)) if types else "":
            case "object":
                return self._object(applied, depth)
            case "array":
                return self._array(applied, depth)
            case "integer" | "number":
                return self._number(applied)
            case "string":
                return self._text(applied)
            case "null":
                return None
            case "boolean":
                return chance.random() < 0.5
        return chance.choice(ANY)

    def _object(self, applied: list[dict[str, Any]], depth: int) -> Json:
        chance = self._chance
        required = {name for one in applied for name in one.get("required", ())}
        names = dict.fromkeys([*sorted(required), *(name for one in applied for name in one.get("properties", ()))])
        kept = [name for name in names if chance.random() < (0.97 if name in required else 0.5 if depth < 4 else 0)]
        if chance.random() < 0.3:
            kept.append(chance.choice(("a", "b", "x", "xc", "kind")))
        return {name: self._value(_members(applied, name), depth + 1) for name in dict.fromkeys(kept)}

    def _array(self, applied: list[dict[str, Any]], depth: int) -> Json:
        low = max((one.get("minItems", 0) for one in applied), default=0)
        high = min((one.get("maxItems", low + 2) for one in applied), default=low + 2)
        length = low if depth > 4 else self._chance.choice((low, high, self._chance.randint(0, 3)))
        return [self._value(_items(applied, at), depth + 1) for at in range(length)]

    def _number(self, applied: list[dict[str, Any]]) -> Json:
        bounds = [
            one[key]
            for one in applied
            for key in ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")
            if key in one and not isinstance(one[key], bool)
        ]
        near = self._chance.choice(bounds or [0]) + self._chance.choice((-1, -0.5, 0, 0, 0.5, 1, 2, 3))
        return int(near) if near == int(near) and self._chance.random() < 0.8 else near

    def _text(self, applied: list[dict[str, Any]]) -> Json:
        low = max((one.get("minLength", 0) for one in applied), default=0)
        high = min((one.get("maxLength", low + 40) for one in applied), default=low + 40)
        fitting = [text for text in TEXTS if low <= len(text) <= high]
        if self._chance.random() < 0.3:
            return "ab"[self._chance.randrange(2)] * self._chance.choice((low, min(high, low + 4)))
        return self._chance.choice(fitting or TEXTS)


def _types(told: Json) -> set[str]:
    types = {told} if isinstance(told, str) else set(told)
    return types | {"integer"} if "number" in types else types


def _members(applied: Sequence[dict[str, Any]], name: str) -> list[Json]:
    found: list[Json] = []
    for one in applied:
        named = [one["properties"][name]] if name in one.get("properties", ()) else []
        named += [part for pattern, part in one.get("patternProperties", {}).items() if re.search(pattern, name)]
        found += named or ([one["additionalProperties"]] if "additionalProperties" in one else [])
    return found


def _items(applied: Sequence[dict[str, Any]], at: int) -> list[Json]:
    found: list[Json] = []
    for one in applied:
        prefix = one.get("prefixItems", ())
        found.append(prefix[at] if at < len(prefix) else one.get("items", True))
    return found
