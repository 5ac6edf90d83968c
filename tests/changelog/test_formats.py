"""What every format has in common, and the whole of what people read."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

import upheld.changelog
from tests.changelog.comparisons import APPROVAL, COMPARISONS, NASTY, added, change, comparison
from upheld.changelog import View, chronicle, formats, render
from upheld.model import Comparison, Counterexample, Entry, Level, Side, Verdict, Version

SCHEMA: dict[str, Any] = json.loads((Path(upheld.changelog.__file__).parent / "schema.json").read_text("utf-8"))
VALIDATOR = jsonschema_rs.Draft202012Validator(SCHEMA, validate_formats=True)


def test_formats() -> None:
    assert formats() == ("github", "json", "markdown", "text")


TEXT = """\
Breaking

  POST /orders and 1 more
    error: note became required  [request-member-required]
      /components/schemas/Order/properties/note → /components/schemas/Order/required/1
      accepted by the old contract, refused by the new:
        POST /orders
        content-type: application/json
        {"lines": []}

  GET /orders
    error: may be null now  [response-null-added]
      /paths/~1orders/get/responses/200
      allowed by the new contract, refused by the old:
        200
        null

Undecided

  The document as a whole
    warning: cannot be decided  [schema-changed]
      /components/schemas/Order/properties/note → /components/schemas/Order/required/1

Compatible

  GET /books
    note: GET /books is new  [operation-added]
      /paths/~1books/get

2 breaking changes, 1 undecided and 1 compatible from a.json to b.json.
2 changes at or above the gate.
Suggested version: major.
Next: upheld explain request-member-required
"""
MARKDOWN = """\
### The contract: 2 breaking changes, 1 undecided and 1 compatible

Suggested version: **major**, from a.json to b.json. 2 changes at or above the gate.

#### Breaking

- **POST /orders and 1 more**: note became required (<code>request-member-required</code>, \
<code>/components/schemas/Order/properties/note → /components/schemas/Order/required/1</code>)
  <br>Accepted by the old contract, refused by the new:
  <pre>POST /orders&#10;content-type: application/json&#10;{"lines": &#91;&#93;}</pre>
