"""`python -m tests.mutants [--most N] [WORD …]`: the table by kind, and what was missed, app by app."""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.mutants import trials
from tests.mutants.statements import Mutant, mutants


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=2)
    parser.add_argument("--kind", default="")
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, trials.Trials() as running:
        subjects = trials.subjects(Path(folder), options.words)
        own = list(running.run((subject, None) for subject in subjects))
        asked: list[tuple[trials.Subject, Mutant | None]] = []
        for subject, outcome in zip(subjects, own, strict=True):
            if outcome.failure or outcome.findings:
                _say(f"{subject.name}: {outcome.findings} {outcome.failure}")
                continue
            asked.append((subject, None))
            asked += [(subject, m) for m in mutants(outcome.document, options.most) if options.kind in m.kind]
        documents = {s.name: o.document for s, o in zip(subjects, own, strict=True)}
        _say(f"{len(asked)} mutants, {time.perf_counter() - began:.1f} s")
        made: Counter[str] = Counter()
        noticed: Counter[str] = Counter()
        results = running.run((s, m.document if m else documents[s.name]) for s, m in asked)
        for (subject, mutant), outcome in zip(asked, results, strict=True):
            if mutant is None:
                _say(f"{subject.name} {time.perf_counter() - began:.0f} s {outcome.findings or ''}{outcome.failure}")
                continue
            made[mutant.kind] += 1
            if outcome.failure:
                _say(f"FAILED {subject.name} {mutant.kind}: {mutant}\n   {outcome.failure.splitlines()[0]}")
            elif any(operation == mutant.operation for _, operation in outcome.findings):
                noticed[mutant.kind] += 1
            else:
                _say(f"missed {subject.name} {mutant.kind}: {mutant} {outcome.findings or ''}")
    for kind in sorted(made):
        _say(f"{kind:32} {made[kind]:5} {noticed[kind]:5}")
    _say(f"{sum(made.values())} {sum(noticed.values())} {time.perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    trials.same_hashes()
    sys.exit(main())
