"""Approvals are read, added to and applied; a file that is wrong is told in one line."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.changelog.comparisons import APPROVAL, NASTY, added, change
from upheld.approvals import HEAD, add, apply, approved, read
from upheld.model import Approval, Change, UpheldError

ONE = """\

[[approval]]
rule = "request-member-required"
fingerprint = "4c1f0e"
change = "note became required"
operations = ["POST /orders"]
reason = "all clients send it"
expires = 2026-05-01
"""
OTHER = replace(APPROVAL, fingerprint="other")


def test_no_file(tmp_path: Path) -> None:
    assert read(tmp_path / "approvals.toml") == ()


def test_added(tmp_path: Path) -> None:
    path = tmp_path / "contracts" / "approvals.toml"
    add(path, [APPROVAL])
    assert HEAD + ONE == path.read_text(encoding="utf-8")
    add(path, [OTHER])
    assert HEAD + ONE + ONE.replace("4c1f0e", "other") == path.read_text(encoding="utf-8")
    assert (APPROVAL, OTHER) == read(path)
    assert ["approvals.toml"] == [one.name for one in path.parent.iterdir()]


def test_what_stands_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "approvals.toml"
    path.write_text(f"# Ours\n{ONE}# until the app is out\n", encoding="utf-8")
    add(path, [OTHER])
    assert f"# Ours\n{ONE}# until the app is out\n{ONE.replace('4c1f0e', 'other')}" == path.read_text(encoding="utf-8")


def test_renewed(tmp_path: Path) -> None:
    path = tmp_path / "approvals.toml"
    add(path, [APPROVAL, OTHER])
    renewed = replace(APPROVAL, reason="still", expires=date(2027, 1, 1))
    add(path, [renewed])
    assert (renewed, OTHER) == read(path)


def test_an_inline_array_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "approvals.toml"
    inline = ", ".join(ONE.strip().splitlines()[1:])
    path.write_text(f"approval = [{{ {inline} }}]\n", encoding="utf-8")
    add(path, [OTHER])
    assert (APPROVAL, OTHER) == read(path)


def test_any_text_is_valid_toml(tmp_path: Path) -> None:
    path = tmp_path / "approvals.toml"
    every = "".join(map(chr, range(0x250))) + '"\\' + NASTY
    add(path, [replace(APPROVAL, change=every, operations=(every,), reason=every)])
    (entry,) = tomllib.loads(path.read_text(encoding="utf-8"))["approval"]
    expected = every.replace("\ud800", "\ufffd")
    assert (expected, [expected], expected) == (entry["change"], entry["operations"], entry["reason"])


def lines(*replaced: tuple[str, str]) -> str:
    text = ONE
    for old, new in replaced:
        text = text.replace(old, new)
    return text


KEYS = "rule, fingerprint, change, operations, reason, expires"
WRONG = {
    "no TOML": ("[[approval\n", ":1: is not TOML (", "), expected [[approval]]; mend that line"),
    "an unknown key": ("x = 1\n", ": 'x' is unknown, expected [[approval]] alone; take it out", ""),
    "no array": (
        "[approval]\n",
        ": approval is no array of tables, expected [[approval]]; write it in two brackets",
        "",
    ),
    "no table": ("approval = [1]\n", ": approval 1 is 1, expected a table; write [[approval]]", ""),
    "a key missing": (
        lines(('reason = "all clients send it"\n', "")),
        f': approval 1 lacks reason, expected {KEYS}; write reason = "why it is fine"',
        "",
    ),
    "a key too many": (
        ONE + "until = 1\n",
        f": approval 1 has the unknown key 'until', expected {KEYS}; take it out",
        "",
    ),
    "no reason": (
        lines(("all clients send it", " ")),
        ": approval 1: reason = ' ', expected a text that is not empty; write reason = \"why it is fine\"",
        "",
    ),
    "a fingerprint that is a number": (
        lines(('"4c1f0e"', "4")),
        ': approval 1: fingerprint = 4, expected a text that is not empty; write fingerprint = "…", as the JSON report has it',
        "",
    ),
    "operations": (
        lines(('["POST /orders"]', '"POST /orders"')),
        ": approval 1: operations = 'POST /orders', expected an array of texts; write operations = [\"GET /books\"]",
        "",
    ),
    "a text for a day": (
        lines(("2026-05-01", '"2026-05-01"')),
        ": approval 1: expires = '2026-05-01', expected a day; write expires = 2026-08-01",
        "",
    ),
    "a moment for a day": (
        lines(("2026-05-01", "2026-05-01T12:00:00")),
        ": approval 1: expires = 2026-05-01 12:00:00, expected a day; write expires = 2026-08-01",
        "",
    ),
    "twice": (
        ONE + ONE,
        (
            ": approval 2 is for the same as approval 1, request-member-required 4c1f0e, expected one for each; "
            "take one out"
        ),
        "",
    ),
}


@pytest.mark.parametrize(("text", "begin", "end"), WRONG.values(), ids=WRONG)
def test_wrong(tmp_path: Path, text: str, begin: str, end: str) -> None:
    path = tmp_path / "approvals.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UpheldError) as caught:
        read(path)
    told = str(caught.value)
    assert (True, True) == (told.startswith(f"{path}{begin}"), told.endswith(end)), told
    assert end or told == f"{path}{begin}"


def test_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UpheldError, match=r"cannot be read \(Is a directory\), expected a file; make it readable"):
        read(tmp_path)
    (tmp_path / "a.toml").write_bytes(b"\xff")
    with pytest.raises(UpheldError, match=r"is not UTF-8 \(byte 0\), expected TOML; save it as UTF-8"):
        read(tmp_path / "a.toml")


TODAY = date(2026, 5, 1)
APPLIED: dict[str, tuple[tuple[Approval, ...], date, Approval | None, list[str]]] = {
    "stands": ((APPROVAL,), TODAY, APPROVAL, []),
    "is over": (
        (APPROVAL,),
        date(2026, 5, 2),
        None,
        [
            (
                "the approval of request-member-required 4c1f0e at POST /orders (all clients send it) ended on 2026-05-01; "
                "the change counts again"
            )
        ],
    ),
    "is for another": (
        (OTHER,),
        TODAY,
        None,
        [
            (
                "the approval of request-member-required other at POST /orders (all clients send it) is for nothing that "
                "changed; take it out of approvals.toml"
            )
        ],
    ),
    "is for another rule": (
        (replace(APPROVAL, rule="x", operations=()),),
        TODAY,
        None,
        ["the approval of x 4c1f0e (all clients send it) is for nothing that changed; take it out of approvals.toml"],
    ),
    "none": ((), TODAY, None, []),
}


@pytest.mark.parametrize(("approvals", "today", "approval", "remarks"), APPLIED.values(), ids=APPLIED)
def test_applied(approvals: tuple[Approval, ...], today: date, approval: Approval | None, remarks: list[str]) -> None:
    changes: tuple[Change, ...] = (change(), added())
    assert ((replace(changes[0], approval=approval), changes[1]), remarks) == apply(changes, approvals, today)


def test_approved() -> None:
    expected = replace(APPROVAL, operations=("POST /orders", "PUT /orders/{order_id}"))
    assert expected == approved(change(), reason="all clients send it", expires=TODAY)
