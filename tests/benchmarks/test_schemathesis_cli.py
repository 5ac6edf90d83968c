"""A Schemathesis report is read in its favour, and every rule of the corpus has a translation."""

from typing import Any

import pytest
from schemathesis.failure_codes import get_failure_class

from benchmarks.schemathesis_cli import KINDS, NETWORK, Failure, failures, finds
from tests.lies import scoring
from tests.lies.scoring import Mark


def test_every_rule_of_the_corpus_is_translated() -> None:
    rules = {mark.rule for app in scoring.apps() for mark in scoring.marks(app.read_text(encoding="utf-8"))}
    assert rules <= set(KINDS)


def test_every_code_exists() -> None:
    codes = frozenset.union(*KINDS.values()) - {NETWORK}
    assert [] == [code for code in codes if get_failure_class(code) is None]


EVENTS: list[dict[str, Any]] = [
    {"EngineStarted": {}},
    {"ScenarioFinished": {"status": "skip"}},
    {
        "ScenarioFinished": {
            "recorder": {
                "checks": {
                    "a": [
                        {"status": "success"},
                        {"failure_info": {"failure": {"code": "ST103", "operation": "GET /pets"}}},
                    ],
                    "b": [{"failure_info": {"failure": {"code": "ST101", "operation": "GET /pets"}}}],
                },
                "interactions": {"a": {"response": {"status_code": 404}}, "b": {"response": None}},
            }
        }
    },
    {"NonFatalError": {"label": "GET /slow", "value": {"type": "ReadTimeout"}}},
]


def test_failures() -> None:
    assert [
        Failure(code="ST103", operation="GET /pets", status=404),
        Failure(code="ST101", operation="GET /pets", status=None),
        Failure(code=NETWORK, operation="GET /slow", status=None),
    ] == list(failures(EVENTS))


FINDS = {
    "same status": ("undocumented-status", 404, Failure(code="ST103", operation="GET /", status=404), True),
    "other status": ("undocumented-status", 404, Failure(code="ST103", operation="GET /", status=403), False),
    "other operation": ("undocumented-status", 404, Failure(code="ST103", operation="PUT /", status=404), False),
    "other kind": ("undocumented-status", 404, Failure(code="ST108", operation="GET /", status=404), False),
    "broken off": ("server-error", 200, Failure(code=NETWORK, operation="GET /", status=None), True),
    "no status asked": ("accepts-invalid-request", 200, Failure(code="ST201", operation="GET /", status=201), True),
    "unserved": ("phantom-operation", None, Failure(code="ST103", operation="GET /", status=405), True),
}


@pytest.mark.parametrize(("rule", "status", "failure", "found"), FINDS.values(), ids=FINDS)
def test_finds(rule: str, status: int | None, failure: Failure, *, found: bool) -> None:
    assert found == finds(Mark(rule=rule, operation="GET /", status=status, line=1), [failure])
