"""Figures become tables between the markers of two pages."""

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import pages, rates, tables
from benchmarks.corpus import RUNS, SCHEMATHESIS, UPHELD, Run
from benchmarks.rates import Rate
from tests.lies import scoring

OURS = Run(lies=3, alarms=0, requests=150, seconds=0.5)
THEIRS = Run(lies=2, alarms=4, requests=1200, seconds=2.5, server_s=0.5, ended=False)
RATE = Rate(arrived=1600, distinct=1500, seconds=0.75, process_s=1.25)
FIGURES = pages.Figures(
    apps=scoring.apps(),
    results={(tool, run): [each, each] for run in RUNS for tool, each in ((UPHELD, OURS), (SCHEMATHESIS, THEIRS))},
    rates={rates.UPHELD_WARM: RATE},
    machine="a machine",
)


def test_tables_say_what_was_measured() -> None:
    text = pages.page(FIGURES)
    assert f"| {SCHEMATHESIS}, {RUNS[0]} | 4 | 8, in 2 apps | 5.0 | 2.50 | 2,400 |" in text
    assert f"| {UPHELD}, {RUNS[1]} | 6 | 0 | 1.0 | 0.50 | 300 |" in text
    assert f"| {rates.UPHELD_WARM} | 2,000 | 1,500 | 1,600 | 0.75 | 1.25 |" in text
    assert "Measured on a machine" in text
    summary = pages.summary(FIGURES)
    assert "Measured on a machine" in summary
    assert "5.0 times as fast in the first run, 5.0 times as fast in the second run." in summary


def test_requirements() -> None:
    assert [True, True, True] == [each.held for each in tables.requirements(FIGURES.results, FIGURES.rates)]
    slow = {rates.UPHELD_WARM: dataclasses.replace(RATE, seconds=1.6)}
    even = {key: [OURS] for key in FIGURES.results}
    assert [
        "FAIL  at least 4 times the Schemathesis CLI's speed over the corpus, first run: 1.0",
        "FAIL  at least 4 times the Schemathesis CLI's speed over the corpus, second run: 1.0",
        "FAIL  at least 1,000 distinct requests a second with stored requests: 938",
    ] == [str(each) for each in tables.requirements(even, slow)]


@pytest.mark.parametrize("page", [pages.README, pages.PERFORMANCE], ids=lambda page: page.name)
def test_pages_have_their_markers(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    once = pages.replaced(text, "| a |")
    assert f"{pages.START}| a |{pages.END}" in once
    assert once == pages.replaced(once, "| a |")


@pytest.mark.slow
def test_the_app_of_the_rates_is_honest(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "upheld", "check", "benchmarks.ten:app", "--fail-on", "warning"],
        cwd=tmp_path,
        env=scoring.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "10 of 10 operations" in done.stdout
