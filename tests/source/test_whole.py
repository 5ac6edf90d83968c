"""What goes round in the app's own code is evaluated whole, and values are found that it takes."""

from pathlib import Path

import pytest

from tests.live import loaded
from upheld import source
from upheld.model import Exactly

PRELUDE = """
from typing import Annotated
from fastapi import *
from pydantic import *
app = FastAPI()
WEIGHTS = (3, 1, 3, 1, 3, 1, 3)
def luhn(number: int) -> bool:
    total = 0
    for place, digit in enumerate(reversed(str(number))):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
def weighed(code: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(code, WEIGHTS)) % 11
def halvings(number: int) -> int:
    count = 0
    while number > 1:
        number //= 2
        count += 1
    return count
def endless(number: int) -> bool:
    while True:
        number += 1
def letters(text: str) -> int:
    seen = {}
    for letter in text:
        seen[letter] = seen.get(letter, 0) + 1
    return max(seen.values(), default=0)
def refusing(text: str) -> bool:
    for letter in text:
        if letter == "z":
            raise HTTPException(418)
    return True
def boom(): raise HTTPException(409)
@app.get("/")
def f(number: Annotated[int, Query(ge=10_000_000, le=99_999_999)], code: Annotated[str, Query(pattern="^[0-9]{7}$")] = "0000000", text: str = ""):
    if CONDITION: boom()
    return 1
"""

MET = {
    "a check digit of a known series": ("luhn(number) and number // 10_000 == 4071", "number // 10_000 == 4071"),
    "a check digit": ("luhn(number)", "10**7 <= number < 10**8"),
    "a wrong check digit": ("not luhn(number)", "10**7 <= number < 10**8"),
    "a weighed sum": ("weighed(code) == 4", "len(code) == 7"),
    "a weighed sum of a prefix": ("code.startswith('978') and weighed(code) == 0", "len(code) == 7"),
    "a loop with a condition": ("halvings(number) == 24", "10**7 <= number < 10**8"),
    "what a table counts": ("letters(text) > 2", "text"),
}


def asked(condition: str, folder: Path) -> list[dict[str, object]]:
    """Return what an assignment says of each query parameter."""
    with loaded(PRELUDE.replace("CONDITION", condition), folder) as application:
        ((_, reading),) = source.read(application, application.contract.operations)
    claim = next((claim for claim in reading.claims if claim.status in (409, 418)), None)
    assert claim is not None
    return [
        {str(where[1]): want.value for where, want in assignment.items() if isinstance(want, Exactly)}
        for assignment in reading.assignments
    ]


@pytest.mark.parametrize(("condition", "documented"), MET.values(), ids=MET)
def test_met(condition: str, documented: str, tmp_path: Path) -> None:
    scope: dict[str, object] = {}
    exec(PRELUDE.partition("def boom")[0], scope)  # noqa: S102 - written above
    defaults: dict[str, object] = {"number": 10_000_000, "code": "0000000", "text": ""}
    made = [defaults | one for one in asked(condition, tmp_path)]
    assert any(eval(f"({condition}) and ({documented})", scope, one) for one in made)  # noqa: S307 - likewise


def test_what_never_ends_is_left(tmp_path: Path) -> None:
    assert asked("endless(number)", tmp_path) is not None


def test_what_raises_an_answer_is_followed(tmp_path: Path) -> None:
    with loaded(PRELUDE.replace("CONDITION", "refusing(text)"), tmp_path) as application:
        ((_, reading),) = source.read(application, application.contract.operations)
    assert {409, 418} <= {claim.status for claim in reading.claims}
