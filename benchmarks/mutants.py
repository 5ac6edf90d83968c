"""The mutants of the honest apps' documents, by kind: `python -m benchmarks.mutants [WORD …]`.

`--write` puts the table into docs/mutants.md.
"""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks import pages
from benchmarks.tables import Requirement, laid_out
from tests.lies import scoring
from tests.mutants import score, trials
from tests.mutants.score import Tried, Verdict

NOTICED_LEAST = 0.98
"""Which share of the mutants that are not equivalent has to be noticed."""
PAGE = scoring.ROOT / "docs" / "mutants.md"


def measure(say: score.Say) -> list[Tried]:
    """Try every mutant: one of each operation at a time, and alone what is missed so."""
    with tempfile.TemporaryDirectory() as folder:
        return score.score(Path(folder), (), say, together=True)


def table(tried: list[Tried]) -> str:
    """Lay out what became of the mutants, by kind."""
    kinds = sorted({one.mutant.kind for one in tried})
    rows = [_row(kind, [one for one in tried if one.mutant.kind == kind]) for kind in kinds]
    return laid_out(["made wrong", "mutants", *Verdict], [*rows, _row("all", tried)])


def _row(name: str, tried: list[Tried]) -> list[str]:
    verdicts = Counter(one.verdict for one in tried)
    return [name, f"{len(tried):,}", *(f"{verdicts[verdict]:,}" for verdict in Verdict)]


def page(tried: list[Tried]) -> str:
    """Return the table and what was missed."""
    apps = len({one.app for one in tried})
    reasons = score.listed("Missed")
    missed = [one.name for one in tried if one.verdict is Verdict.MISSED]
    parts = [
        f"Of {apps} apps, at most {score.MOST} of each operation and kind:",
        table(tried),
        f"{share(tried):.1%} are noticed.",
    ]
    if missed:
        parts.append("Missed:")
        parts.append("\n".join(f"- `{name}`: {reasons.get(name, 'not yet looked into')}" for name in missed))
    return "\n\n".join(parts)


def share(tried: list[Tried]) -> float:
    """Return which part of the mutants that are not equivalent is noticed."""
    counted = [one for one in tried if one.verdict is not Verdict.EQUIVALENT]
    return sum(one.verdict is Verdict.NOTICED for one in counted) / max(1, len(counted))


def requirement(tried: list[Tried]) -> Requirement:
    """Return what was required of the mutants."""
    seen = share(tried)
    text = f"at least {NOTICED_LEAST:.0%} of the documents that are wrong in one statement noticed"
    return Requirement(text=text, seen=f"{seen:.1%}", held=seen >= NOTICED_LEAST)


def write(tried: list[Tried]) -> None:
    """Replace what stands between the markers of the page."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(pages.replaced(text, page(tried), "mutants"), encoding="utf-8")


def main() -> int:
    """Try mutants, print the table and, where asked to, write it; return 1 where too many are missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutants", description=__doc__)
    parser.add_argument("--most", type=int, default=score.MOST, metavar="N", help="of each operation and kind")
    parser.add_argument("--kind", default="", help="only kinds that hold this")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth of them")
    parser.add_argument(
        "--together", action="store_true", help="one of each operation at a time, then the missed alone"
    )
    parser.add_argument("--write", action="store_true", help="put the table into docs/mutants.md")
    parser.add_argument("words", nargs="*", metavar="WORD", help="only apps whose names hold one of them")
    options = parser.parse_args()
    narrowed = options.words or options.kind or options.most != score.MOST or options.every > 1
    if options.write and narrowed:
        parser.error("--write needs all mutants; leave out all other options but --together")
    with tempfile.TemporaryDirectory() as folder:
        tried = score.score(
            Path(folder),
            options.words,
            _say,
            most=options.most,
            kind=options.kind,
            every=options.every,
            together=options.together,
        )
    sys.stdout.write(f"{page(tried)}\n\n{requirement(tried)}\n")
    if options.write:
        write(tried)
    return int(not requirement(tried).held)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    trials.same_hashes()
    sys.exit(main())
