"""Formats are found by their files; what every format says is worded once."""

import pytest

from tests.build import finding, report
from tests.report.reports import NASTY
from upheld.model import Level
from upheld.report import View, advice, coverage, formats, render, verdict
from upheld.wording import counted, printable


def test_formats() -> None:
    assert formats() == ("github", "json", "text")
    for name in formats():
        assert "undocumented-status" in render(name, report(finding()), View())


PRINTABLE = {
    "plain": ("Motörhead ✓ 書", "Motörhead ✓ 書"),
    "newline and tab": ("a\r\n\tb", r"a\r\n\tb"),
    "terminal": ("\x1b[2J\x9b1m", r"\x1b[2J\x9b1m"),
    "direction": ("\u202egnp.exe", r"\u202egnp.exe"),
    "half a surrogate": ("\ud800", r"\ud800"),
    "line separator": ("a\u2028b", r"a\u2028b"),
}


@pytest.mark.parametrize(("text", "expected"), PRINTABLE.values(), ids=PRINTABLE)
def test_printable(text: str, expected: str) -> None:
    assert expected == printable(text)


def test_printable_is_printable() -> None:
    assert printable(NASTY).isprintable()


@pytest.mark.parametrize(("number", "expected"), [(0, "0 errors"), (1, "1 error"), (5400, "5,400 errors")])
def test_counted(number: int, expected: str) -> None:
    assert expected == counted(number, "error")


VERDICTS = {
    "none": ((), True, "The contract of service.app:app is upheld."),
    "one": ((Level.ERROR,), False, "The contract of service.app:app is not upheld: 1 error."),
    "below the gate": ((Level.NOTE,), True, "The contract of service.app:app is upheld: 1 note."),
    "the heaviest first": (
        (Level.NOTE, Level.ERROR, Level.WARNING, Level.ERROR),
        False,
        "The contract of service.app:app is not upheld: 2 errors, 1 warning and 1 note.",
    ),
}


@pytest.mark.parametrize(("levels", "held", "expected"), VERDICTS.values(), ids=VERDICTS)
def test_verdict(levels: tuple[Level, ...], expected: str, *, held: bool) -> None:
    assert expected == verdict(report(*(finding(level=level) for level in levels)), View(held=held))


def test_no_requests_no_coverage() -> None:
    assert coverage(report(requests=0)) == ""


ADVICE = {
    "a rule": ("server-error", "upheld explain server-error"),
    "a rule with a fix": ("undocumented-status", "upheld explain undocumented-status, or upheld fix"),
    "a stale contract": ("stale-contract", "upheld export"),
    "a stale client": ("stale-client", "upheld client"),
}


@pytest.mark.parametrize(("rule", "expected"), ADVICE.values(), ids=ADVICE)
def test_advice(rule: str, expected: str) -> None:
    view = View(fixable=frozenset({"undocumented-status", "stale-client"}))
    assert expected == advice(report(finding(rule=rule)), view)
    assert advice(report(), view) == ""
