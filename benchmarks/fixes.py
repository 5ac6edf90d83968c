"""How much of the corpus `upheld fix --write` mends: `python -m benchmarks.fixes [--fresh] [-v] [NAME …]`."""

import argparse
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.tables import laid_out
from tests.fix.mended import Mended, mend
from tests.lies import scoring

LEAST = 0.9
"""Which share of the findings that documentation mends has to be gone."""


def table(found: list[Mended]) -> str:
    """Lay out what became of the findings, by rule."""
    before = Counter(key[0] for one in found for key in one.fixable)
    left = Counter(key[0] for one in found for key in one.left)
    rows = [[rule, f"{before[rule]}", f"{before[rule] - left[rule]}"] for rule in sorted(before)]
    total = before.total()
    rows.append(["all", f"{total}", f"{total - left.total()}"])
    return laid_out(["rule", "findings", "gone"], rows)


def main(arguments: list[str]) -> int:
    """Fix every lying app two at a time, print what is left and new, and a table; return 1 below the aim."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fixes")
    parser.add_argument("words", nargs="*", metavar="NAME", help="only apps whose names hold one of these")
    parser.add_argument("--fresh", action="store_true", help="the apps of fresh/")
    parser.add_argument("-v", "--verbose", action="store_true", help="show what was changed")
    options = parser.parse_args(arguments)
    there = [app for app in scoring.apps(scoring.FRESH if options.fresh else scoring.FOLDER) if "lying" in app.parts]
    chosen = [app for app in there if not options.words or any(word in app.stem for word in options.words)]

    def mended(app: Path) -> Mended | str:
        try:
            return mend(app, Path(folder))
        except scoring.ScoringError as error:
            return f"{error}"

    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        results = list(pool.map(mended, chosen))
    found = [one for one in results if isinstance(one, Mended)]
    for one in results:
        if isinstance(one, str):
            sys.stdout.write(f"{one}\n")
            continue
        for word, keys in (("left", one.left), ("new", one.new)):
            sys.stdout.write("".join(f"{one.name}: {word} {key}\n" for key in keys))
        if one.again:
            sys.stdout.write(f"{one.name}: a second run changes\n{one.again}")
        if options.verbose:
            sys.stdout.write(f"{one.changed}\n")
    sys.stdout.write(f"\n{table(found)}\n")
    total, left = sum(len(one.fixable) for one in found), sum(len(one.left) for one in found)
    share = 1 - left / max(1, total)
    new = sum(len(one.new) for one in found)
    again = sum(bool(one.again) for one in found)
    failed = len(results) - len(found)
    sys.stdout.write(
        f"{share:.1%} of {total} findings in {len(found)} apps gone; {new} new, {again} apps changed again, "
        f"{failed} failed\n"
    )
    return int(share < LEAST or bool(new) or bool(again) or bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
