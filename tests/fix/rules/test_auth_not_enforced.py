"""Who may see what is no fixer's decision: it is told where requests come through."""

from tests.fix.rules.conftest import Mend

SOURCE = """
from fastapi import Depends, FastAPI
from fastapi.security import APIKeyHeader, HTTPBearer

bearer = HTTPBearer(
    auto_error=False,
)
key = APIKeyHeader(name="X-Key", auto_error=False, scheme_name="Key")
app = FastAPI()


@app.get("/a")
def a(token=Depends(bearer)) -> str:
    return "a"


@app.get("/b")
def b(token=Depends(bearer), known=Depends(key)) -> str:
    return "b"


@app.get("/c", openapi_extra={"security": [{"OAuth": []}]})
def c() -> str:
    return "c"
"""


def test_fix(mend: Mend) -> None:
    report, mender, _ = mend(SOURCE, rule="auth-not-enforced")
    name = next(finding.location.path for finding in report.findings if finding.location is not None)
    rest = ", or let the route no longer depend on it, if everybody may call it"
    first = "with 401 before anything else is done"
    told = {finding.operation: finding.fix.summary for finding in report.findings if finding.fix is not None}
    assert {
        "GET /a": f"refuse requests without HTTPBearer {first} (auto_error=False at {name}:4 lets them through){rest}",
        "GET /b": f"refuse requests without HTTPBearer or Key {first} (auto_error=False at {name}:4, {name}:7 lets them "
        f"through){rest}",
        "GET /c": f"refuse requests without OAuth {first}{rest}",
    } == told
    assert {} == mender.texts(behaviour=True)
