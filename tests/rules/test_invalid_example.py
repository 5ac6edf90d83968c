"""An example is judged by its own schema in every reading of it; one that was sent and refused counts as well."""

import pytest

from tests.build import exchange, operation, request
from upheld.model import Example, Level, Reading, Refusal, Schema, Sighting
from upheld.rules.invalid_example import check

PET: Schema = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
KEPT: Schema = {"properties": {"id": {"readOnly": True}, "name": {"type": "string"}}, "required": ["id", "name"]}
LOGIN: Schema = {"properties": {"password": {"writeOnly": True}}, "required": ["password"]}
WHEN: Schema = {"type": "string", "format": "date-time"}
JSON = "application/json"
CASES: dict[str, tuple[Example, str | None, Level | None]] = {
    "it fits": (Example(where=("body",), value={"name": "Rex"}, schema=PET, media_type=JSON), None, None),
    "another type": (
        Example(where=("query", "n"), value="five", schema={"type": "integer"}),
        'query.n breaks its own schema: "five" is not of type "integer"',
        None,
    ),
    "a member at fault": (
        Example(where=("404",), value={"name": 1}, schema=PET, media_type=JSON, name="gone"),
        '404 (gone) breaks its own schema: name: 1 is not of type "string"',
        None,
    ),
    "a missing member": (
        Example(where=("body", "pet"), value={}, schema=PET, media_type=JSON),
        'body.pet breaks its own schema: "name" is a required property',
        None,
    ),
    "a parameter as it is written": (Example(where=("query", "n"), value="5", schema={"type": "integer"}), None, None),
    "which reading is meant is not sure": (
        Example(where=("path", "n"), value="5.0", schema={"type": "integer"}),
        None,
        None,
    ),
    "a list as it is written": (Example(where=("query", "n"), value="a,b", schema={"type": "array"}), None, None),
    "a body as it is written": (
        Example(where=("200",), value='{"name": "Rex"}', schema=PET, media_type=JSON),
        None,
        None,
    ),
    "a body that is no JSON": (
        Example(where=("200",), value="Rex", schema=PET, media_type=JSON),
        '200 breaks its own schema: "Rex" is not of type "object"',
        None,
    ),
    "a text of another media type": (
        Example(where=("200",), value="<pet/>", schema=PET, media_type="application/xml"),
        None,
        None,
    ),
    "a value that is no text, of another media type": (
        Example(where=("200",), value={"name": 1}, schema={"type": "string"}, media_type="text/plain"),
        '200 breaks its own schema: {"name":1} is not of type "string"',
        None,
    ),
    "a text that breaks its bound, of another media type": (
        Example(where=("200",), value="Rex", schema={"type": "string", "maxLength": 2}, media_type="text/plain"),
        '200 breaks its own schema: "Rex" is longer than 2 characters',
        None,
    ),
    "what only answers have is missing": (
        Example(where=("body",), value={"name": "Rex"}, schema=KEPT, media_type=JSON),
        None,
        None,
    ),
    "what only requests have is missing": (
        Example(where=("200",), value={}, schema=LOGIN, media_type=JSON),
        None,
        None,
    ),
    "a format alone": (
        Example(where=("query", "at"), value="yesterday", schema=WHEN),
        'query.at breaks its own schema: "yesterday" is not a "date-time"',
        Level.WARNING,
    ),
    "nothing is said": (Example(where=("body",), value=1, schema=True, media_type=JSON), None, None),
}


@pytest.mark.parametrize(("example", "told", "level"), CASES.values(), ids=CASES)
def test_its_own_schema(example: Example, told: str | None, level: Level | None) -> None:
    faults = list(check(operation(examples=(example,)), Reading(), []))
    assert ([] if told is None else [(f"the example of {told}", level)]) == [(f.message, f.level) for f in faults]


REX = b'{"name": "Rex"}'
AT_NAME = Example(where=("body", "name"), value="Rex", schema=True, media_type=JSON)
AT_QUERY = Example(where=("query", "name"), value="Rex", schema=True)
AT_PATH = Example(where=("path", "name"), value="Rex", schema=True)
REFUSED: dict[str, tuple[Example, str, bytes, tuple[str | int, ...], bool, bool]] = {
    "where it stands": (AT_NAME, "/", REX, ("body", "name"), False, True),
    "within it": (
        Example(where=("body",), value={"name": "Rex"}, schema=True, media_type=JSON),
        "/",
        REX,
        ("body", "name"),
        False,
        True,
    ),
    "elsewhere": (AT_NAME, "/", REX, ("body", "age"), False, False),
    "for what every app refuses": (AT_NAME, "/", REX, ("body", "name"), True, False),
    "with another value": (AT_NAME, "/", b'{"name": "Max"}', ("body", "name"), False, False),
    "in no JSON": (AT_NAME, "/", b"{", ("body", "name"), False, False),
    "in an object that is none": (AT_NAME, "/", b"[]", ("body", "name"), False, False),
    "in the query": (AT_QUERY, "/?name=Rex", b"", ("query", "name"), False, True),
    "in the query with another value": (AT_QUERY, "/?name=Max", b"", ("query", "name"), False, False),
    "in the path, which is not compared": (AT_PATH, "/Rex", b"", ("path", "name"), False, False),
}


@pytest.mark.parametrize(("example", "target", "body", "where", "bare", "found"), REFUSED.values(), ids=REFUSED)
def test_refused(
    example: Example, target: str, body: bytes, where: tuple[str | int, ...], *, bare: bool, found: bool
) -> None:
    seen = Sighting(refusals=(Refusal(where=where, kind="value_error", message="too common", bare=bare),))
    asked = exchange(status=422, request=request("POST", target, body=body), seen=seen)
    faults = list(check(operation(examples=(example,)), Reading(), [asked]))
    assert ([asked] if found else []) == [fault.exchange for fault in faults]
    place = ".".join(map(str, example.where))
    assert [f"the example of {place} is refused: too common"] * found == [fault.message for fault in faults]


def test_a_long_one_is_shortened() -> None:
    shown = Example(where=("query", "q"), value="x" * 100, schema={"type": "integer"})
    assert [f'query.q: "{"x" * 78}…'] == [f.documented for f in check(operation(examples=(shown,)), Reading(), [])]
