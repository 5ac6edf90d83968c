"""Every report obeys `upheld/report/schema.json`, and the schema names all that a reader needs."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

import upheld.report
from tests.build import finding, report
from tests.report.reports import NASTY, REPORTS, TRIP
from upheld.model import Report
from upheld.report import View
from upheld.report.json import render

SCHEMA: dict[str, Any] = json.loads((Path(upheld.report.__file__).parent / "schema.json").read_text("utf-8"))
VALIDATOR = jsonschema_rs.Draft202012Validator(SCHEMA)


@pytest.mark.parametrize("case", REPORTS.values(), ids=REPORTS)
def test_obeys_the_schema(case: Report) -> None:
    text = render(case, View())
    VALIDATOR.validate(json.loads(text))
    assert text.isascii()
    assert text.endswith("}\n")


def test_says_it_all() -> None:
    assert {
        "upheld": {"version": upheld.__version__, "format": 1},
        "app": "service.app:app",
        "contract": {"openapi": "3.1.0", "sha256": "0" * 64, "operations": 2},
        "findings": [
            {
                "rule": "undocumented-status",
                "level": "error",
                "operation": "GET /books/{book_id}",
                "status": 404,
                "message": "answered 404; the docs list 200, 422",
                "evidence": "observed",
                "location": {
                    "path": "service/books.py",
                    "line": 41,
                    "code": 'raise HTTPException(404, "No such book")',
                },
                "documented": "200, 422",
                "observed": '404 application/json {"detail": "No such book"}',
                "request": {
                    "method": "GET",
                    "target": "/books/0",
                    "headers": {},
                    "body": None,
                    "curl": "curl -X GET http://testserver/books/0",
                    "after": [],
                },
                "fix": None,
                "flaky": False,
                "fingerprint": "4c1f0e",
                "count": 12,
            }
        ],
        "notes": [],
        "coverage": {"operations": {"documented": 2, "answered": 2}, "responses": {"documented": 6, "seen": 5}},
        "stats": {"requests": 5400, "seconds": 3.142, "seed": 0},
    } == json.loads(render(report(finding()), View()))


def test_text_of_the_app_survives() -> None:
    document = json.loads(render(REPORTS["nasty"], View()))
    assert document["findings"][0]["message"] == NASTY


WRONG: dict[str, dict[str, Any]] = {
    "observed without a request": {"request": None},
    "level off": {"level": "off"},
    "operation without a path": {"operation": "GET"},
    "rule in snake case": {"rule": "undocumented_status"},
    "an unknown member": {"severity": "high"},
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_schema_refuses(change: dict[str, Any]) -> None:
    document = json.loads(render(report(finding()), View()))
    document["findings"][0].update(change)
    assert not VALIDATOR.is_valid(document)


def test_every_member_is_required_and_explained() -> None:
    for name, schema in {"report": SCHEMA, **SCHEMA["$defs"]}.items():
        properties = schema.get("properties", {})
        assert sorted(schema.get("required", ())) == sorted(properties), name
        for member, value in properties.items():
            assert "description" in value or {"method"} >= {member}, f"{name}.{member}"


def test_round_trip() -> None:
    assert {
        "modes": list(TRIP.modes),
        "called": 2,
        "seen": 5,
        "met": 4,
        "missed": [{"operation": "GET /books/{book_id}", "responses": ["404", "5XX"]}],
    } == json.loads(render(report(trip=TRIP), View()))["coverage"]["round_trip"]
