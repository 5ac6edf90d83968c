"""One finding at the gate's level or above it fails a check."""

import pytest

from tests.build import finding, report
from upheld.gate import decide
from upheld.model import Level

CASES = {
    "nothing found": ([], Level.NOTE, 0),
    "below the gate": ([Level.WARNING, Level.NOTE], Level.ERROR, 0),
    "at the gate": ([Level.WARNING], Level.WARNING, 1),
    "above the gate": ([Level.ERROR], Level.WARNING, 1),
    "one of several": ([Level.NOTE, Level.ERROR, Level.WARNING], Level.ERROR, 1),
    "the lowest gate": ([Level.NOTE], Level.NOTE, 1),
}


@pytest.mark.parametrize(("levels", "fail_on", "code"), CASES.values(), ids=CASES)
def test_decide(levels: list[Level], fail_on: Level, code: int) -> None:
    assert code == decide(report(*(finding(level=level) for level in levels)), fail_on)
