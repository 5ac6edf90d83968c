"""Each difference between the committed contract and the exported one is a fault."""

import pytest

from upheld import rules
from upheld.model import Difference, Fault, Kind
from upheld.rules.stale_contract import RULE, check

CASES = {
    "a change": (
        Difference(kind=Kind.ADDED, operation="GET /a", pointer="#/paths/~1a", message="GET /a is new"),
        Fault("GET /a is new", documented="#/paths/~1a", observed="added"),
    ),
}


@pytest.mark.parametrize(("change", "fault"), CASES.values(), ids=CASES)
def test_check(change: Difference, fault: Fault) -> None:
    assert [fault] == list(check(change))


def test_other_hooks() -> None:
    """Neither it nor the client's looks at requests."""
    for rule in (RULE, rules.load()["stale-client"]):
        assert (None, None) == (rule.exchange, rule.operation)
