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
from upheld.model import Case, Exchange, Operation


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
        file, call = _place(group, project)
        told = _told(group, describer, project, file, call.lineno)
        status = group[0].status
        respond = Respond(call=Place(line=call.lineno, column=call.col_offset), key=f"{status}", entry=told.entry)
        where = f" for all of {group[0].site.owner}" if len(group) > 1 else ""
        patch = Patch(
            summary=f"document {status}{f' as {told.what}' if told.what else ''}{where}",
            edits=joined(told.edits, {file.path: (respond,)}),
        )
        for answers in group:
            for case in answers.cases:
                yield case, patch


def _place(group: Sequence[Answers], project: Project) -> tuple[File, ast.Call]:
    site = group[0].site
    owner = project.owner(site) if len(group) > 1 else None
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
    """Yield what goes to one place: a router's operations that all answer alike, or one operation."""
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
        else:
            yield from ([answers] for answers in sharing)
