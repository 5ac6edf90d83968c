"""Every rule's own example is true: what stands below Bad is flagged by it, what stands below Good by no rule."""

import re
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent, indent

import pytest

from tests.live import Live, faults, live, operation_faults
from upheld import rules
from upheld.model import Exchange, Fault
from upheld.settings import Settings

GIVEN = """
class Pet(BaseModel):
    name: str
class User(BaseModel):
    name: str
class Problem(BaseModel):
    detail: str
PET = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
queue = asyncio.Queue()
"""
"""What the examples take for granted."""

ASKED: dict[str, Callable[[Live], Exchange]] = {
    "accepts-invalid-request": lambda app: app.ask("POST /pets", json={"nmae": "Rex"}),
    "auth-not-enforced": lambda app: app.ask("GET /me"),
    "background-task-error": lambda app: app.ask("POST /orders"),
    "blocking-call": lambda app: app.ask("GET /report"),
    "leaked-connection": lambda app: [app.ask("GET /pets") for _ in range(2)][-1],
    "invalid-example": lambda app: app.ask("POST /pets", json={"name": "Rex"}),
    "no-answer": lambda app: app.ask("GET /report"),
    "phantom-operation": lambda app: app.ask("GET /pets"),
    "phantom-status": lambda app: app.ask("GET /pets/{id}", "/pets/1"),
    "rejects-valid-request": lambda app: app.ask("POST /pets", json={"name": "a much longer name"}),
    "response-header-mismatch": lambda app: app.ask("GET /pets"),
    "response-schema-mismatch": lambda app: app.ask("GET /pets/{id}", "/pets/1"),
    "server-error": lambda app: app.ask("GET /share", "/share?parts=0"),
    "undocumented-field": lambda app: app.ask("GET /me"),
    "undocumented-media-type": lambda app: app.ask("GET /report"),
    "undocumented-parameter": lambda app: max(app.session.exchanges(), key=lambda seen: seen.seen.swayed is not None),
    "undocumented-status": lambda app: app.ask("GET /pets/{id}", "/pets/1"),
}
"""The request that shows the difference between an example's two halves."""

ELSEWHERE = {"client-mismatch", "stale-client", "stale-contract"}
"""Their examples are prose, and tested in the tests of the commands."""


def example(rule: str, half: str) -> str:
    found = re.search(rf"^{half}:\n((?: {{4}}.*\n)+)", rules.page(rule), re.MULTILINE)
    assert found is not None
    return dedent(found[1])


def said(rule: str, half: str, folder: Path) -> dict[str, Fault]:
    with live(GIVEN + example(rule, half), folder, Settings(time_limit_s=0.4)) as app:
        exchange = ASKED[rule](app)
        return {**faults(exchange), **operation_faults(app.application, exchange.operation, [exchange])}


def test_every_rule_is_asked() -> None:
    assert set(rules.load()) == ASKED.keys() | ELSEWHERE


@pytest.mark.parametrize("rule", ASKED)
def test_bad(rule: str, tmp_path: Path) -> None:
    assert rule in said(rule, "Bad", tmp_path)


@pytest.mark.parametrize("rule", ASKED)
def test_good(rule: str, tmp_path: Path) -> None:
    assert {} == said(rule, "Good", tmp_path)


@pytest.mark.parametrize("rule", rules.load())
def test_page(rule: str) -> None:
    """A page has its sections, in their order, and examples that are indented as code."""
    page = rules.page(rule)
    assert ["Why", "Bad", "Good", "Source"] == re.findall(r"^(\w+):", page, re.MULTILINE)
    assert indent(example(rule, "Bad"), "    ") in page


def test_load() -> None:
    """Ids are the files' stems, in alphabetical order."""
    stems = sorted(path.stem for path in Path(rules.__file__).parent.glob("[!_]*.py"))
    assert [stem.replace("_", "-") for stem in stems] == list(rules.load())
    with pytest.raises(KeyError):
        rules.page("undocumented_status")
