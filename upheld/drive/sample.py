"""Plain values made for a schema in microseconds, where drawing one takes milliseconds.

They need not be valid: every request is labelled by its wire afterwards.
"""

import random
from collections.abc import Mapping

from upheld.model import Json, Schema
from upheld.pattern import matching
from upheld.schema import JSON_TYPES, Judge

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
    # The last one has no offset: the format refuses it, and every bare `datetime` takes it.
    "date-time": (
        "2024-02-29T12:00:00Z",
        "1999-12-31T23:59:59.999999+14:00",
        "9999-12-31T23:59:59Z",
        "2030-06-15T00:00:00Z",
        "2024-02-29T12:00:00",
        "2024-02-29T12:00:00",
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


_ASTRAY = 0.15
"""How often a value goes just past what its schema allows."""
_LENGTH_MOST = 5000


def sample(schema: Schema, judge: Judge, chance: random.Random, depth: int = 0) -> Json:
    """Return a value for a schema: mostly one that fits it, now and then one just past its bounds."""
    schema = judge.resolve(schema)
    if not isinstance(schema, dict):
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
    match chance.choice(kinds) if 0 < len(kinds) < len(JSON_TYPES) else "string":
        case "null":
            return None
        case "boolean":
            return chance.random() < 0.5
        case "integer" | "number" as kind:
            return _number(schema, kind, chance)
        case "array":
            return _array(schema, judge, chance, depth)
        case "object":
            return _object(schema, judge, chance, depth)
        case _:
            return _text(schema, chance)


def _array(schema: Mapping[str, Json], judge: Judge, chance: random.Random, depth: int) -> list[Json]:
    if depth > 4:
        return []
    least = min(_size(schema, "minItems", 0), 50)
    most = max(least, min(_size(schema, "maxItems", 3), least + 3))
    return [
        sample(judge.member(schema, index), judge, chance, depth + 1) for index in range(chance.randint(least, most))
    ]


def _object(schema: Mapping[str, Json], judge: Judge, chance: random.Random, depth: int) -> dict[str, Json]:
    required = schema.get("required") or ()
    return {
        name: sample(member, judge, chance, depth + 1)
        for name, member in (schema.get("properties") or {}).items()
        if depth < 5 and (name in required or chance.random() < 0.7)
    }


def _number(schema: Mapping[str, Json], kind: str, chance: random.Random) -> int | float:
    low, high = _bound(schema, "minimum", "exclusiveMinimum", 1), _bound(schema, "maximum", "exclusiveMaximum", -1)
    step = schema.get("multipleOf")
    if low is None and high is None:
        value: int | float = chance.choice(_NUMBERS)
    else:
        least = low if low is not None else (high or 0) - 2000
        most = max(least, high if high is not None else least + 2000)
        if chance.random() < _ASTRAY:
            return chance.choice((least - 1, most + 1))
        value = chance.choice((least, most, chance.randint(least, most), chance.randint(least, most)))
        if kind == "number" and chance.random() < 0.3:
            value = chance.uniform(least, most)
    return value // step * step if isinstance(step, int) and step > 0 else value


def _bound(schema: Mapping[str, Json], inclusive: str, exclusive: str, inwards: int) -> int | None:
    for key, shift in ((inclusive, 0), (exclusive, inwards)):
        value = schema.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300:
            return int(value) + shift
    return None


def _text(schema: Mapping[str, Json], chance: random.Random) -> str:
    if texts := _FORMATS.get(str(schema.get("format"))):
        return chance.choice(texts)
    pattern = schema.get("pattern")
    if isinstance(pattern, str) and chance.random() > _ASTRAY and (text := matching(pattern, chance)) is not None:
        return text
    least = min(_size(schema, "minLength", 0), _LENGTH_MOST)
    most = min(_size(schema, "maxLength", 400), _LENGTH_MOST)
    if chance.random() < _ASTRAY:
        return "a" * chance.choice((max(0, least - 1), least, most, most + 1))
    text = chance.choice(TEXTS)
    if len(text) < least:
        text = (text or "a") * (least // max(1, len(text)) + 1)
        text = text[: max(least, 1)]
    return text[:most]


def _size(schema: Mapping[str, Json], key: str, default: int) -> int:
    value = schema.get(key, default)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else default
