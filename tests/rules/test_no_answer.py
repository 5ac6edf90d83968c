"""The time limit passed: a fault, unless what was begun is documented as a stream."""

import pytest

from tests.build import exchange, location, operation
from upheld.model import MediaType, Response, Sighting
from upheld.rules.no_answer import check

EVENTS = {"text/event-stream": MediaType(schema=None)}
ITEMS = {"application/json": MediaType(schema=None, item_schema={"type": "integer"})}
PLAIN = {"application/json": MediaType(schema=None)}
UNENDED = "200 was begun and its body did not end within the time limit"
CASES: dict[str, tuple[dict[str, MediaType], int, str | None, bool, list[str]]] = {
    "in time": (PLAIN, 200, "application/json", False, []),
    "an event stream": (EVENTS, 200, "text/event-stream", True, []),
    "an event stream with a charset": (EVENTS, 200, "text/event-stream; charset=utf-8", True, []),
    "a stream of described items": (ITEMS, 200, "application/json", True, []),
    "no head": (EVENTS, 0, None, True, ["no answer came within the time limit"]),
    "a body": (PLAIN, 200, "application/json", True, [UNENDED]),
    "a stream that is documented as something else": (PLAIN, 200, "text/event-stream", True, [UNENDED]),
    "a status that is not documented": (EVENTS, 404, "text/event-stream", True, [UNENDED.replace("200", "404")]),
}


@pytest.mark.parametrize(("content", "status", "sent", "timed_out", "messages"), CASES.values(), ids=CASES)
def test_check(
    content: dict[str, MediaType],
    status: int,
    sent: str | None,
    timed_out: bool,
    messages: list[str],
) -> None:
    seen = exchange(
        operation=operation(responses={"200": Response(content=content, headers={})}),
        status=status,
        headers=() if sent is None else (("content-type", sent),),
        complete=False,
        timed_out=timed_out,
    )
    assert messages == [fault.message for fault in check(seen)]


def test_place() -> None:
    (fault,) = check(exchange(status=0, timed_out=True, seen=Sighting(stuck=location())))
    assert (None, location()) == (fault.status, fault.location)
