"""One fault for each line that blocked; a file is a note."""

import pytest

from tests.build import exchange, location
from upheld.model import Blocking, Level, Sighting
from upheld.rules.blocking_call import check

CASES = {
    "nothing": ([], []),
    "a sleep": (["time.sleep"], [("time.sleep blocks the event loop, and with it every other request", None)]),
    "a file": (["open"], [("open blocks the event loop, and with it every other request", Level.NOTE)]),
    "two lines": (
        ["subprocess", "open"],
        [
            ("subprocess blocks the event loop, and with it every other request", None),
            ("open blocks the event loop, and with it every other request", Level.NOTE),
        ],
    ),
}


@pytest.mark.parametrize(("calls", "said"), CASES.values(), ids=CASES)
def test_check(calls: list[str], said: list[tuple[str, Level | None]]) -> None:
    blocking = tuple(Blocking(call=call, location=location(line=line)) for line, call in enumerate(calls, 1))
    faults = list(check(exchange(seen=Sighting(blocking=blocking))))
    assert said == [(fault.message, fault.level) for fault in faults]
    assert [None] * len(calls) == [fault.status for fault in faults]
    assert [item.location for item in blocking] == [fault.location for fault in faults]
