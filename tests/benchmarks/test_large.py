"""A large document is valid, the same for the same seed, and of the size that is asked for."""

import json

import pytest

from benchmarks.large import document
from upheld.contract import parse, validate

SIZES = (1, 30, 200)


@pytest.mark.parametrize("size", SIZES)
def test_valid_and_of_that_size(size: int) -> None:
    made = document(size)
    validate(made, "large")
    assert size == len(parse(made, app="large").operations)
    assert 3 * size + 4 == len(made["components"]["schemas"])


def test_the_same_for_the_same_seed() -> None:
    assert json.dumps(document(30, seed=7)) == json.dumps(document(30, seed=7))
    assert json.dumps(document(30, seed=7)) != json.dumps(document(30, seed=8))


def test_a_thousand_operations_are_twelve_megabytes() -> None:
    assert 12 <= len(json.dumps(document(1000), indent=2)) / 1e6 <= 14
