"""Tries the mutants of every honest app and says of each whether it was noticed, is equivalent, or was missed.

A mutant is noticed when an error or a warning stands at the operation that it is about. One that is not is equivalent
where the document is as true as before: `equivalence.py` tells some of those, and the README beside this file lists the
others, each with its reason, and those that are missed.
"""

import itertools
import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.mutants import trials
from tests.mutants.edits import Json
from tests.mutants.equivalence import reason
from tests.mutants.statements import Mutant, mutants
from tests.mutants.trials import Outcome, Subject, Trials

README = Path(__file__).with_name("README.md")
MOST = 1
"""Of each operation and kind, how many mutants are tried."""
Say = Callable[[str], None]
Case = tuple[Subject, Json, tuple[Mutant, ...]]
"""An app, its own document, and what is to be made wrong in it."""


class Verdict(StrEnum):
    """What became of a mutant."""

    NOTICED = "noticed"
    EQUIVALENT = "equivalent"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One mutant of one app, and what became of it."""

    app: str
    mutant: Mutant
    verdict: Verdict

    @property
    def name(self) -> str:
        """How the README names it."""
        return f"{self.app}: {self.mutant.kind}: {self.mutant}"


class ScoreError(Exception):
    """An app that is not honest under its own document, or a check that gave no report."""


def listed(title: str) -> dict[str, str]:
    """Return the mutants that stand below a heading of the README, each with its reason."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return dict(re.findall(r"^- `(.+?)`: (.+)$", found[1] if found is not None else "", re.MULTILINE))


def score(
    folder: Path,
    words: Sequence[str],
    say: Say,
    *,
    most: int = MOST,
    kind: str = "",
    every: int = 1,
    together: bool = False,
) -> list[Tried]:
    """Try the mutants of the apps whose names hold one of the words, of all without any.

    With `together` one statement of each operation is made wrong at a time, and only what is missed so, and is not known
    to be equivalent, is tried alone: quicker, and as strict on what is missed. Errors: ScoreError.
    """
    known = listed("Equivalent")
    with Trials() as running:
        cases = list(_cases(folder, words, running, most, kind))[::every]
        say(f"{len(cases)} mutants")
        left, unnoticed = cases, list[Case]()
        if together:
            alone = [
                (subject, own, (mutant,))
                for subject, own, wrong in _unnoticed(_grouped(cases), running, say)
                for mutant in wrong
            ]
            unnoticed = [case for case in alone if _is_equivalent(case, known)]
            left = [case for case in alone if not _is_equivalent(case, known)]
            say(f"{len(left)} of them alone")
        unnoticed += _unnoticed(left, running, say)
    names = {_name(case) for case in unnoticed}
    return [
        Tried(
            app=case[0].name,
            mutant=case[2][0],
            verdict=Verdict.NOTICED
            if _name(case) not in names
            else Verdict.EQUIVALENT
            if _is_equivalent(case, known)
            else Verdict.MISSED,
        )
        for case in cases
    ]


def _name(case: Case) -> str:
    subject, _, (mutant,) = case
    return f"{subject.name}: {mutant.kind}: {mutant}"


def _is_equivalent(case: Case, known: Container[str]) -> bool:
    _, own, (mutant,) = case
    return _name(case) in known or reason(mutant, own) is not None


def _cases(folder: Path, words: Sequence[str], running: Trials, most: int, kind: str) -> Iterator[Case]:
    subjects = trials.subjects(folder, words)
    for subject, outcome in zip(
        subjects, running.run((subject, None, frozenset()) for subject in subjects), strict=True
    ):
        if outcome.failure or outcome.findings:
            raise ScoreError(f"{subject.name}, under its own document: {outcome.findings} {outcome.failure}")
        for mutant in mutants(outcome.document, most):
            if kind in mutant.kind:
                yield subject, outcome.document, (mutant,)


def _grouped(cases: Iterable[Case]) -> Iterator[Case]:
    """Put the mutants of an app that are of different operations together."""
    for _, own in itertools.groupby(cases, key=lambda case: case[0]):
        found = list(own)
        by_operation = itertools.groupby(found, key=lambda case: case[2][0].operation)
        for wrong in itertools.zip_longest(*([case[2][0] for case in group] for _, group in by_operation)):
            yield found[0][0], found[0][1], tuple(mutant for mutant in wrong if mutant is not None)


def _unnoticed(cases: Iterable[Case], running: Trials, say: Say) -> Iterator[Case]:
    """Yield the cases in which something goes unnoticed, with that alone."""
    cases = list(cases)
    outcomes = running.run(_asked(case) for case in cases)
    for (subject, own, wrong), outcome in zip(cases, outcomes, strict=True):
        if outcome.failure:
            raise ScoreError(f"{subject.name}, {wrong[0].kind}: {wrong[0]}: {outcome.failure}")
        left = tuple(mutant for mutant in wrong if not _noticed(mutant, outcome))
        if left:
            for mutant in left:
                say(f"unnoticed  {subject.name}: {mutant.kind}: {mutant}")
            yield subject, own, left


def _asked(case: Case) -> trials.Asked:
    subject, own, wrong = case
    return subject, _written(own, wrong), frozenset(mutant.operation for mutant in wrong)


def _written(document: Json, wrong: Iterable[Mutant]) -> Json:
    for mutant in wrong:
        document = mutant.written(document)
    return document


def _noticed(mutant: Mutant, outcome: Outcome) -> bool:
    return any(operation == mutant.operation for _, operation in outcome.findings)
