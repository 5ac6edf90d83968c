"""What goes round in the app's own code is evaluated whole, and values are found that it takes."""

import sys
from pathlib import Path

import pytest

from tests.live import loaded
from upheld import source
from upheld.model import Exactly
from upheld.source.code import Code
from upheld.source.computing import Whole, Wholes
from upheld.source.operations import UnsureError

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


def whole_of(code: str, folder: Path) -> Whole | None:
    """Return the function `g` of an app, where it is evaluated whole."""
    with loaded(code, folder) as application:
        module = sys.modules[str(application.contract.app).partition(":")[0]]
        return Wholes(Code(folder)).whole(module.g)


BUSY = "CALLS: list[str] = []\nSEEN: dict[str, int] = {}\nclass Box:\n    size = 1\nbox = Box()\n"
FOLLOWED = {
    "a call of something else": "for letter in x: print(letter)",
    "a store": "for letter in x: CALLS.append(letter)",
    "a table": "for letter in x: SEEN[letter] = 1",
    "an attribute": "for letter in x: box.size = 2",
    "a function that does more": "return sum(map(told, x))",
    "a method of anything": "for letter in x: box.run()",
    "a sum of a range": "for letter in x: n += sum(range(n))",
    "a power": "for letter in x: n = n**n",
    "a text many times over": "for letter in x: x = x + 'a' * n",
    "a wide text": "for letter in x: x = x.zfill(n)",
    "a generator": "for letter in x: yield letter",
}


@pytest.mark.parametrize("body", FOLLOWED.values(), ids=FOLLOWED)
def test_what_is_not_evaluated(body: str, tmp_path: Path) -> None:
    code = f"{PRELUDE}{BUSY}def told(letter):\n    CALLS.append(letter)\n    return 1\ndef g(x, n):\n    {body}\n    return n\n"
    assert whole_of(code, tmp_path) is None


STOPPED = {
    "a loop over a range": "for i in range(n): n += 1",
    "a sum over a range": "n = sum(i % 7 for i in range(n))",
    "a list of a range": "n = sum([i % 7 for i in range(n)])",
    "pairs": "for i, j in zip(range(n), range(n)): n += j",
    "while": "while n: n += 1",
}


@pytest.mark.parametrize("body", STOPPED.values(), ids=STOPPED)
def test_what_takes_too_long_is_stopped(body: str, tmp_path: Path) -> None:
    code = f"{PRELUDE}def g(n):\n    for _ in (1,): pass\n    {body}\n    return n\n"
    whole = whole_of(code, tmp_path)
    assert whole is not None
    with pytest.raises(UnsureError):
        whole(10**12)


def test_what_is_handed_over_stays_as_it_was(tmp_path: Path) -> None:
    code = f"{PRELUDE}def g(items):\n    while items: items.pop()\n    return len(items)\n"
    whole = whole_of(code, tmp_path)
    assert whole is not None
    given = [1, 2]
    assert (0, [1, 2]) == (whole(given), given)


def test_what_raises_an_answer_is_followed(tmp_path: Path) -> None:
    with loaded(PRELUDE.replace("CONDITION", "refusing(text)"), tmp_path) as application:
        ((_, reading),) = source.read(application, application.contract.operations)
    assert {409, 418} <= {claim.status for claim in reading.claims}
