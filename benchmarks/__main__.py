"""Measure Upheld against Schemathesis and print the tables; exit with 1 where less was reached than is required.

Takes about 30 minutes: the Schemathesis CLI is run twice on each app of the corpus, and the documents of the honest
ones are made wrong statement by statement. Nothing else should run meanwhile.
"""

import argparse
import os
import sys
from pathlib import Path

from benchmarks import corpus, machine, mutants, pages, rates, tables
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
    options = parser.parse_args()
    if options.write and (options.apps or options.quick):
        parser.error("--write needs the whole corpus, expected neither --apps nor --quick")
    if os.getloadavg()[0] > 0.5:
        _say(f"something else is running (load {os.getloadavg()[0]:.1f}): expect the figures to be off")

    apps = _spread(scoring.apps(), options.apps or (QUICK_APPS if options.quick else None))
    measured = rates.measure(1 if options.quick else REPEATS, _say)
    results = corpus.measure(apps, _say)
    figures = pages.Figures(apps=apps, results=results, rates=measured, machine=machine.describe())
    sys.stdout.write(pages.page(figures) + "\n\n")
    required = list(tables.requirements(results, measured))
    if not (options.apps or options.quick):
        tried = mutants.measure(_say)
        sys.stdout.write(mutants.page(tried) + "\n\n")
        required.append(mutants.requirement(tried))
        if options.write:
            mutants.write(tried)
    sys.stdout.write("".join(f"{requirement}\n" for requirement in required))
    if options.write:
        pages.write(figures)
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
