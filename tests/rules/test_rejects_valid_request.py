"""A refusal counts where the request keeps the docs and the reason is the author's."""

import pytest

from tests.build import exchange, handler, location, operation, response
from upheld.model import Json, Operation, Raised, Refusal, Response, Sighting, Violation
from upheld.rules.rejects_valid_request import check

VALIDATOR = location(line=7, code='raise ValueError("too long")')
AUTHORS = Refusal(where=("body", "name"), kind="value_error", message="too long", location=VALIDATOR)
PLACELESS = Refusal(where=("query", "q"), kind="value_error", message="odd")
BARE = Refusal(where=("path", "id"), kind="int_parsing_size", message="too many digits", bare=True)
BROKEN = (Violation(where=("query", "q"), keyword="type", message=""),)
FASTAPIS = response({"$ref": "#/components/schemas/HTTPValidationError"})
OWN = response({"$ref": "#/components/schemas/Problem"})

REFUSED: dict[str, tuple[tuple[Refusal, ...], int, tuple[Violation, ...] | None, list[str]]] = {
    "by the bare type": ((BARE,), 422, (), []),
    "what breaks the docs": ((AUTHORS,), 422, BROKEN, []),
    "undecided": ((AUTHORS,), 422, None, []),
    "and yet accepted": ((AUTHORS,), 200, (), []),
    "and then crashed": ((AUTHORS,), 500, (), []),
    "by the author's validator": ((AUTHORS,), 422, (), ["refused a request that the docs allow: body.name too long"]),
    "with a status of its own": ((AUTHORS,), 400, (), ["refused a request that the docs allow: body.name too long"]),
    "beside a bare refusal": ((BARE, PLACELESS), 422, (), ["refused a request that the docs allow: query.q odd"]),
}


@pytest.mark.parametrize(("refusals", "status", "violations", "messages"), REFUSED.values(), ids=REFUSED)
def test_refusals(
    refusals: tuple[Refusal, ...], status: int, violations: tuple[Violation, ...] | None, messages: list[str]
) -> None:
    seen = exchange(status=status, violations=violations, seen=Sighting(refusals=refusals))
    assert messages == [fault.message for fault in check(seen)]


PLACES = {
    "the validator": (AUTHORS, location(line=2), location(line=3), VALIDATOR),
    "the line that raised": (PLACELESS, location(line=2), location(line=3), location(line=2)),
    "the handler": (PLACELESS, None, location(line=3), location(line=3)),
}


@pytest.mark.parametrize(("refusal", "raised", "served", "expected"), PLACES.values(), ids=PLACES)
def test_place(refusal: Refusal, raised: Json, served: Json, expected: Json) -> None:
    seen = Sighting(refusals=(refusal,), raised=Raised(kind="RequestValidationError", message="", location=raised))
    told = operation(handler=handler(location=served))
    (fault,) = check(exchange(operation=told, status=422, seen=seen))
    assert expected == fault.location


BY_STATUS: dict[str, tuple[dict[str, Response], int, list[str]]] = {
    "422 means what FastAPI says": ({"422": FASTAPIS}, 422, ["answered 422 to a request that the docs allow"]),
    "422 means what the author says": ({"422": OWN}, 422, []),
    "422 is documented without content": ({"422": response()}, 422, []),
    "422 is not documented": ({"200": FASTAPIS}, 422, []),
    "another status": ({"422": FASTAPIS}, 409, []),
}


@pytest.mark.parametrize(("responses", "status", "messages"), BY_STATUS.values(), ids=BY_STATUS)
def test_by_status(responses: dict[str, Response], status: int, messages: list[str]) -> None:
    """An author's own 422 is a refusal where the docs say that 422 stands for a broken request."""
    told: Operation = operation(responses=responses)
    assert messages == [fault.message for fault in check(exchange(operation=told, status=status))]
