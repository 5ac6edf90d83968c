"""One fault for each line that blocked; a file is a note."""

import pytest

from tests.build import exchange, location, operation
from upheld.model import Blocking, Claim, ClaimKind, Level, Reading, Sighting
from upheld.rules.blocking_call import check, check_read

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


READ: dict[str, tuple[ClaimKind, bool, list[int], bool, int]] = {
    "none got through": (ClaimKind.BLOCKS, True, [401, 503], False, 1),
    "others got through": (ClaimKind.BLOCKS, True, [401, 200], False, 0),
    "it was seen": (ClaimKind.BLOCKS, True, [503], True, 0),
    "the way to it may be dead": (ClaimKind.BLOCKS, False, [401], False, 0),
    "another claim": (ClaimKind.STATUS, True, [401], False, 0),
}


@pytest.mark.parametrize(("kind", "certain", "statuses", "shown", "count"), READ.values(), ids=READ)
def test_read(kind: ClaimKind, certain: bool, statuses: list[int], shown: bool, count: int) -> None:
    claim = Claim(kind=kind, location=location(), what="time.sleep", certain=certain)
    seen = Sighting(blocking=(Blocking(call="time.sleep", location=location()),) if shown else ())
    exchanges = [exchange(status=status, seen=seen) for status in statuses]
    found = list(check_read(operation("200"), Reading(claims=(claim,)), exchanges))
    assert [
        ("time.sleep blocks the event loop, and with it every other request", Level.WARNING, location())
    ] * count == [(fault.message, fault.level, fault.location) for fault in found]
