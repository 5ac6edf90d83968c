"""A 5xx that says what the matter is, and is answered on purpose, is documented; nothing else is."""

from tests.fix.rules.conftest import Mend, missing

BEFORE = """
from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/stock")
def stock(supplier: str = "") -> int:
    if supplier == "away":
        raise HTTPException(503, "The supplier does not answer")
    return 1


@app.get("/share")
def share(parts: int = 1) -> float:
    return 100 / parts


@app.get("/total")
def total(parts: int = 1) -> float:
    if parts == 77:
        raise HTTPException(500, "Too many")
    return 1
"""

WANTED = """
@app.get(
    "/stock",
    responses={503: {"model": Detail, "description": "The supplier does not answer"}},
)
"""


def test_fix(mend: Mend) -> None:
    report, mender, after = mend(BEFORE, rule="server-error")
    assert ["GET /share", "GET /stock", "GET /total"] == sorted(finding.operation for finding in report.findings)
    assert ["GET /stock"] == [finding.operation for finding, _ in mender.patches]
    assert not missing(after, WANTED), after
    again, mender, _ = mend(after)
    assert {"GET /share", "GET /total"} == {finding.operation for finding in again.findings}
    assert {} == mender.texts(behaviour=False)
