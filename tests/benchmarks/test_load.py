"""The bookshop and the smallest app are loaded and watched; how quick they are is nobody's test."""

import pytest

from benchmarks import load
from benchmarks.asking import Asked
from benchmarks.load import BOOKSHOP, SLICES, SMALLEST, Loaded


def loaded(*, seconds: float = 1.0, errors: int = 0, end_mb: float = 105.0) -> Loaded:
    """Return what an app would have done that answered a hundred times, in 1 to 100 ms."""
    latencies_s = [number / 1000 for number in range(1, 101)]
    asked = Asked(latencies_s=latencies_s, errors=errors, seconds=seconds)
    return Loaded(start_mb=80.0, asked=asked, memory_mb=[[90.0, 100.0], [101.0, end_mb]])


def test_table() -> None:
    text = load.table({BOOKSHOP: loaded(seconds=2.0), SMALLEST: loaded()})
    assert "| the bookshop | 50 | 50.0 | 99.0 | 0 | 80.0 | 100.0 | 105.0 |" in text
    assert "| the smallest app | 100 | 50.0 | 99.0 | 0 | 80.0 | 100.0 | 105.0 |" in text


def test_requirements() -> None:
    held = {BOOKSHOP: loaded(seconds=1.6), SMALLEST: loaded()}
    assert [True] * 3 == [each.held for each in load.requirements(held)]
    missed = {BOOKSHOP: loaded(seconds=2.0, end_mb=111.0), SMALLEST: loaded(errors=1)}
    assert [
        "FAIL  at least 60% of the smallest app's rate: 50.0%",
        "FAIL  no answer is wrong: 1",
        "FAIL  memory grows by 10% at most after the first slice: 11.0%",
    ] == [str(each) for each in load.requirements(missed)]


@pytest.mark.slow
def test_measure() -> None:
    said: list[str] = []
    measured = load.measure(1, said.append)
    assert {BOOKSHOP, SMALLEST} == set(measured)
    assert 2 * SLICES == len(said)
    for one in measured.values():
        assert 0 == one.asked.errors
        assert len(one.asked.latencies_s) > SLICES
        assert SLICES == len(one.memory_mb)
        assert all(samples and min(samples) > 1 for samples in one.memory_mb)
    assert load.page(measured, 1).startswith("Measured on ")
