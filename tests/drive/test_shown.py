"""Each documented example of a request is sent in the place of what was drawn for it."""

import pytest

from tests.build import body, operation, parameter, request
from upheld.drive.shown import shown
from upheld.model import Example

JSON = "application/json"
PET = operation(
    method="POST",
    path="/pets/{kind}",
    parameters=(
        parameter("kind", {}, "path"),
        parameter("n", {}),
        parameter("X-N", {}, "header"),
        parameter("c", {}, "cookie"),
    ),
    body=body({"type": "object"}),
)
VALID = request("POST", "/pets/cat?n=1", headers=(("content-type", JSON), ("x-n", "1")), body=b'{"name": "Rex"}')
CASES: dict[str, tuple[Example, str | None]] = {
    "a body": (Example(where=("body",), value={"a": 1}, schema=True, media_type=JSON), '/pets/cat?n=1 1 {"a": 1} None'),
    "a member": (
        Example(where=("body", "name"), value="Max", schema=True, media_type=JSON),
        '/pets/cat?n=1 1 {"name": "Max"} None',
    ),
    "a body of another media type": (Example(where=("body",), value="a", schema=True, media_type="text/csv"), None),
    "a query value": (Example(where=("query", "n"), value=5, schema=True), '/pets/cat?n=5 1 {"name": "Rex"} None'),
    "a text": (Example(where=("path", "kind"), value="dog", schema=True), '/pets/dog?n=1 1 {"name": "Rex"} None'),
    "a header": (Example(where=("header", "X-N"), value="9", schema=True), '/pets/cat?n=1 9 {"name": "Rex"} None'),
    "a cookie": (Example(where=("cookie", "c"), value=True, schema=True), '/pets/cat?n=1 1 {"name": "Rex"} c=true'),
    "a list, in one style or another": (Example(where=("query", "n"), value=[1], schema=True), None),
    "an answer": (Example(where=("200",), value={}, schema=True, media_type=JSON), None),
}


@pytest.mark.parametrize(("example", "sent"), CASES.values(), ids=CASES)
def test_shown(example: Example, sent: str | None) -> None:
    told = operation(method=PET.method, path=PET.path, parameters=PET.parameters, body=PET.body, examples=(example,))
    found = [
        f"{one.target} {one.header('x-n')} {(one.body or b'').decode()} {one.header('cookie')}"
        for one in shown(VALID, told)
    ]
    assert ([] if sent is None else [sent]) == found


def test_a_path_that_does_not_fit() -> None:
    told = operation(examples=(Example(where=("path", "book_id"), value=1, schema=True),))
    assert [] == list(shown(request(target="/elsewhere"), told))
