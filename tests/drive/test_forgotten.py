"""Headers that are documented as required and that nothing is drawn for."""

import pytest

from tests.build import operation, parameter, request
from upheld.drive.forgotten import FORGOTTEN, completed
from upheld.model import Json
from upheld.schema import Judge

JUDGE = Judge({"openapi": "3.1.0"})
TEXT: dict[str, Json] = {"type": "string", "minLength": 1, "maxLength": 9}


@pytest.mark.parametrize("name", sorted(FORGOTTEN))
def test_what_is_required_is_added(name: str) -> None:
    told = operation(parameters=(parameter(name.title(), TEXT, "header", required=True),))
    made = completed(request(), told, JUDGE)
    value = made.header(name)
    assert value is not None
    assert JUDGE.valid(TEXT, value)
    assert made == completed(request(), told, JUDGE)


LEFT = {
    "optional": parameter("accept", TEXT, "header"),
    "in a query": parameter("accept", TEXT, "query", required=True),
    "another header": parameter("x-mode", TEXT, "header", required=True),
    "what no header can carry": parameter("accept", {"const": "\u0130"}, "header", required=True),
}


@pytest.mark.parametrize("member", LEFT.values(), ids=LEFT)
def test_others_are_left(member: object) -> None:
    assert request() == completed(request(), operation(parameters=(member,)), JUDGE)


def test_what_is_there_stays() -> None:
    told = operation(parameters=(parameter("accept", TEXT, "header", required=True),))
    sent = request(headers=(("accept", "text/css"),))
    assert sent == completed(sent, told, JUDGE)
