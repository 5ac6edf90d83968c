"""A name that changed the answer is a warning; one that was only read is none."""

import pytest

from tests.build import exchange, location, operation, parameter
from upheld.model import Read, Sighting
from upheld.rules.undocumented_parameter import check

READ = Read(where="query", name="debug", location=location())
HEADER = Read(where="header", name="x-debug", location=location())
CASES: dict[str, tuple[Sighting, list[tuple[str, str]]]] = {
    "nothing": (Sighting(), []),
    "only read": (Sighting(reads=(READ,)), []),
    "a query parameter": (
        Sighting(reads=(READ,), swayed=READ),
        [("the query parameter 'debug' changes the answer; the docs do not mention it", "page, size")],
    ),
    "a header": (
        Sighting(swayed=HEADER),
        [("the header 'x-debug' changes the answer; the docs do not mention it", "")],
    ),
}


@pytest.mark.parametrize(("seen", "said"), CASES.values(), ids=CASES)
def test_check(seen: Sighting, said: list[tuple[str, str]]) -> None:
    asked = operation(parameters=(parameter("size", {}), parameter("page", {})))
    faults = list(check(exchange(operation=asked, seen=seen)))
    assert said == [(fault.message, fault.documented) for fault in faults]
    assert {(None, location(), True)} >= {(fault.status, fault.location, fault.compared) for fault in faults}
