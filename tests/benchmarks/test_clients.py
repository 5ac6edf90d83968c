"""What is required of the service's client, and what was measured of it, stand beside each other."""

import pytest

from benchmarks.clients import Measured, requirements

GOOD = Measured(generated_s=4.9, imported_s=0.39, mypy=0, pyright=0)
CASES = {
    "all held": (GOOD, [True, True, True, True]),
    "slow to generate": (Measured(generated_s=5.1, imported_s=0.39, mypy=0, pyright=0), [False, True, True, True]),
    "slow to import": (Measured(generated_s=4.9, imported_s=0.41, mypy=0, pyright=0), [True, False, True, True]),
    "wrong types": (Measured(generated_s=4.9, imported_s=0.39, mypy=2, pyright=1), [True, True, False, False]),
}


@pytest.mark.parametrize(("measured", "held"), CASES.values(), ids=CASES)
def test_requirements(measured: Measured, held: list[bool]) -> None:
    assert held == [one.held for one in requirements(measured)]


def test_told() -> None:
    assert "PASS  imported in 0.4 s at most: 0.39 s" == f"{list(requirements(GOOD))[1]}"
