"""Annotations are one line each whatever the app answered, and the job summary is Markdown that nothing escapes."""

import pytest

from tests.build import finding, location, report, witness
from tests.report.reports import REPORTS
from upheld.model import Finding, Level, Report
from upheld.report import View
from upheld.report.github import render, summary

CASES = {
    "with a line": (
        finding(),
        (
            "::error file=service/books.py,line=41,title=undocumented-status::GET /books/{book_id}: "
            "answered 404; the docs list 200, 422%0Acurl -X GET http://testserver/books/0\n"
        ),
    ),
    "without a line": (
        finding(location=None, request=None),
        "::error title=undocumented-status::GET /books/{book_id}: answered 404; the docs list 200, 422\n",
    ),
    "of the document": (
        finding(operation="", location=None, request=None, message="response 404 added"),
        "::error title=undocumented-status::response 404 added\n",
    ),
    "a warning": (
        finding(level=Level.WARNING, operation="", request=None, message="m"),
        "::warning file=service/books.py,line=41,title=undocumented-status::m\n",
    ),
    "a note": (
        finding(level=Level.NOTE, operation="", request=None, message="m"),
        "::notice file=service/books.py,line=41,title=undocumented-status::m\n",
    ),
    "after others": (
        finding(operation="", message="m", request=witness(after=(witness(), witness())), flaky=True),
        (
            "::error file=service/books.py,line=41,title=undocumented-status::m; not on every run%0A"
            "for _ in $(seq 2); do curl -X GET http://testserver/books/0; done%0Acurl -X GET http://testserver/books/0\n"
        ),
    ),
    "text that reads like a command": (
        finding(operation="", request=None, message="50%\r\n::error::\x1b[0m", location=location(path="a,b:c.py")),
        "::error file=a%2Cb%3Ac.py,line=41,title=undocumented-status::50%25\\r%0A::error::\\x1b[0m\n",
    ),
}


@pytest.mark.parametrize(("found", "expected"), CASES.values(), ids=CASES)
def test_render(found: Finding, expected: str) -> None:
    assert expected == render(report(found), View())


@pytest.mark.parametrize("case", REPORTS.values(), ids=REPORTS)
def test_one_line_each(case: Report) -> None:
    lines = render(case, View()).splitlines()
    assert len(case.findings) == len(lines)
    assert all(line.startswith("::") for line in lines)


def test_summary() -> None:
    text = summary(REPORTS["all levels"], View(held=False))
    assert text.startswith(
        "### The contract of service.app:app is not upheld: 1 error, 1 warning and 1 note.\n\n"
        "2 of 2 operations and 5 of 6 documented responses seen, 5,400 requests in 3.1 s, seed 0.\n\n"
        "| | operation | rule | finding | line |\n|---|---|---|---|---|\n"
        "| error | <code>GET /books/{book&#95;id}</code> | <code>undocumented-status</code> "
        "| answered 404; the docs list 200, 422 | <code>service/books.py:41</code> |\n"
    )
    assert "<pre>curl -X GET http://testserver/books/0</pre>" in text
    assert "Next: <code>upheld explain undocumented-status</code>" in text
    assert "- <code>json-nan</code> FastAPI answers 500 to NaN in a JSON body" in text


def test_summary_of_nothing() -> None:
    text = summary(report(), View())
    assert text.splitlines()[0] == "### The contract of service.app:app is upheld."


def test_nothing_escapes_the_summary() -> None:
    text = summary(REPORTS["nasty"], View(held=False))
    assert "<b>" not in text
    assert "\x1b" not in text
    row = next(line for line in text.splitlines() if line.startswith("| error"))
    assert row.count("|") == 6
    assert "`" not in row
