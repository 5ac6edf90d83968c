"""`upheld explain` shows a rule's docstring, section by section."""

import pytest

from tests.cli.conftest import Cli
from upheld.diff.catalogue import RULES

PAGE = """\
undocumented-status  error

An operation answered with a status its document never mentions.

Why: a generated client has no branch for it.

Bad:
    @app.get("/pets/{id}")
    def pet(id: int): raise HTTPException(404)

Good:
    @app.get("/pets/{id}", responses={404: {}})
    def pet(id: int): raise HTTPException(404)

Source: OpenAPI 3.1.1, Responses Object.

Fix: Document it.

Safety: docs only.
"""


def test_page(cli: Cli) -> None:
    assert (0, PAGE, "") == cli("explain", "undocumented-status")


OF_A_DIFF = """\
operation-removed  error where it breaks a client, note where it does not

An operation is gone.

Why: Whoever calls it gets a 404 or a 405.

Mirror: operation-added
"""


def test_a_rule_of_a_diff(cli: Cli) -> None:
    assert (0, OF_A_DIFF, "") == cli("explain", "operation-removed")
    assert "Mirror" not in cli("explain", "text-changed").out


UNKNOWN = {
    "a slip": ("undocumented_status", 'did you mean "undocumented-status"?'),
    "nothing like it": ("xyz", 'see "upheld rules"'),
}


@pytest.mark.parametrize(("rule", "hint"), UNKNOWN.values(), ids=UNKNOWN)
def test_unknown(cli: Cli, rule: str, hint: str) -> None:
    assert (2, "", f"upheld: error: {rule}: no such rule, expected one of {2 + len(RULES)}; {hint}\n") == cli(
        "explain", rule
    )


def test_colour(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1mWhy:\x1b[0m a generated client" in cli("explain", "undocumented-status").out
