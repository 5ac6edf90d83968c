"""What a handler of the app's own sends is documented at the app, or at each route where the app takes no more."""

import pytest

from tests.fix.rules.conftest import Mend, missing

APP = """
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse


class App(FastAPI):
    def __init__(self, name: str{more}) -> None:
        super().__init__(title=name{passed})


app = App("Pens")


@app.exception_handler(RequestValidationError)
async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    return JSONResponse({{"message": "Not valid"}}, 422)


@app.get("/pens/{{number}}")
def read(number: int) -> int:
    return number


@app.delete("/pens/{{number}}", status_code=204)
def drop(number: int) -> None: ...
"""

CASES = {
    "at the app": (
        APP.format(more=", **rest: object", passed=", **rest"),
        """
        app = App("Pens", responses={422: {"model": ErrorBody, "description": "Not valid"}})
        """,
    ),
    "at each route": (
        APP.format(more="", passed=""),
        """
        app = App("Pens")
        ...
        @app.get(
            "/pens/{number}", responses={422: {"model": ErrorBody, "description": "Not valid"}}
        )
        ...
        @app.delete(
            "/pens/{number}",
            status_code=204,
            responses={422: {"model": ErrorBody, "description": "Not valid"}},
        )
        """,
    ),
}


@pytest.mark.parametrize(("before", "wanted"), CASES.values(), ids=CASES)
def test_fix(before: str, wanted: str, mend: Mend) -> None:
    report, _, after = mend(before)
    assert {"undocumented-field"} == {finding.rule for finding in report.findings}
    assert not missing(after, wanted), after
    again, mender, _ = mend(after)
    assert () == again.findings
    assert {} == mender.texts(behaviour=False)
