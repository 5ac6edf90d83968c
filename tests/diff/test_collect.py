"""What policy makes of changes, how they are put together, and what they are known by."""

from typing import Any

import pytest

from upheld.diff import compare
from upheld.model import Change, Json, Level, Policy

OBJECT: dict[str, Json] = {"type": "object"}


def served(request: Json, answer: Json, *, paths: tuple[str, ...] = ("/it",), **others: Json) -> dict[str, Any]:
    """Return a document with operations that take and answer shared schemas."""
    body, answered = (
        {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}
        for name in ("Taken", "Answered")
    )
    operation = {"requestBody": body, "responses": {"200": {"description": "It.", **answered}}, **others}
    return {
        "openapi": "3.1.0",
        "info": {"title": "It", "version": "1"},
        "paths": {path: {"post": operation} for path in paths},
        "components": {"schemas": {"Taken": request, "Answered": answer}},
    }


def having(**members: Json) -> dict[str, Json]:
    return {"type": "object", "properties": members}


WIDER_ENUM = served(OBJECT, {"enum": ["a"]}), served(OBJECT, {"enum": ["a", "b"]})
ADDED_MEMBER = served(OBJECT, having()), served(OBJECT, having(new={"type": "string"}))
FORMAT = served(having(a={"type": "string"}), OBJECT), served(having(a={"type": "string", "format": "uuid"}), OBJECT)
DEFAULT = served(having(a={"default": 1}), OBJECT), served(having(a={"default": 2}), OBJECT)
NAMES = served(OBJECT, OBJECT, operationId="one"), served(OBJECT, OBJECT, operationId="other")
DEPRECATED = {**served(OBJECT, OBJECT, deprecated=True)}, {**served(OBJECT, OBJECT), "paths": {}}
GONE = {**served(OBJECT, OBJECT)}, {**served(OBJECT, OBJECT), "paths": {}}

POLICIES: dict[str, tuple[tuple[dict[str, Any], dict[str, Any]], Policy, list[tuple[str, str, str, str]]]] = {
    "an enum of answers grows": (
        WIDER_ENUM, Policy(), [("response-enum-value-added", "error", "breaking", "witness")]
    ),
    "an enum of answers may grow with a warning": (
        WIDER_ENUM, Policy(response_enum=Level.WARNING), [("response-enum-value-added", "warning", "compatible", "policy")]
    ),
    "an enum of answers may grow unseen": (WIDER_ENUM, Policy(response_enum=Level.OFF), []),
    "an added member of answers may be an error": (
        ADDED_MEMBER, Policy(response_member=Level.ERROR), [("response-member-added", "error", "breaking", "policy")]
    ),
    "an added format narrows": (FORMAT, Policy(), [("request-format-narrowed", "error", "breaking", "witness")]),
    "an added format may be a note": (
        FORMAT, Policy(format=Level.NOTE), [("request-format-narrowed", "note", "compatible", "policy")]
    ),
    "another default": (DEFAULT, Policy(), [("default-changed", "warning", "compatible", "policy")]),
    "another default may be an error": (
        DEFAULT, Policy(default=Level.ERROR), [("default-changed", "error", "breaking", "policy")]
    ),
    "another operation id": (NAMES, Policy(), [("operation-id-changed", "warning", "compatible", "policy")]),
    "another operation id may be nothing": (NAMES, Policy(names=Level.OFF), []),
    "what was deprecated is gone": (DEPRECATED, Policy(), [("operation-removed", "error", "breaking", "structure")]),
    "what was deprecated may go": (
        DEPRECATED, Policy(remove_deprecated=True), [("operation-removed", "note", "compatible", "policy")]
    ),
    "what was not deprecated may not go": (
        GONE, Policy(remove_deprecated=True), [("operation-removed", "error", "breaking", "structure")]
    ),
}  # fmt: skip


@pytest.mark.parametrize(("pair", "policy", "expected"), POLICIES.values(), ids=POLICIES)
def test_policy(
    pair: tuple[dict[str, Any], dict[str, Any]], policy: Policy, expected: list[tuple[str, str, str, str]]
) -> None:
    found = compare(*pair, policy)
    assert expected == [(one.rule, str(one.level), str(one.verdict), str(one.proof)) for one in found]


def gone_member(*paths: str, name: str = "a") -> tuple[Change, ...]:
    old = served(OBJECT, having(**{name: {"type": "string"}}), paths=paths)
    old["components"]["schemas"]["Answered"]["required"] = [name]
    new = served(OBJECT, having(), paths=paths)
    return compare(old, new)


def test_a_change_of_a_shared_schema_is_told_once() -> None:
    (change,) = gone_member("/b", "/a", "/c")
    assert "response-required-member-removed" == change.rule
    assert ("POST /b", "POST /a", "POST /c") == change.operations
    assert "/components/schemas/Answered/properties/a" == change.old
    assert change.new is None


def test_a_fingerprint_is_that_of_rule_place_and_message() -> None:
    one, elsewhere, another = (
        found for (found,) in (gone_member("/a"), gone_member("/b"), gone_member("/a", name="b"))
    )
    assert one.fingerprint == elsewhere.fingerprint
    assert one.fingerprint != another.fingerprint
    assert 16 == len(one.fingerprint)


def test_changes_stand_in_the_order_of_the_new_document() -> None:
    old = served(OBJECT, OBJECT, paths=("/gone", "/b", "/a"), summary="It")
    new = served(OBJECT, OBJECT, paths=("/new", "/a", "/b"), summary="It does")
    told = [(change.rule, change.operations[0]) for change in compare(old, new)]
    assert [
        ("operation-added", "POST /new"),
        ("text-changed", "POST /a"),
        ("text-changed", "POST /b"),
        ("operation-removed", "POST /gone"),
    ] == told
