"""Pairs of documents are compared and timed; how quick that is is nobody's test."""

import pytest

from benchmarks import diffs
from benchmarks.diffs import Timed
from benchmarks.large import document, edited


def timed(name: str, operations: int, seconds: float, *, peak_mb: float = 100.0) -> Timed:
    return Timed(name=name, operations=operations, mb=1.0, changes=9, breaking=4, seconds=seconds, peak_mb=peak_mb)


def test_table() -> None:
    text = diffs.table([timed("the service", 38, 0.3)])
    assert "| the service | 38 | 1.0 | 9 | 4 | 0.30 | 100 |" in text


def test_requirements() -> None:
    held = [timed("the service", 38, 0.4), timed("100 operations", 100, 0.6), timed("1,000 operations", 1000, 6.0)]
    assert [True] * 4 == [each.held for each in diffs.requirements(held)]
    missed = [
        timed("the service", 38, 0.5),
        timed("100 operations", 100, 0.5),
        timed("1,000 operations", 1000, 8.0, peak_mb=601.0),
    ]
    assert [
        "FAIL  the service's document in 0.4 s at most: 0.50 s",
        "FAIL  1,000 operations in 6.0 s at most: 8.00 s",
        "FAIL  1,000 operations in 600 MB at most: 601 MB",
        "FAIL  an operation takes 1.5 times as long at most in the largest document: 1.60",
    ] == [str(each) for each in diffs.requirements(missed)]


def test_edited() -> None:
    made = document(20)
    assert made == edited(made, 0.0)
    changed = edited(made, 1.0)["components"]["schemas"]
    same = [name for name, part in made["components"]["schemas"].items() if part == changed[name]]
    assert ["State"] == same


@pytest.mark.slow
def test_measure() -> None:
    said: list[str] = []
    measured = diffs.measure((10,), 1, said.append)
    assert ["the service", "10 operations"] == [one.name for one in measured]
    assert 2 == len(said)
    assert measured[0].changes > 0
    assert all(one.seconds > 0.05 and one.peak_mb > 1 for one in measured)
    assert diffs.page(measured, 1).startswith("Measured on ")
