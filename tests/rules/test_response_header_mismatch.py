"""A documented header is there where it is required, and its text can be read as its schema asks."""

import pytest

from tests.build import exchange, location, operation, response
from upheld.model import Fault, Header, Json, Raised, Sighting
from upheld.rules.response_header_mismatch import check

INTEGER = {"type": "integer"}
DATE = {"type": "string", "format": "date-time"}
LIST = {"type": "array", "items": INTEGER, "maxItems": 3}
CASES: dict[str, tuple[Json, bool, list[str], str | None]] = {
    "as documented": (INTEGER, True, ["3"], None),
    "not required": (INTEGER, False, [], None),
    "anything goes": (True, True, ["x"], None),
    "a format": (DATE, True, ["2024-02-29T12:00:00Z"], None),
    "a boolean": ({"type": "boolean"}, True, ["true"], None),
    "a list in one line": (LIST, True, ["1, 2,3"], None),
    "a list in several lines": (LIST, True, ["1", "2, 3"], None),
    "a list whose items nobody described": ({"type": "array"}, True, ["a,b"], None),
    "an object cannot be judged": ({"type": "object"}, True, ["R,100"], None),
    "an integer that careful readers differ about": (INTEGER, True, ["3.0"], None),
    "the last of several counts": (INTEGER, True, ["x", "3"], None),
    "missing": (INTEGER, True, [], "header X-Total of 200 is missing"),
    "no integer": (INTEGER, True, ["many"], 'header X-Total of 200 breaks its schema: "many" is not of type "integer"'),
    "too small": (
        {**INTEGER, "minimum": 1},
        False,
        ["0"],
        "header X-Total of 200 breaks its schema: 0 is less than the minimum of 1",
    ),
    "no date": (DATE, False, ["soon"], 'header X-Total of 200 breaks its schema: "soon" is not a "date-time"'),
    "an item of a list": (
        LIST,
        False,
        ["1,x"],
        'header X-Total of 200 breaks its schema: "x" is not of type "integer"',
    ),
    "empty": (INTEGER, False, [""], 'header X-Total of 200 breaks its schema: "" is not of type "integer"'),
}


def said(
    schema: Json, texts: list[str], *, required: bool = True, name: str = "X-Total", **overrides: Json
) -> list[Fault]:
    told = operation(responses={"200": response(headers={name: Header(required=required, schema=schema)})})
    headers = tuple((name.lower(), text) for text in texts)
    return list(check(exchange(**{"operation": told, "headers": headers, **overrides})))


@pytest.mark.parametrize(("schema", "required", "texts", "message"), CASES.values(), ids=CASES)
def test_check(schema: Json, required: bool, texts: list[str], message: str | None) -> None:
    expected = [] if message is None else [message]
    assert expected == [fault.message for fault in said(schema, texts, required=required)]


QUIET = {
    "another status": {"status": 404},
    "no head": {"status": 0},
    "an exception": {"seen": Sighting(escaped=Raised(kind="KeyError", message="", location=None))},
}


@pytest.mark.parametrize("overrides", QUIET.values(), ids=QUIET)
def test_what_is_not_judged(overrides: dict[str, Json]) -> None:
    assert [] == said(INTEGER, [], **overrides)


def test_content_type_is_described_by_the_content() -> None:
    assert [] == said(INTEGER, ["text/html"], name="Content-Type")


PLACES = {
    "the line that set it": (
        Sighting(header_lines={"x-total": location(line=2)}, built=location(line=3)),
        ["x"],
        location(line=2),
    ),
    "the line that built the answer": (Sighting(built=location(line=3)), [], location(line=3)),
}


@pytest.mark.parametrize(("seen", "texts", "place"), PLACES.values(), ids=PLACES)
def test_place(seen: Sighting, texts: list[str], place: object) -> None:
    (fault,) = said(INTEGER, texts, seen=seen)
    assert (200, place) == (fault.status, fault.location)
