"""Figures become tables between the markers of two pages."""

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import many, pages, rates, tables
from benchmarks.corpus import RUNS, SCHEMATHESIS, UPHELD, Run
from benchmarks.many import Many
from benchmarks.rates import Rate
from tests.lies import scoring

OURS = Run(lies=3, alarms=0, requests=150, seconds=0.5)
THEIRS = Run(lies=2, alarms=4, requests=1200, seconds=2.5, server_s=0.5, ended=False)
RATE = Rate(arrived=1600, distinct=1500, seconds=0.3, process_s=1.25)
BARE = Rate(arrived=1600, distinct=1500, seconds=0.2, process_s=1.0)
SIZED = [
    Many(operations=size, run=run, seconds=size / 20, cpu_s=size / 18, peak_mb=200.0, requests=size * 150, findings=0)
    for size in (30, 300)
    for run in (many.FIRST, many.SECOND)
]
FIGURES = pages.Figures(
    apps=scoring.apps(),
    results={(tool, run): [each, each] for run in RUNS for tool, each in ((UPHELD, OURS), (SCHEMATHESIS, THEIRS))},
    rates={rates.UPHELD: RATE, rates.UPHELD_WARM: RATE, rates.BARE: BARE},
    many=SIZED,
    machine="a machine",
)


def test_tables_say_what_was_measured() -> None:
    text = pages.page(FIGURES)
    assert f"| {SCHEMATHESIS}, {RUNS[0]} | 4 | 8, in 2 apps | 5.0 | 2.50 | 2,400 |" in text
    assert f"| {UPHELD}, {RUNS[1]} | 6 | 0 | 1.0 | 0.50 | 300 |" in text
    assert f"| {rates.UPHELD_WARM} | 5,000 | 1,500 | 1,600 | 0.30 | 1.25 |" in text
    assert "1.5 times as long as a bare call" in text
    assert f"| 300 operations, {many.SECOND} | 15.0 | 50 | 16.7 | 200 | 45,000 | 0 |" in text
    assert "Measured on a machine" in text
    summary = pages.summary(FIGURES)
    assert "Measured on a machine" in summary
    assert "5.0 times as fast in the first run, 5.0 times as fast in the second run." in summary


def test_requirements() -> None:
    required = list(tables.requirements(FIGURES.results, FIGURES.rates, SIZED))
    assert all(each.held for each in required)
    slow = dict.fromkeys((rates.UPHELD, rates.UPHELD_WARM), dataclasses.replace(RATE, seconds=1.6)) | {rates.BARE: BARE}
    even = {key: [dataclasses.replace(OURS, seconds=1.5)] for key in FIGURES.results}
    heavy = [
        dataclasses.replace(one, seconds=one.seconds * one.operations / 30, peak_mb=2.0 * one.operations)
        for one in SIZED
    ]
    assert [
        "FAIL  at least 5 times the Schemathesis CLI's speed over the corpus, first run: 1.0",
        "FAIL  a median of at most 1.0 s an app over the corpus, first run: 1.50 s",
        "FAIL  at least 5 times the Schemathesis CLI's speed over the corpus, second run: 1.0",
        "FAIL  a median of at most 0.7 s an app over the corpus, second run: 1.50 s",
        "FAIL  at least 1,500 distinct requests a second, Upheld, first run: 938",
        "FAIL  at least 4,000 distinct requests a second, Upheld, requests stored: 938",
        "FAIL  at most 2.5 times as long as a bare call, requests stored: 8.00",
        "FAIL  300 operations in at most 60 s, first run: 150.0 s",
        "FAIL  300 operations in at most 20 s, requests stored: 150.0 s",
        "FAIL  300 operations in less than 500 MB: 600 MB",
        "FAIL  an operation of 300 takes at most 1.5 times one of the smallest app's, first run: 10.00",
        "FAIL  an operation of 300 takes at most 1.5 times one of the smallest app's, requests stored: 10.00",
    ] == [str(each) for each in tables.requirements(even, slow, heavy)]
    assert len(required) == 12


@pytest.mark.parametrize("page", [pages.README, pages.PERFORMANCE], ids=lambda page: page.name)
def test_pages_have_their_markers(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    once = pages.replaced(text, "| a |")
    assert "<!-- bench -->\n| a |\n<!-- /bench -->" in once
    assert once == pages.replaced(once, "| a |")


@pytest.mark.slow
def test_an_app_of_many_operations_is_honest(tmp_path: Path) -> None:
    many.write(tmp_path, 20)
    done = subprocess.run(
        [sys.executable, "-m", "upheld", "check", "many:app", "--fail-on", "warning"],
        cwd=tmp_path,
        env=scoring.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "20 of 20 operations" in done.stdout


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
