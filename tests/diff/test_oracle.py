"""jsoncompat, which decides inclusion in another way, says the same as we do; where it does not, a validator says who is right.

It is asked about plain JSON Schema: it knows neither OpenAPI's dialects nor members that nobody names.
"""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import jsoncompat
import pytest

from tests.diff.asked import ask, document
from tests.diff.schemas import ROOT, Document, mutated, reached
from tests.diff.schemas import document as drawn
from tests.diff.values import Values
from upheld.dialect import modern
from upheld.model import Json
from upheld.schema import Judge

PAIRS = 1200
WHOLE = {"$ref": ROOT}
VALUES = 60


def oracle(small: Mapping[str, Any], big: Mapping[str, Any]) -> bool | None:
    """Return what jsoncompat says; `None` where it gives up."""
    try:
        return jsoncompat.check_compat(_plain(small), _plain(big), "deserializer")
    except ValueError:  # what it does not support, such as a `multipleOf` that is no integer
        return None
    except BaseException as error:  # a panic in Rust is no Exception
        if type(error).__name__ != "PanicException":
            raise
        return None


def _plain(whole: Mapping[str, Any]) -> str:
    """Return a document's `Root` as JSON Schema, what it refers to beside it."""
    text = json.dumps(modern(whole["components"]["schemas"])).replace('"#/components/schemas/', '"#/$defs/')
    return json.dumps({"$defs": json.loads(text), "$ref": "#/$defs/Root"})


def has(key: str) -> Callable[[Document, Document], bool]:
    """Return whether a keyword is said anywhere in one of two documents."""
    return lambda small, big: any(key in schema for whole in (small, big) for schema in reached(whole))


def requires_unnamed(small: Document, big: Document) -> bool:
    """Whether an object has to have a member that its schema does not name."""
    found = (schema for whole in (small, big) for schema in reached(whole))
    return any(not set(schema.get("required", ())) <= schema.get("properties", {}).keys() for schema in found)


def is_endless(small: Document, _big: Document) -> bool:
    """Whether a schema of the smaller side needs what leads back to itself."""
    return any(_needs(small, schema, schema, 12) for schema in reached(small))


