"""Document the status: at the route, or once at the router or the app where every operation of it answers so.

Safety: docs only. The body is documented by a model of the project's that accepts every body that was seen, else by a
small one that is written for it.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from upheld.fix.code import File, Project, Site
from upheld.fix.edits import Place, Respond
from upheld.fix.patch import Patch
from upheld.fix.shapes.entries import Described, Describer, joined
from upheld.fix.shapes.returned import returned
from upheld.fix.shapes.words import description
from upheld.model import Case, Exchange, Operation, Safety


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answers:
    """One status of one operation, whichever lines answer it."""

    site: Site
    operation: Operation
    status: int
    cases: tuple[Case, ...]

    @property
    def seen(self) -> tuple[Exchange, ...]:
        """All that answered with it."""
        return self.cases[0].shown


def fix(cases: Sequence[Case], project: Project) -> Iterator[tuple[Case, Patch]]:
    """Yield a patch for each status whose route is found in the code."""
    describer = Describer.of(project)
    for group in _grouped(cases, project):
        if not _answers_in_all(group, project):
            why = f"its call makes other routes as well, which do not answer {group[0].status}: let it take `responses`"
            patch = Patch(summary=why, safety=Safety.BY_HAND)
            yield from ((case, patch) for answers in group for case in answers.cases)
            continue
        file, call = _place(group, project)
        told = _told(group, describer, project, file, call.lineno)
        status = group[0].status
        respond = Respond(call=Place(line=call.lineno, column=call.col_offset), key=f"{status}", entry=told.entry)
        where = f" for all of {group[0].site.owner}" if call is not group[0].site.call else ""
        patch = Patch(
            summary=f"document {status}{f' as {told.what}' if told.what else ''}{where}",
            edits=joined(told.edits, {file.path: (respond,)}),
        )
        for answers in group:
            for case in answers.cases:
                yield case, patch


def _answers_in_all(group: Sequence[Answers], project: Project) -> bool:
    """Return whether what a call makes beside these operations has the status as well, documented or not."""
    labels = {answers.operation.label for answers in group}
    status = group[0].status
    others = frozenset().union(*(project.made_by(answers.site) for answers in group)) - labels
    return all(
        operation.response(status) is not None for operation in project.contract.operations if operation.label in others
    )


def _place(group: Sequence[Answers], project: Project) -> tuple[File, ast.Call]:
    site = group[0].site
    owner = project.owner(site) if len({id(answers.site.call) for answers in group}) > 1 else None
    return owner if owner is not None else (site.file, site.call)


def _told(group: Sequence[Answers], describer: Describer, project: Project, file: File, line: int) -> Described:
    seen = [exchange for answers in group for exchange in answers.seen]
    places = [place for answers in group for case in answers.cases if (place := case.finding.location) is not None]
    status = group[0].status
    text = description(status, seen, places, project.files)
    first = group[0]
    kept = returned(first.operation, first.site, seen) if len(group) == 1 and 200 <= status < 300 else None
    return describer.described(seen, text, file, line, returned=kept)


def _grouped(cases: Sequence[Case], project: Project) -> Iterator[list[Answers]]:
    """Yield what goes to one place: a router's operations that all answer alike, or those that one call makes."""
    by_operation: dict[tuple[str, int], list[Case]] = defaultdict(list)
    for case in cases:
        if case.operation is not None and case.finding.status is not None:
            by_operation[case.finding.operation, case.finding.status].append(case)
    by_owner: dict[tuple[str, str, int], list[Answers]] = defaultdict(list)
    for (_, status), group in by_operation.items():
        operation = group[0].operation
        site = project.site(operation) if operation is not None else None
        if operation is not None and site is not None:
            answers = Answers(site=site, operation=operation, status=status, cases=tuple(group))
            by_owner[site.file.path, site.owner, status].append(answers)
    for sharing in by_owner.values():
        labels = {answers.operation.label for answers in sharing}
        if len(sharing) > 1 and labels == project.sharers(sharing[0].site):
            yield sharing
            continue
        by_call: dict[int, list[Answers]] = defaultdict(list)
        for answers in sharing:
            by_call[id(answers.site.call)].append(answers)
        yield from by_call.values()
