"""Plain values made for a schema in microseconds, where drawing one takes milliseconds.

They need not be valid: every request is labelled by its wire afterwards.
"""

import random
from collections.abc import Mapping

from upheld.model import Json, Schema
from upheld.schema import Judge

TEXTS = (
    "a",
    "0",
    "",
    " ",
    "abc",
    "Ada Lovelace",
    "x" * 300,
    "\x00",
    "\U0001f600",
    "'",
    "%",
    "../x",
    "null",
    "\u0130",
    "-1",
)
_FORMATS: Mapping[str, tuple[str, ...]] = {
    "date": ("2024-02-29", "1999-12-31", "0001-01-01", "9999-12-31", "2030-06-15"),
    "date-time": (
        "2024-02-29T12:00:00Z",
        "1999-12-31T23:59:59.999999+14:00",
        "9999-12-31T23:59:59Z",
        "2030-06-15T00:00:00Z",
    ),
    "time": ("00:00:00Z", "23:59:59.999999Z", "12:30:00+02:00"),
    "duration": ("PT0S", "P1D", "PT36H", "P999D"),
    "uuid": ("00000000-0000-4000-8000-000000000000", "123e4567-e89b-42d3-a456-426614174000"),
    "email": ("ada@example.com", "a@b.co"),
    "uri": ("https://example.com/", "http://127.0.0.1/"),
    "ipv4": ("127.0.0.1", "10.0.0.1"),
    "ipv6": ("::1",),
}
_NUMBERS = (0, 1, -1, 2, 3, 5, 7, 10, 12, 13, 25, 50, 60, 99, 100, 101, 255, 365, 500, 999, 1000, 10_000, 2**31, 2**63)


def sample(schema: Schema, judge: Judge, chance: random.Random, depth: int = 0) -> Json:
    """Return a value for a schema, mostly one that fits it."""
    schema = judge.resolve(schema)
    if not isinstance(schema, Mapping):
        return chance.choice((0, "a", True, None))
    if "const" in schema:
        return schema["const"]
    if values := schema.get("enum"):
        return chance.choice(values)
    examples = schema.get("examples")
    if isinstance(examples, list) and examples and chance.random() < 0.2:
        return chance.choice(examples)
    for key in ("anyOf", "oneOf", "allOf"):
        if parts := schema.get(key):
            return sample(chance.choice(parts), judge, chance, depth + 1)
    kinds = sorted(judge.types(schema))
    match chance.choice(kinds) if len(kinds) < 7 else "string":
        case "null":
            return None
        case "boolean":
            return chance.random() < 0.5
        case "integer" | "number" as kind:
            return _number(schema, kind, chance)
        case "array":
            if depth > 4:
                return []
            least, most = schema.get("minItems", 0), schema.get("maxItems", 3)
            items = schema.get("items", True)
            length = chance.randint(least, max(least, min(most, least + 3)))
            return [sample(items, judge, chance, depth + 1) for _ in range(length)]
        case "object":
            properties: Mapping[str, Json] = schema.get("properties") or {}
            required = schema.get("required") or ()
            return {
                name: sample(member, judge, chance, depth + 1)
                for name, member in properties.items()
                if depth < 5 and (name in required or chance.random() < 0.7)
            }
        case _:
            return _text(schema, chance)


def _number(schema: Mapping[str, Json], kind: str, chance: random.Random) -> int | float:
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    if "exclusiveMinimum" in schema and kind == "integer":
        low = schema["exclusiveMinimum"] + 1
    if "exclusiveMaximum" in schema and kind == "integer":
        high = schema["exclusiveMaximum"] - 1
    step = schema.get("multipleOf")
    if low is None and high is None:
        value: int | float = chance.choice(_NUMBERS)
    else:
        low = low if low is not None else high - 2000
        high = high if high is not None else low + 2000
        low_, high_ = int(low), int(high)
        value = chance.choice(
            (low_, high_, chance.randint(low_, max(low_, high_)), chance.randint(low_, max(low_, high_)))
        )
        if kind == "number" and chance.random() < 0.3:
            value = chance.uniform(float(low), float(high))
    return value // step * step if isinstance(step, int) and step else value


def _text(schema: Mapping[str, Json], chance: random.Random) -> str:
    if texts := _FORMATS.get(str(schema.get("format"))):
        return chance.choice(texts)
    least, most = schema.get("minLength", 0), schema.get("maxLength", 400)
    text = chance.choice(TEXTS)
    if len(text) < least:
        text = (text or "a") * (least // max(1, len(text)) + 1)
        text = text[: max(least, 1)]
    return text[:most]