def _needs(whole: Document, schema: Json, wanted: Json, depth: int) -> bool:
    if not isinstance(schema, dict) or not depth:
        return False
    needed = [schema["properties"][name] for name in schema.get("required", ()) if name in schema.get("properties", ())]
    needed += [schema["items"]] if schema.get("minItems") and "items" in schema else []
    needed += [part for key in ("allOf", "anyOf", "oneOf") for part in schema.get(key, ())]
    if "$ref" in schema:
        needed.append(whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    return any(part is wanted or _needs(whole, part, wanted, depth - 1) for part in needed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why the oracle says otherwise, with the smallest pair that shows it."""

    says: bool
    """What it says; we say the opposite."""
    applies: Callable[[Document, Document], bool]
    small: Json
    big: Json
    proof: Json = None
    """Where it calls something included: a value that is not."""


def _object(*required: str, **members: Json) -> dict[str, Json]:
    return {"type": "object", "properties": members, "required": list(required)}


REASONS: Mapping[str, Reason] = MappingProxyType({
    "it takes a format for an annotation": Reason(
        says=True,
        applies=has("format"),
        small={"type": "string"},
        big={"type": "string", "format": "uuid"},
        proof="a",
    ),
    "it does not compare expressions": Reason(
        says=True,
        applies=has("pattern"),
        small={"type": "object", "additionalProperties": {"type": "string"}},
        big={"type": "object", "additionalProperties": {"type": "string", "pattern": "^[ab]+$"}},
        proof={"x": "c"},
    ),
    "it does not see how long texts are that match": Reason(
        says=False,
        applies=has("pattern"),
        small={"type": "string", "pattern": "^(a|b)c?$"},
        big={"type": "string", "maxLength": 4},
    ),
    "it does not see that what needs itself is nothing": Reason(
        says=False,
        applies=is_endless,
        small=_object("a", a=WHOLE),
        big=_object(b={"type": "string"}),
    ),
    "it reads what is required and not named as any value": Reason(
        says=False,
        applies=requires_unnamed,
        small={"type": "object", "required": ["a"], "additionalProperties": {"type": "string"}},
        big={"type": "object", "additionalProperties": {"type": "string"}},
    ),
    "it takes what is required and forbidden for possible": Reason(
        says=True,
        applies=requires_unnamed,
        small=_object("a", a={}) | {"additionalProperties": False},
        big={"type": "object", "required": ["a"], "additionalProperties": False},
        proof={"a": 1},
    ),
    "it does not see that alternatives share out what there is": Reason(
        says=False,
        applies=has("anyOf"),
        small={"type": "object"},
        big={"anyOf": [{"type": "object", "required": ["a"]}, _object(a={"type": "string"})]},
    ),
    "it does not apply expressions to named members": Reason(
        says=False,
        applies=has("patternProperties"),
        small=_object(a={"type": "boolean"}) | {"patternProperties": {"^a": {"type": "integer"}}},
        big=_object(a={"type": "array"}),
    ),
    "it does not see that multiples of an integer are integers": Reason(
        says=False,
        applies=has("multipleOf"),
        small={"type": "number", "multipleOf": 3},
        big={"type": "integer"},
    ),
    "it does not merge what applies at once": Reason(
        says=False,
        applies=has("allOf"),
        small={"allOf": [{"type": "object"}, _object("a", a={"type": "string"})]},
        big=_object("a", a={"type": "string"}),
    ),
    "it does not see that alternatives exclude each other": Reason(
        says=False,
        applies=has("oneOf"),
        small={"type": "string"},
        big={"oneOf": [{"type": "boolean"}, {}]},
    ),
    "it does not see that objects without members are small": Reason(
        says=False,
        applies=has("maxProperties"),
        small={"type": "object", "additionalProperties": False},
        big={"type": "object", "maxProperties": 2},
    ),
    "it does not see which names there may be": Reason(
        says=False,
        applies=has("propertyNames"),
        small={"type": "object", "additionalProperties": False},
        big={"type": "object", "propertyNames": {"enum": ["a"]}},
    ),
})  # fmt: skip
"""Every reason for which it says otherwise."""


def disagreements() -> Iterator[tuple[random.Random, Document, Document, bool]]:
    """Yield the pairs about which it says otherwise, with what it says."""
    for at in range(PAIRS):
        chance = random.Random(f"oracle {at}")
        small = drawn(chance, old=chance.random() < 0.25)
        big = mutated(chance, small)
        if chance.random() < 0.5:
            small, big = big, small
        word, said = ask(small, big).word, oracle(small, big)
        if said is not None and word in {"included", "refused"} and said is not (word == "included"):
            yield chance, small, big, said


def test_it_says_the_same_for_listed_reasons_apart() -> None:
    told: Counter[str] = Counter()
    for chance, small, big, said in disagreements():
        reasons = [name for name, reason in REASONS.items() if reason.says is said and reason.applies(small, big)]
        assert reasons, (said, small, big)
        told.update(reasons)
        if not said:  # what we refuse has a value that shows it; what we include has none
            values, judges = Values(chance, small), (Judge(small), Judge(big))
            held = [value for value in (values.draw(WHOLE) for _ in range(VALUES)) if judges[0].valid(WHOLE, value)]
            assert [] == [value for value in held if not judges[1].valid(WHOLE, value)], (small, big)
    assert set(REASONS) == set(told)


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a panic from telling of every frame."""
    monkeypatch.setenv("RUST_BACKTRACE", "0")


@pytest.mark.parametrize("reason", REASONS.values(), ids=REASONS)
def test_reason(reason: Reason) -> None:
    small, big = document(reason.small), document(reason.big)
    assert reason.says is oracle(small, big)
    assert ("refused" if reason.says else "included") == ask(small, big).word
    judges = Judge(small), Judge(big)
    if reason.says:
        assert (True, False) == tuple(judge.valid(WHOLE, reason.proof) for judge in judges)
    else:
        values = Values(random.Random(0), small)
        held = [value for value in (values.draw(WHOLE) for _ in range(VALUES)) if judges[0].valid(WHOLE, value)]
        assert [] == [value for value in held if not judges[1].valid(WHOLE, value)]


def test_it_seldom_gives_up() -> None:
    said = [
        oracle(small, mutated(chance, small))
        for chance, small in ((chance, drawn(chance)) for chance in map(random.Random, range(300)))
    ]
    assert said.count(None) < 300 * 0.1
