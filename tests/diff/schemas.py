"""Random documents of schemas, in the size and manner that FastAPI emits, and versions of them with a change or two.

A document has nothing but `components.schemas`; what is compared is its schema `Root`. References that nothing stands
between lead to later components only, so that no schema is nothing but itself.
"""

import copy
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from upheld.model import Json

Document: TypeAlias = dict[str, Any]
ROOT = "#/components/schemas/Root"
NAMES = ("Root", "Author", "Book", "Chapter")
MEMBERS = ("a", "b", "c", "d")
PATTERNS = ("^a", "b$", "^[ab]+$", r"^\d*$", "^a{1,3}$", "^(a|b)c?$")
FORMATS = ("date-time", "date", "uuid", "email", "uri", "ipv4")
CONSTANTS: tuple[Json, ...] = ("a", "b", "c", "abc", 1, 2, 3, 0.5, None, True, False)
DEEPEST = 3


def document(chance: random.Random, *, old: bool = False) -> Document:
    """Draw a document; an `old` one is OpenAPI 3.0."""
    drawer = _Drawer(chance, old=old)
    schemas = {name: drawer.component(at) for at, name in enumerate(NAMES)}
    return {"openapi": "3.0.3" if old else "3.1.0", "components": {"schemas": schemas}}


def mutated(chance: random.Random, whole: Document) -> Document:
    """Return a copy of a document with one to three changes, most of them small."""
    made = copy.deepcopy(whole)
    drawer = _Drawer(chance, old=whole["openapi"].startswith("3.0"))
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        _change(chance, drawer, chance.choice(reached(made)))
    for schema in reached(made):
        if "discriminator" in schema and not all(_is_tagged(part) for part in schema.get("oneOf", ())):
            del schema["discriminator"]
    return made


def _is_tagged(part: Json) -> bool:
    return isinstance(part, dict) and "kind" in part.get("required", ()) and "kind" in part.get("properties", {})


def reached(whole: Document) -> list[dict[str, Any]]:
    """Return the schemas that `Root` leads to, itself included; boolean ones apart."""
    schemas = whole["components"]["schemas"]
    waiting, found = [schemas["Root"]], []
    seen: set[str] = set()
    while waiting:
        schema = waiting.pop()
        if not isinstance(schema, dict):
            continue
        found.append(schema)
        waiting += below(schema)
        if "$ref" in schema and schema["$ref"] not in seen:
            seen.add(schema["$ref"])
            waiting.append(schemas[schema["$ref"].rpartition("/")[2]])
    return found


def below(schema: dict[str, Any]) -> Iterator[Json]:
    """Yield the schemas that stand directly within a schema."""
    for key in ("items", "additionalProperties", "propertyNames", "not"):
        if key in schema:
            yield schema[key]
    for key in ("allOf", "anyOf", "oneOf", "prefixItems"):
        yield from schema.get(key, ())
    for key in ("properties", "patternProperties"):
        yield from schema.get(key, {}).values()


