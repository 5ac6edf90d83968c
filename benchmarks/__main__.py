"""Measure Upheld against Schemathesis and print the tables; exit with 1 where less was reached than is required.

Takes about 30 minutes: the Schemathesis CLI is run twice on each app of the corpus, and the documents of the honest
ones are made wrong statement by statement. Nothing else should run meanwhile.
"""

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from benchmarks import corpus, machine, many, mutants, pages, rates, tables
from tests.lies import scoring
from tests.mutants import trials

QUICK_APPS = 12
REPEATS = 5


def main() -> int:
    """Measure, print and, where asked to, write; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--apps", type=int, metavar="N", help="only N apps, spread over the corpus")
    parser.add_argument("--quick", action="store_true", help=f"only {QUICK_APPS} apps and one run for the rates")
    parser.add_argument("--write", action="store_true", help="put the tables into README.md and docs/")
    parser.add_argument("--speed", action="store_true", help="only the rates and the apps of many operations")
    options = parser.parse_args()
    if options.write and (options.apps or options.quick or options.speed):
        parser.error("--write needs the whole corpus, expected neither --apps nor --quick nor --speed")
    if os.getloadavg()[0] > 0.5:
        _say(f"something else is running (load {os.getloadavg()[0]:.1f}): expect the figures to be off")

    measured = rates.measure(1 if options.quick else REPEATS, _say)
    sized = many.measure(many.SIZES[:2] if options.quick else many.SIZES, _say)
    if options.speed:
        return _told(pages.speed(measured, sized), tables.speed_requirements(measured, sized))
    apps = _spread(scoring.apps(), options.apps or (QUICK_APPS if options.quick else None))
    results = corpus.measure(apps, _say)
    figures = pages.Figures(apps=apps, results=results, rates=measured, many=sized, machine=machine.describe())
    required = list(tables.requirements(results, measured, sized))
    page = pages.page(figures)
    if not (options.apps or options.quick):
        tried = mutants.measure(_say)
        page = f"{page}\n\n{mutants.page(tried)}"
        required.append(mutants.requirement(tried))
        if options.write:
            mutants.write(tried)
    if options.write:
        pages.write(figures)
    return _told(page, required)


def _told(page: str, requirements: Iterable[tables.Requirement]) -> int:
    """Print the tables and what was required; return the exit code."""
    required = list(requirements)
    sys.stdout.write(f"{page}\n\n" + "".join(f"{requirement}\n" for requirement in required))
    return int(not all(requirement.held for requirement in required))


def _spread(apps: list[Path], wanted: int | None) -> list[Path]:
    step = max(1, len(apps) // wanted) if wanted else 1
    return apps[::step][:wanted]


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    trials.same_hashes()
    sys.exit(main())
