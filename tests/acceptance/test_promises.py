"""Each of FastAPI's promises is broken in a copy of the service by one edit: the rule that upholds it says so, and where.

`docs/promises.md` shows the lines that keep each promise and names these rules; it is held against both here.
"""

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.acceptance.copies import Copy
from tests.test_workflow import clone

PAGE = Path("docs", "promises.md")
CHECK = ("check", "--format", "json", "--budget", "20")
EXPORT = ("export", "--check", "--format", "json")


class Broken(NamedTuple):
    """One edit, and what is found."""

    file: str
    old: str
    new: str
    rule: str
    operation: str
    command: tuple[str, ...] = CHECK


# By the heading of the promise's section.
CASES = {
    "Fast I/O, strict types": Broken(  # a bound that the document still has
        "service/paging.py",
        "Query(ge=1, le=MAX_LIMIT, ",
        'Query(json_schema_extra={"minimum": 1, "maximum": MAX_LIMIT}, ',
        "accepts-invalid-request",
        "GET /jobs",
    ),
    "`async def` never waits on the loop": Broken(  # as a payment provider's client would that knows no asyncio
        "service/orders/service.py",
        "    order = await read(session, account, order_id)\n    if not await store.leave_pending(",
        "    import time\n\n    order = await read(session, account, order_id)\n"
        "    time.sleep(0.02)\n    if not await store.leave_pending(",
        "blocking-call",
        "POST /orders/{order_id}/pay",
    ),
    "A fresh session for every request": Broken(  # a session that nobody closes
        "service/dependencies.py",
        "    async with _parts(request).sessions() as fresh:\n        yield fresh\n",
        "    yield _parts(request).sessions()\n",
        "leaked-connection",
        "GET /books",
    ),
    "Input validated, errors clear": Broken(  # another body of errors than the documented one
        "service/problem.py",
        "problem.model_dump_json()",
        'problem.model_dump_json(include={"detail"})',
        "response-schema-mismatch",
        "GET /books/{book_id}",
    ),
    "Docs that never go stale": Broken(  # another 422 is documented, and the contract not exported
        "service/catalogue/router.py",
        "responses=problem.responses(422)",
        "responses={}",
        "stale-contract",
        "GET /books",
        EXPORT,
    ),
    "Slow work after the answer, not lost": Broken(  # mailed by a background task that nothing records
        "service/orders/service.py",
        '    await jobs.later(Kind.CONFIRM_ORDER, {"order_id": order.id})\n',
        '    import smtplib\n\n    jobs._after.add_task(smtplib.SMTP, "127.0.0.1", 1)\n',
        "background-task-error",
        "POST /orders/{order_id}/pay",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("broken", CASES.values(), ids=[case.rule for case in CASES.values()])
def test_a_broken_promise_is_found(broken: Broken, root: Path, tmp_path: Path) -> None:
    copy = Copy(clone(root, tmp_path / "clone"))
    file = copy.folder / broken.file
    text = file.read_text(encoding="utf-8")
    assert broken.old in text
    file.write_text(text.replace(broken.old, broken.new, 1), encoding="utf-8")
    done = copy.run("upheld", *broken.command)
    assert 1 == done.code, done.err
    found = {(finding["rule"], finding["operation"]) for finding in json.loads(done.out)["findings"]}
    assert (broken.rule, broken.operation) in found


def sections(root: Path) -> dict[str, str]:
    """Return the text of each promise by its heading."""
    parts = re.split(r"^## (.*)\n", (root / PAGE).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    told = dict(zip(parts[::2], parts[1::2], strict=True))
    del told["Figures"]
    return told


def test_the_page_names_these_rules(root: Path) -> None:
    named = {promise: re.findall(r"\]\(rules\.md#([a-z-]+)\)", text) for promise, text in sections(root).items()}
    assert {promise: [case.rule] for promise, case in CASES.items()} == named


def test_the_page_shows_lines_that_stand_in_the_service(root: Path) -> None:
    for text in sections(root).values():
        shown = re.split(r"^\[`(service/[a-z_/]+\.py)`\]", text, flags=re.MULTILINE)[1:]
        excerpts = [
            (file, lines)
            for file, after in zip(shown[::2], shown[1::2], strict=True)
            for lines in re.findall(r"^```python\n(.*?)^```$", after, re.DOTALL | re.MULTILINE)
        ]
        assert excerpts
        assert text.count("```python\n") == len(excerpts)
        for file, lines in excerpts:
            assert lines in (root / file).read_text(encoding="utf-8"), file