class _Drawer:
    def __init__(self, chance: random.Random, *, old: bool) -> None:
        self.chance = chance
        self.old = old
        self.at = -1
        """The component that is being drawn."""

    def often(self, probability: float) -> bool:
        return self.chance.random() < probability

    def component(self, at: int) -> Document:
        self.at = at
        kind = self.chance.randrange(10)
        if kind == 0 and at + 2 < len(NAMES):
            return {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in NAMES[at + 1 : at + 3]]}
        if kind == 1:
            return {"type": "string", "enum": self.chance.sample(("a", "b", "c", "abc"), self.chance.randint(1, 4))}
        if kind == 2:
            return self.tagged(DEEPEST)
        return self.model(DEEPEST)

    def schema(self, depth: int, *, guarded: bool = True) -> Json:
        """Draw a schema; one that is not `guarded` may be part of the component that it stands in."""
        if depth <= 0 or self.often(0.35):
            return self.leaf()
        drawn: Sequence[Callable[[], Json]] = (
            lambda: self.model(depth - 1),
            lambda: self.reference(guarded=guarded),
            lambda: self.reference(guarded=guarded),
            lambda: self.array(depth - 1),
            lambda: self.array(depth - 1),
            lambda: {"type": "object", "additionalProperties": self.schema(depth - 1)},
            lambda: self.nullable(depth, guarded=guarded),
            lambda: self.nullable(depth, guarded=guarded),
            lambda: {"anyOf": self.several(depth, guarded=guarded)},
            lambda: {"oneOf": self.several(depth, guarded=guarded)},
            lambda: self.tagged(depth - 1),
            lambda: self.extended(depth, guarded=guarded),
        )
        return self.chance.choice(drawn)()

    def several(self, depth: int, *, guarded: bool) -> list[Json]:
        return [self.schema(depth - 1, guarded=guarded) for _ in range(self.chance.randint(1, 3))]

    def reference(self, *, guarded: bool) -> Json:
        names = NAMES if guarded else NAMES[self.at + 1 :]
        return {"$ref": f"#/components/schemas/{self.chance.choice(names)}"} if names else self.leaf()

    def nullable(self, depth: int, *, guarded: bool) -> Json:
        inner = self.schema(depth - 1, guarded=guarded)
        if not self.old:
            return {"anyOf": [inner, {"type": "null"}]}
        return {"allOf": [inner], "nullable": True} if "$ref" in inner else {**inner, "nullable": True}

    def extended(self, depth: int, *, guarded: bool) -> Json:
        """Draw what FastAPI writes for a reference with something beside it, or two schemas at once."""
        parts = [self.reference(guarded=guarded)]
        if self.often(0.6):
            parts.append(self.model(depth - 1))
        return {"allOf": parts, **({"description": "…"} if self.often(0.5) else {})}

    def tagged(self, depth: int) -> Document:
        """Draw a union of models that the member `kind` tells apart."""
        made = []
        for tag in self.chance.sample(("a", "b", "c"), self.chance.randint(1, 3)):
            model = self.model(depth - 1)
            model["properties"] = {"kind": {"type": "string", "enum": [tag]}, **model.get("properties", {})}
            model["required"] = ["kind", *model.get("required", ())]
            for key in ("maxProperties", "propertyNames"):
                model.pop(key, None)
            made.append(model)
        return {"oneOf": made, "discriminator": {"propertyName": "kind"}}

    def model(self, depth: int) -> Document:
        names = self.chance.sample(MEMBERS, self.chance.randrange(len(MEMBERS)))
        made: Document = {"type": "object", "properties": {name: self.schema(depth - 1) for name in names}}
        if required := [name for name in names if self.often(0.5)]:
            made["required"] = required
        elif self.often(0.1):
            made["required"] = [self.chance.choice(MEMBERS)]
        if self.often(0.3):
            made["additionalProperties"] = self.chance.choice((False, False, True, self.schema(0)))
        if self.often(0.05):
            made["minProperties"] = self.chance.randrange(3)
        if self.often(0.05):
            made["maxProperties"] = self.chance.randint(1, 4)
        if not self.old and self.often(0.05):
            made["patternProperties"] = {self.chance.choice(("^[ab]", "^x", "c$")): self.schema(0)}
        if not self.old and self.often(0.05):
            made["propertyNames"] = self.chance.choice(
                ({"enum": ["a", "b", "x"]}, {"maxLength": 1}, {"pattern": "^[a-x]"})
            )
        return made

    def array(self, depth: int) -> Document:
        made: Document = {"type": "array", "items": self.schema(depth)}
        if self.often(0.3):
            made["minItems"] = self.chance.randrange(3)
        if self.often(0.3):
            made["maxItems"] = self.chance.randint(1, 3)
        if self.often(0.15):
            made["uniqueItems"] = True
        if not self.old and self.often(0.15):
            made["prefixItems"] = [self.schema(depth) for _ in range(self.chance.randint(1, 2))]
            made["items"] = self.chance.choice((made["items"], False, True))
        return made

    def leaf(self) -> Json:
        drawn: Sequence[Callable[[], Json]] = (
            self.text,
            self.text,
            lambda: {"type": "string", "format": self.chance.choice(FORMATS)},
            self.number,
            self.number,
            self.listed,
            lambda: {"type": "boolean"},
            lambda: {} if self.old else self.chance.choice(({}, True, {"type": "null"}, {"not": self.listed()})),
            lambda: {"type": "string"} if self.old else {"type": self.chance.sample(("string", "integer", "null"), 2)},
            lambda: {"type": "array", "items": {"type": "string"}},
            lambda: {"type": "object"},
        )
        return self.chance.choice(drawn)()

    def text(self) -> Document:
        made: Document = {"type": "string"}
        if self.often(0.3):
            made["minLength"] = self.chance.randrange(3)
        if self.often(0.3):
            made["maxLength"] = self.chance.randint(1, 4)
        if self.often(0.2):
            made["pattern"] = self.chance.choice(PATTERNS)
        return made

    def number(self) -> Document:
        made: Document = {"type": self.chance.choice(("integer", "number"))}
        for bound, low, high in (("inimum", -2, 3), ("aximum", 2, 8)):
            if self.often(0.4):
                value = self.chance.choice((self.chance.randint(low, high), self.chance.randint(low, high) + 0.5))
                if self.often(0.6):
                    made[f"m{bound}"] = value
                elif self.old:
                    made |= {f"m{bound}": value, f"exclusiveM{bound}": True}
                else:
                    made[f"exclusiveM{bound}"] = value
        if self.often(0.15):
            made["multipleOf"] = self.chance.choice((1, 2, 3, 0.5, 0.1))
        return made

    def listed(self) -> Document:
        if self.old:
            return {"type": "string", "enum": self.chance.sample(("a", "b", "c"), self.chance.randint(1, 3))}
        if self.often(0.3):
            return {"const": self.chance.choice(CONSTANTS)}
        return {"enum": self.chance.sample((*CONSTANTS, [], {}, ["a"], {"a": 1}), self.chance.randint(1, 4))}


