"""What is told to Python's audit hooks reaches those that listen, in their order, and nobody afterwards."""

import sys
from typing import Any

import pytest

from upheld.drive.audit import listening

EVENT = "upheld.test"


def test_listeners_hear_in_their_order() -> None:
    heard: list[tuple[str, Any]] = []
    with listening({EVENT: lambda _, arguments: heard.append(("outer", *arguments))}):
        sys.audit(EVENT, 1)
        with listening({EVENT: lambda _, arguments: heard.append(("inner", *arguments))}):
            sys.audit(EVENT, 2)
        sys.audit(EVENT, 3)
        sys.audit("upheld.other", 4)
    sys.audit(EVENT, 5)
    assert [("outer", 1), ("outer", 2), ("inner", 2), ("outer", 3)] == heard


def test_what_a_listener_raises_the_call_raises() -> None:
    def refuse(event: str, _: tuple[Any, ...]) -> None:
        raise PermissionError(event)

    with listening({EVENT: refuse}), pytest.raises(PermissionError, match=EVENT):
        sys.audit(EVENT)
    sys.audit(EVENT)


def test_is_undone_after_an_exception() -> None:
    heard: list[str] = []
    with pytest.raises(KeyboardInterrupt), listening({EVENT: lambda event, _: heard.append(event)}):
        raise KeyboardInterrupt
    sys.audit(EVENT)
    assert [] == heard
