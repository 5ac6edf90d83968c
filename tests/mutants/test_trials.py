"""A wrong document takes the place of an app's own, and a check says so; under its own document it says nothing."""

import json
import re
from pathlib import Path

import pytest

from tests.lies import scoring
from tests.mutants import score, trials
from tests.mutants.statements import mutants

APP = """\
from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/floors/{number}", responses={404: {"description": "No such floor"}})
def floor(number: int) -> dict[str, int]:
    if not 0 < number < 9:
        raise HTTPException(404)
    return {"number": number}
"""


@pytest.mark.slow
def test_trials(tmp_path: Path) -> None:
    (tmp_path / "lift.py").write_text(APP + trials.CUSTOM, encoding="utf-8")
    subject = trials.Subject(name="lift", root=tmp_path, target="lift:app")
    with trials.Trials(2) as running:
        (own,) = running.run([(subject, None, frozenset())])
        assert ((), "") == (own.findings, own.failure)
        wrong = [
            mutant for mutant in mutants(own.document, 1) if mutant.kind in ("status dropped", "response type changed")
        ]
        asked = [(subject, mutant.written(own.document)) for mutant in wrong]
        outcomes = list(running.run((*each, frozenset()) for each in asked))
        early = list(
            running.run((*each, frozenset({mutant.operation})) for each, mutant in zip(asked, wrong, strict=True))
        )
        wanted = frozenset({wrong[0].operation})
        same, broken = running.run([(subject, own.document, wanted), (subject, {"openapi": "2.0"}, wanted)])
    assert ["", ""] == [outcome.failure for outcome in outcomes]
    assert ["undocumented-status", "response-schema-mismatch"] == [outcome.findings[0][0] for outcome in outcomes]
    assert [outcome.findings[:1] for outcome in outcomes] == [outcome.findings for outcome in early]
    assert ((), "") == (same.findings, same.failure), "the same document, as a custom one"
    assert "ContractError" in broken.failure


def test_lists_name_honest_apps() -> None:
    honest = {app.stem for app in scoring.apps() if app.parent.name == "honest"} | {"service"}
    listed = {**score.listed("Equivalent"), **score.listed("Missed")}
    assert {name.partition(":")[0] for name in listed} <= honest
    lines = re.findall(r"^- ", score.README.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) == len(listed), "an entry that cannot be read, or one that stands twice"


def test_subjects_are_copies_with_their_own_document(tmp_path: Path) -> None:
    (one,) = trials.subjects(tmp_path, ["tip_jar"])
    assert (one.root / "tip_jar.py").read_text(encoding="utf-8").endswith(trials.CUSTOM)
    assert json.dumps(one.target) == '"tip_jar:app"'
