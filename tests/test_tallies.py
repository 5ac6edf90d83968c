"""What was documented and not seen is told in the document's order; a range is seen by any of its statuses."""

import pytest

from tests.build import contract, exchange, operation
from upheld.model import Unseen
from upheld.tallies import Tallies

CASES: dict[str, tuple[str, list[int], tuple[str, ...]]] = {
    "nothing was asked": ("200 404 422", [], ("200", "404", "422")),
    "no head came": ("200", [0], ("200",)),
    "some": ("200 404 422", [404, 200, 404], ("422",)),
    "a range": ("200 4XX 404", [418], ("200", "404")),
    "the exact key, not its range": ("4XX 404", [404], ("4XX",)),
    "anything else": ("200 default", [418], ("200",)),
    "undocumented": ("200", [418], ("200",)),
    "all": ("200 404", [200, 404], ()),
}


@pytest.mark.parametrize(("told", "statuses", "left"), CASES.values(), ids=CASES)
def test_unseen(told: str, statuses: list[int], left: tuple[str, ...]) -> None:
    asked, never = operation(told), operation("204", path="/never")
    tallies = Tallies(contract(never, asked))
    for status in statuses:
        tallies.add(exchange(operation=asked, status=status))
    expected = [Unseen(operation="GET /never", responses=("204",))]
    if left:
        expected.append(Unseen(operation=asked.label, responses=left))
    assert tuple(expected) == tallies.unseen()
