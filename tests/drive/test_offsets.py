"""Times are sent without an offset, all at once and one at a time; what is no time stays."""

import json

import pytest

from tests.build import body, operation, parameter, request
from upheld.drive.offsets import without_offsets
from upheld.model import Json
from upheld.schema import Judge

JUDGE = Judge({"openapi": "3.1.0"})
JSON = (("content-type", "application/json"),)
TIME = {"type": "string", "format": "date-time"}
TOLD = operation(
    method="POST",
    path="/rooms/{room}",
    parameters=(
        parameter("room", TIME, "path"),
        parameter("since", {"anyOf": [TIME, {"type": "null"}]}),
        parameter("q", {"type": "string"}),
    ),
    body=body(
        {
            "properties": {
                "start": TIME,
                "end": TIME,
                "days": {"items": {"properties": {"at": TIME}}},
                "note": {"type": "string"},
                "time": {"type": "string", "format": "time"},
            }
        }
    ),
)
CASES: dict[str, tuple[str, Json, list[tuple[str, Json]]]] = {
    "one": ("", {"start": "2024-02-29T12:00:00Z"}, [("", {"start": "2024-02-29T12:00:00"})]),
    "two": (
        "",
        {"start": "2024-01-01T00:00:00z", "end": "2024-01-01T00:00:00.5+14:00"},
        [
            ("", {"start": "2024-01-01T00:00:00", "end": "2024-01-01T00:00:00.5"}),
            ("", {"start": "2024-01-01T00:00:00", "end": "2024-01-01T00:00:00.5+14:00"}),
            ("", {"start": "2024-01-01T00:00:00z", "end": "2024-01-01T00:00:00.5"}),
        ],
    ),
    "within": (
        "",
        {"days": [{"at": "2024-01-01T00:00:00-0300"}]},
        [("", {"days": [{"at": "2024-01-01T00:00:00"}]})],
    ),
    "in the query": ("?since=2024-01-01T00:00:00Z&q=x", {}, [("?q=x&since=2024-01-01T00%3A00%3A00", {})]),
    "without one already": ("", {"start": "2024-01-01T00:00:00"}, []),
    "no time": ("?q=2024-01-01T00:00:00Z", {"note": "2024-01-01T00:00:00Z", "time": "00:00:00Z"}, []),
    "none": ("", {"start": None}, []),
    "no object": ("", ["2024-01-01T00:00:00Z"], []),
}


@pytest.mark.parametrize(("query", "sent", "expected"), CASES.values(), ids=CASES)
def test_without_offsets(query: str, sent: Json, expected: list[tuple[str, Json]]) -> None:
    one = request("POST", f"/rooms/1{query}", headers=JSON, body=json.dumps(sent).encode())
    made = [
        (other.target.removeprefix("/rooms/1"), json.loads(other.body or b""))
        for other in without_offsets(one, TOLD, JUDGE)
    ]
    assert expected == made


def test_what_fits_no_template() -> None:
    assert [] == list(without_offsets(request("POST", "/elsewhere"), TOLD, JUDGE))
