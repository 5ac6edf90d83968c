"""What was read in the code of each operation: claims, assignments, and whether anything was left open."""

import ast
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

from upheld.files import package
from upheld.model import (
    Application,
    Assignment,
    Claim,
    ClaimKind,
    Operation,
    Reading,
)
from upheld.schema import Judge
from upheld.source.code import Code
from upheld.source.declared import declared
from upheld.source.documented import Documented
from upheld.source.operations import stateful
from upheld.source.path import Path, Sight, TooLongError, explore
from upheld.source.program import Program
from upheld.source.reach import Reach
from upheld.source.solve import Condition, Solver

WAYS_MOST, AGAIN_MOST = 80, 12
"""How many ways are followed of one operation, and how many of them only combine what is known."""
ASSIGNMENTS_MOST, WORDS_MOST = 60, 12


def read(application: Application, operations: Iterable[Operation]) -> Iterator[tuple[str, Reading]]:
    """Read the code behind each of an app's operations, one after another, by label; the app itself is not run."""
    code = Code(application.root, package(application.contract.app))
    judge = Judge.of(application.contract.document)
    reach = Reach(code)
    for operation in operations:
        yield operation.label, _read(code, reach, operation, judge, application.asgi)


def _read(code: Code, reach: Reach, operation: Operation, judge: Judge, around: object) -> Reading:
    handler = operation.handler
    if handler is None or handler.called is None:
        return Reading()
    program = Program(code, operation, handler, handler.called)
    claims: dict[tuple[object, ...], Claim] = {}
    found: list[list[Assignment]] = []
    complete = lost = False
    followed: set[ast.AST] = set()
    asked_for: set[str] = set()
    promised: set[type] = set()
    words: dict[tuple[str, str], None] = {}
    solver = Solver(Documented(operation, judge))
    later: list[list[Assignment]] = []
    asked: list[tuple[list[Assignment], bool]] = []

    def run(path: Path) -> bool:
        _followed(program, path)
        asked[:] = [_asked(path.conditions, solver)]
        return asked[0][1] or path.open

    for path, new, last in explore(run, WAYS_MOST, AGAIN_MOST):
        complete = last
        lost = lost or path.lost
        followed |= path.followed
        asked_for |= path.asked
        promised |= path.promised
        words |= path.words
        made, sure = asked[0]
        (found if new else later).append(made if new else made[:1])
        for sight, _, opened in path.met:
            _claim(claims, sight, certain=sure and not opened)
    whole = complete and not lost and not handler.customized and around is handler.apps[0]
    said = declared(code, handler.endpoint)
    open_ = said.keys() - program.others - {claim.status for claim in claims.values()}
    more = _more(program, reach, followed, asked_for, promised) if whole and open_ else None
    return Reading(
        claims=tuple(claims.values()),
        assignments=tuple(_rounds([*found, *later])),
        words=tuple(words)[:WORDS_MOST],
        resolved=whole and not (open_ and more is None),
        others=frozenset({*program.others, *(more or ())}),
        declared=said,
    )


def _more(
    program: Program,
    reach: Reach,
    followed: AbstractSet[ast.AST],
    asked: AbstractSet[str],
    promised: AbstractSet[type],
) -> AbstractSet[int] | None:
    """Return what may be answered by what was not followed; `None` for anything."""
    try:
        named = [*reach.methods(asked), *sorted(promised, key=repr), *reach.registered]
        return reach.answers([*program.roots(), *named], followed, program.handled())
    except Exception:  # noqa: BLE001 - objects of any make are looked at
        return None


def _followed(program: Program, path: Path) -> None:
    try:
        program.run(path)
    except (TooLongError, RecursionError):
        path.lost = True
    except Exception:  # noqa: BLE001 - any code may be met here; what cannot be read is left unsaid
        path.lost = True


def _asked(conditions: list[Condition], solver: Solver) -> tuple[list[Assignment], bool]:
    """Return what conditions ask; without those on the app's state where all together cannot be met.

    Without those alone that nothing meets, such as that a table which is still empty holds something, where that does.
    """
    made, sure = solver.assignments(conditions)
    if not sure:
        rest = [condition for condition in conditions if not stateful(condition[0])]
        able = [one for one in conditions if not stateful(one[0]) or solver.assignments([one])[1]]
        for fewer in (able, rest):
            if len(fewer) < len(conditions):
                made, met = solver.assignments(fewer)
                if met:
                    break
    return made, sure


def _claim(claims: dict[tuple[object, ...], Claim], sight: Sight, *, certain: bool) -> None:
    known = (sight.kind, sight.location.path, sight.location.line, sight.status, sight.where, sight.what)
    before = claims.get(known)
    if before is None:
        claims[known] = Claim(
            kind=ClaimKind(sight.kind),
            location=sight.location,
            status=sight.status,
            where=sight.where,
            what=sight.what,
            certain=certain,
        )
    elif certain and not before.certain:
        claims[known] = replace(before, certain=True)


def _rounds(found: list[list[Assignment]]) -> list[Assignment]:
    """Return the first assignment of each way, then the second of each, and so on; none twice."""
    kept: dict[str, Assignment] = {}
    for position in range(max(map(len, found), default=0)):
        for ways in found:
            if position < len(ways) and ways[position] and len(kept) < ASSIGNMENTS_MOST:
                kept.setdefault(repr(sorted(ways[position].items(), key=repr)), ways[position])
    return list(kept.values())
