"""Whether one schema accepts all that another accepts: each refusal is confirmed by a validator."""

import pytest

from tests.diff.asked import ask, document
from upheld.model import Json

OBJECT: dict[str, Json] = {"type": "object"}
TEXT: dict[str, Json] = {"type": "string"}
NUMBER: dict[str, Json] = {"type": "number"}
NEVER: dict[str, Json] = {"not": {}}


def ref(name: str) -> dict[str, Json]:
    return {"$ref": f"#/components/schemas/{name}"}


def having(*required: str, **members: Json) -> dict[str, Json]:
    """Return an object schema."""
    return {"type": "object", "properties": members, "required": list(required)}


def listing(items: Json, **others: Json) -> dict[str, Json]:
    return {"type": "array", "items": items, **others}


SCHEMAS: dict[str, Json] = {
    "Endless": having("next", next=ref("Endless")),
    "EndlessPair": having("left", left=ref("EndlessOther")),
    "EndlessOther": having("right", right=ref("EndlessPair")),
    "EndlessList": listing(ref("EndlessList"), minItems=1),
    "Tree": having(children=listing(ref("Tree"))),
    "TreeOfTexts": having("label", label=TEXT, children=listing(ref("TreeOfTexts"))),
    "TreeOfNumbers": having("label", label=NUMBER, children=listing(ref("TreeOfNumbers"))),
    "Even": having(next={"anyOf": [ref("Odd"), {"type": "null"}]}),
    "Odd": having(next={"anyOf": [ref("Even"), {"type": "null"}]}),
    "OddOrText": having(next={"anyOf": [ref("EvenOrText"), {"type": "null"}]}),
    "EvenOrText": having(next={"anyOf": [ref("OddOrText"), {"type": "null"}, TEXT]}),
    "Chain": having(next={"anyOf": [ref("Chain"), {"type": "null"}]}),
    "Either": {"anyOf": [ref("Left"), ref("Right")]},
    "Left": having(left={"type": ["boolean", "integer"]}),
    "Right": having(up={"anyOf": [ref("Either"), {"enum": [None, 1]}]}),
    "OtherEither": {"anyOf": [ref("OtherLeft"), ref("OtherRight")]},
    "OtherLeft": having(left={"type": "boolean"}),
    "OtherRight": having(up=ref("OtherEither")),
}

CASES: dict[str, tuple[Json, Json, str]] = {
    "what needs itself accepts nothing": (ref("Endless"), TEXT, "included"),
    "what needs itself, through another": (ref("EndlessPair"), having("x", x=TEXT), "included"),
    "a list of what it is, never empty": (ref("EndlessList"), TEXT, "included"),
    "a member that needs itself": (having("a", a=ref("Endless")), TEXT, "included"),
    "a member that needs itself and may be missing": (having(a=ref("Endless")), having(a=TEXT), "included"),
    "members that needed themselves": (having("a", a=TEXT), having("a", a=ref("Endless")), "refused"),
    "a multiple that no number between is": ({"type": "integer", "minimum": 1, "maximum": 2, "multipleOf": 3}, TEXT, "included"),
    "an object that is full has no further member": (
        {"type": "object", "required": ["a"], "maxProperties": 1}, having(b=TEXT), "included"
    ),
    "an object with room for one": ({"type": "object", "required": ["a"], "maxProperties": 2}, having(b=TEXT), "refused"),
    "recursive, the same twice": (ref("Tree"), ref("Tree"), "included"),
    "recursive, with a further member": (ref("TreeOfTexts"), ref("Tree"), "included"),
    "recursive, with a member missing": (ref("Tree"), ref("TreeOfTexts"), "refused"),
    "recursive, of another type deep within": (ref("TreeOfTexts"), ref("TreeOfNumbers"), "refused"),
    "mutually recursive, unrolled": (ref("Even"), ref("Chain"), "included"),
    "mutually recursive, folded": (ref("Chain"), ref("Even"), "included"),
    "mutually recursive, wider in every second": (ref("Even"), ref("EvenOrText"), "included"),
    "mutually recursive, narrower in every second": (ref("EvenOrText"), ref("Even"), "refused"),
    "what is found out under an assumption that fails is forgotten": (
        having(a=ref("OddOrText"), b=ref("EvenOrText")), having(a=ref("Chain"), b=ref("Chain")), "refused"
    ),
    "one of all things and a text is no text": ({"oneOf": [{}, TEXT]}, {"not": TEXT}, "included"),
    "no text is one of all things and a text": ({"not": TEXT}, {"oneOf": [{}, TEXT]}, "included"),
    "one of all things and a text is never a text": (TEXT, {"oneOf": [{}, TEXT]}, "refused"),
    "one of the same twice is nothing": ({"oneOf": [TEXT, TEXT]}, NUMBER, "included"),
    "one of two ranges that overlap": (
        {"oneOf": [{"type": "number", "maximum": 5}, {"type": "number", "minimum": 3}]},
        {"anyOf": [{"exclusiveMaximum": 3}, {"exclusiveMinimum": 5}]},
        "included",
    ),
    "names that match, one of them named": (
        {**having(a=NUMBER), "patternProperties": {"^[ab]": NUMBER}, "additionalProperties": False},
        {**having(a=NUMBER), "patternProperties": {"^[ab]": TEXT}},
        "refused",
    ),
    "names that match are others than the one named": (
        {**having(a=listing(TEXT)), "patternProperties": {"^[ab]$": TEXT}, "additionalProperties": False},
        {"properties": {"b": NUMBER}},
        "refused",
    ),
    "a listed text that breaks its own format": (
        {"enum": ["a", "192.0.2.1"], "format": "ipv4"}, {"const": "192.0.2.1"}, "included"
    ),
    "no listed text keeps its own format": ({"const": "a", "format": "ipv4"}, NUMBER, "included"),
    "one of two that overlap, written otherwise": (
        {"oneOf": [having(a=TEXT), having(b=ref("Tree"))]},
        {"oneOf": [{"allOf": [having(a=TEXT)]}, having(b={"anyOf": [{"$ref": "#/components/schemas/Tree"}]})]},
        "included",
    ),
    "a recursive union taken apart comes to an end": (ref("Either"), ref("OtherEither"), "refused"),
}  # fmt: skip


@pytest.mark.parametrize(("small", "big", "expected"), CASES.values(), ids=CASES)
def test_decide(small: Json, big: Json, expected: str) -> None:
    assert expected == ask(document(small, SCHEMAS), document(big, SCHEMAS)).word