# Changes --------------------------------------------------------------------------------------------------------


def _change(chance: random.Random, drawer: _Drawer, schema: dict[str, Any]) -> None:
    """Change one thing in a schema."""
    keys = [key for key in schema if key not in ("discriminator", "description", "nullable")]
    if not keys or chance.random() < 0.1:
        _replace(schema, drawer.leaf())
        return
    key = chance.choice(keys)
    value = schema[key]
    match key:
        case "properties":
            _change_members(chance, drawer, schema, value)
        case "required" | "enum" | "anyOf" | "oneOf" | "allOf" | "prefixItems" if (
            len(value) > 1 and chance.random() < 0.5
        ):
            value.remove(chance.choice(value))
        case "required":
            value.append(chance.choice(MEMBERS))
            schema["required"] = list(dict.fromkeys(value))
        case "enum":
            value.append("d")
            schema["enum"] = [one for at, one in enumerate(value) if one not in value[:at]]
        case "anyOf" | "oneOf":
            value.append(drawer.leaf())
        case "type":
            _change_type(chance, drawer, schema)
        case "additionalProperties" | "not" | "items" if isinstance(value, bool) or not value:
            schema[key] = drawer.leaf()
        case _ if isinstance(value, int | float) and not isinstance(value, bool) and key != "multipleOf":
            changed = value + chance.choice((-1, 1))
            schema[key] = changed if key.lower().endswith(("minimum", "maximum")) else max(0, changed)
        case "$ref":
            _replace(schema, drawer.leaf() if chance.random() < 0.5 else {"anyOf": [dict(schema), drawer.leaf()]})
        case _ if isinstance(value, dict) and key in ("additionalProperties", "not", "items"):
            schema[key] = drawer.leaf()
        case _:
            del schema[key]


def _change_members(chance: random.Random, drawer: _Drawer, schema: dict[str, Any], members: dict[str, Any]) -> None:
    match chance.randrange(4):
        case 0 if members:
            del members[chance.choice(list(members))]
        case 1:
            members[chance.choice(MEMBERS)] = drawer.schema(1)
        case 2:
            schema["additionalProperties"] = chance.choice((True, False, drawer.leaf()))
        case _:
            schema["required"] = chance.sample(MEMBERS, 1)


def _change_type(chance: random.Random, drawer: _Drawer, schema: dict[str, Any]) -> None:
    told = schema["type"]
    if told == "integer":
        schema["type"] = "number"
    elif told == "number":
        schema["type"] = "integer"
    elif drawer.old:
        schema["nullable"] = not schema.get("nullable", False)
    elif isinstance(told, list):
        schema["type"] = chance.choice(told)
    else:
        schema["type"] = [told, chance.choice(sorted({"null", "string", "integer"} - {told}))]


def _replace(schema: dict[str, Any], other: Json) -> None:
    schema.clear()
    schema |= other if isinstance(other, dict) else {}