- **GET /orders**: may be null now (<code>response-null-added</code>, \
<code>/paths/&#126;1orders/get/responses/200</code>)
  <br>Allowed by the new contract, refused by the old:
  <pre>200&#10;null</pre>

#### Undecided

- **The document as a whole**: cannot be decided (<code>schema-changed</code>, \
<code>/components/schemas/Order/properties/note → /components/schemas/Order/required/1</code>)

<details><summary>1 compatible change</summary>

- **GET /books**: GET /books is new (<code>operation-added</code>, <code>/paths/&#126;1books/get</code>)

</details>

Next: <code>upheld explain request-member-required</code>
"""
GITHUB = """\
::error file=b.json,title=request-member-required::POST /orders and 1 more: note became required%0Aaccepted by the \
old contract, refused by the new:%0APOST /orders%0Acontent-type: application/json%0A{"lines": []}
::error file=b.json,title=response-null-added::GET /orders: may be null now%0Aallowed by the new contract, refused by \
the old:%0A200%0Anull
::warning file=b.json,title=schema-changed::The document as a whole: cannot be decided
::notice file=b.json,title=operation-added::GET /books: GET /books is new
"""
WHOLE = {"text": TEXT, "markdown": MARKDOWN, "github": GITHUB}


@pytest.mark.parametrize(("form", "expected"), WHOLE.items(), ids=WHOLE)
def test_whole(form: str, expected: str) -> None:
    assert expected == render(form, COMPARISONS["all verdicts"], View(failing=2))


HAS = {
    "nothing, text": ("text", "nothing", "Nothing changed from a.json to b.json.\n"),
    "nothing, markdown": ("markdown", "nothing", "### Nothing changed in the contract\n\nFrom a.json to b.json.\n"),
    "approved, text": (
        "text",
        "approved",
        (
            "      approved until 2026-05-01: all clients send it\n\n1 breaking change from a.json to b.json.\n"
            "1 change approved.\nSuggested version: major.\n"
        ),
    ),
    "approved, markdown": ("markdown", "approved", "  <br>Approved until 2026-05-01: all clients send it\n"),
    "approved, github": ("github", "approved", "::notice file=b.json,title=request-member-required::"),
    "a bare value": ("text", "a bare value", "refused by the new:\n        -1\n"),
    "nasty, github": ("github", "nasty", "::notice title=request-member-required::GET /"),
}


@pytest.mark.parametrize(("form", "name", "expected"), HAS.values(), ids=HAS)
def test_has(form: str, name: str, expected: str) -> None:
    assert expected in render(form, COMPARISONS[name], View())


@pytest.mark.parametrize("form", ["text", "markdown", "github"])
def test_no_base_no_text(form: str) -> None:
    assert render(form, COMPARISONS["no base"], View()) == ""


@pytest.mark.parametrize("case", COMPARISONS.values(), ids=COMPARISONS)
def test_json_obeys_its_schema(case: Comparison) -> None:
    text = render("json", case, View())
    VALIDATOR.validate(json.loads(text.replace("\\ud800", "?")))  # it takes no half characters
    assert text.isascii()


def test_json_says_it_all() -> None:
    found = json.loads(render("json", comparison(change(approval=APPROVAL), remarks=("told",)), View()))
    assert {
        "upheld": {"version": upheld.__version__, "format": 1},
        "old": "a.json",
        "new": "b.json",
        "changes": [
            {
                "rule": "request-member-required",
                "level": "error",
                "verdict": "breaking",
                "proof": "witness",
                "operations": ["POST /orders", "PUT /orders/{order_id}"],
                "tags": ["orders"],
                "pointer": {
                    "old": "/components/schemas/Order/properties/note",
                    "new": "/components/schemas/Order/required/1",
                },
                "message": "note became required",
                "witness": {
                    "side": "request",
                    "value": {"lines": []},
                    "accepted_by": "old",
                    "refused_by": "new",
                    "exchange": {
                        "method": "POST",
                        "target": "/orders",
                        "headers": {"content-type": "application/json"},
                        "body": {"lines": []},
                    },
                },
                "version": "major",
                "fingerprint": "4c1f0e",
                "approval": {"reason": "all clients send it", "expires": "2026-05-01"},
            }
        ],
        "summary": {"breaking": 1, "undecided": 0, "compatible": 0},
        "suggested_version": "major",
        "remarks": ["told"],
    } == found


@pytest.mark.parametrize("case", COMPARISONS.values(), ids=COMPARISONS)
def test_colour_changes_nothing_else(case: Comparison) -> None:
    plain, colored = (render("text", case, View(failing=len(case.changes), color=color)) for color in (False, True))
    assert plain == re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert "\x1b" not in plain
    assert (case.old is None) == (plain == colored)


@pytest.mark.parametrize("form", ["text", "markdown", "github"])
def test_text_of_a_document_stays_on_its_line(form: str) -> None:
    text = render(form, COMPARISONS["nasty"], View(failing=0))
    assert all(line.isprintable() for line in text.splitlines())
    assert not [line for line in text.splitlines() if line.startswith("::error")]
    assert form != "markdown" or NASTY[4:9] not in text


def test_a_changelog() -> None:
    noted = added(rule="text-changed", level=Level.NOTE, verdict=Verdict.COMPATIBLE, version=Version.PATCH)
    entries = [
        Entry(day="", commit="", subject="Unreleased", changes=(added(), change(), noted)),
        Entry(day="2026-02-02", commit="c3", subject="Say it <b>better</b>", changes=(noted,)),
        Entry(day="2026-02-01", commit="b2", subject="Break it", changes=None, told="This version cannot be read: no."),
        Entry(day="2026-01-31", commit="a1", subject="Begin", changes=None, told="The first contract, 3 operations."),
    ]
    assert chronicle(entries) == (
        "# Changelog of the contract\n\n"
        "<!-- Written by `upheld changelog` from the contract's git history; change nothing here. -->\n\n"
        "## Unreleased\n\nSuggested version: **major**.\n\n### Breaking\n\n"
        "- **POST /orders and 1 more**: note became required (<code>request-member-required</code>, "
        "<code>/components/schemas/Order/properties/note → /components/schemas/Order/required/1</code>)\n"
        "  <br>Accepted by the old contract, refused by the new:\n"
        '  <pre>POST /orders&#10;content-type: application/json&#10;{"lines": &#91;&#93;}</pre>\n\n'
        "### Compatible\n\n"
        "- **GET /books**: GET /books is new (<code>operation-added</code>, <code>/paths/&#126;1books/get</code>)\n\n"
        "## 2026-02-02 <code>c3</code> Say it &lt;b&gt;better&lt;/b&gt;\n\nNothing that a client sees.\n\n"
        "## 2026-02-01 <code>b2</code> Break it\n\nThis version cannot be read: no.\n\n"
        "## 2026-01-31 <code>a1</code> Begin\n\nThe first contract, 3 operations.\n"
    )


def test_what_happened_alike_at_several_operations_is_told_once() -> None:
    alike: dict[str, Any] = {"rule": "error-status-added", "verdict": Verdict.COMPATIBLE, "level": Level.NOTE}
    alike |= {"message": "429 is new", "witness": None}
    paths = ("/books", "/orders", "/users")
    changes = [change(**alike, operations=(f"GET {path}",), new=f"/paths/{path}") for path in paths]
    told = render("text", comparison(*changes), View())
    assert "  GET /books and 2 more\n    note: 429 is new  [error-status-added]\n" in told
    assert 1 == told.count("429 is new")
    assert "3 compatible changes" in told
    assert 3 == len(json.loads(render("json", comparison(*changes), View()))["changes"])


LONG = {
    "a text": ("a" * 5001, f'"{"a" * 40}… (5,001 characters)"'),
    "a text that is just short enough": ("a" * 200, f'"{"a" * 200}"'),
    "a list": ([0] * 30, '[0, 0, 0, "… (30 items)"]'),
    "within": ({"tags": ["b" * 300]}, f'{{"tags": ["{"b" * 40}… (300 characters)"]}}'),
}


@pytest.mark.parametrize(("value", "expected"), LONG.values(), ids=LONG)
@pytest.mark.parametrize("where", ["value", "body"])
def test_long_values_are_cut(value: object, expected: str, where: str) -> None:
    exchange: dict[str, Any] = {"status": 200, "headers": {}, "body": value} if where == "body" else {}
    shown = Counterexample(side=Side.RESPONSE, value=value, accepted_by="new", refused_by="old", exchange=exchange)
    assert f"        {expected}\n" in render("text", comparison(change(witness=shown)), View())
