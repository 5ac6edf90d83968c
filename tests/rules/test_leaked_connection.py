"""One fault for each line that leaves connections out."""

import pytest

from tests.build import exchange, location
from upheld.model import Location, Sighting
from upheld.rules.leaked_connection import check

CASES: dict[str, tuple[Location, ...]] = {
    "none": (),
    "one line": (location(),),
    "two lines": (location(line=3), location(line=8)),
}


@pytest.mark.parametrize("leaked", CASES.values(), ids=CASES)
def test_check(leaked: tuple[Location, ...]) -> None:
    faults = list(check(exchange(seen=Sighting(leaked=leaked))))
    assert list(leaked) == [fault.location for fault in faults]
    assert {None} >= {fault.status for fault in faults}
