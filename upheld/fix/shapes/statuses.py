"""Statuses that nobody documented: at the route, or once at the router or the app where every operation answers so."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from upheld.fix.code import File, Project
from upheld.fix.code.places import place
from upheld.fix.code.sites import documents
from upheld.fix.edits import Edit, Keyword, Respond
from upheld.fix.patch import Patch
from upheld.fix.shapes.answers import Answers, answers_of
from upheld.fix.shapes.entries import BODILESS, Described, Describer, joined
from upheld.fix.shapes.made import default_status, made_of, statuses
from upheld.fix.shapes.returned import returned
from upheld.fix.shapes.words import description
from upheld.model import Case, Safety


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Group:
    """What is documented at one place."""

    file: File
    call: ast.Call
    answers: tuple[Answers, ...]
    owner: str = ""
    """The router or the app whose operations all answer so, as it is written; "" for a route."""


def documented(cases: Iterable[Case], project: Project) -> Iterator[tuple[Case, Patch]]:
    """Yield a patch for each status whose route is found in the code."""
    describer = Describer.of(project)
    for group in _grouped(cases, project):
        patch = _patch(group, describer, project)
        for answers in group.answers:
            for case in answers.cases:
                yield case, patch


def _patch(group: Group, describer: Describer, project: Project) -> Patch:
    status = group.answers[0].status
    if not _answers_in_all(group, project):
        why = f"its call makes other routes as well, which do not answer {status}: let it take `responses`"
        return Patch(summary=why, safety=Safety.BY_HAND)
    if (moved := _moved(group, project)) is not None:
        return moved
    told = _told(group, describer, project)
    respond = Respond(call=place(group.call), key=f"{status}", entry=told.entry)
    where = f" for all of {group.owner}" if group.owner else ""
    return Patch(
        summary=f"document {status}{f' as {told.what}' if told.what else ''}{where}",
        edits=joined(told.edits, {group.file.path: (respond,)}),
    )


def _moved(group: Group, project: Project) -> Patch | None:
    """Return what documents a success in the place of the one that the route never answers.

    It says what FastAPI takes from it only where the endpoint returns plain data, which this one does not.
    """
    first = group.answers[0]
    handler, site, status = first.operation.handler, first.site, first.status
    if len(group.answers) > 1 or len(project.made_by(site)) > 1 or handler is None or status >= 400:
        return None
    given = {one.arg for one in site.call.keywords}
    answered = [one for one in first.cases[0].exchanges if 100 <= one.status < 400]
    if given & {None, "status_code"} or any(one.status != status or one.seen.built is None for one in answered):
        return None
    made = statuses(site)
    if made is None or handler.status in made:
        return None
    redirects = status >= 300
    modelled = bool(handler.answers) and handler.answers[0] is not None
    if modelled if redirects or status in BODILESS else returned(first.operation, site, first.seen) is None:
        return None
    edits: list[Edit] = []
    kind = made_of(site) if redirects and "response_class" not in given else None
    if kind is not None:
        edits.append(Keyword(call=place(site.call), name="response_class", value=kind[0]))
    if kind is None or default_status(kind[1]) != status:
        edits.append(Keyword(call=place(site.call), name="status_code", value=f"{status}"))
    summary = f"document {status} in the place of {handler.status}"
    return Patch(summary=summary, edits={site.file.path: tuple(edits)})


def _answers_in_all(group: Group, project: Project) -> bool:
    """Return whether what a call makes beside these operations has the status as well, documented or not."""
    labels = {answers.operation.label for answers in group.answers}
    status = group.answers[0].status
    others = frozenset().union(*(project.made_by(answers.site) for answers in group.answers)) - labels
    return all(
        operation.response(status) is not None for operation in project.contract.operations if operation.label in others
    )


def _told(group: Group, describer: Describer, project: Project) -> Described:
    seen = [exchange for answers in group.answers for exchange in answers.seen]
    cases = [case for answers in group.answers for case in answers.cases]
    places = [case.finding.location for case in cases if case.finding.location is not None]
    first = group.answers[0]
    text = description(first.status, seen, places, project.files)
    alone = len(group.answers) == 1 and 200 <= first.status < 300
    kept = returned(first.operation, first.site, seen) if alone else None
    return describer.described(seen, text, group.file, group.call.lineno, returned=kept)


def _grouped(cases: Iterable[Case], project: Project) -> Iterator[Group]:
    """Yield what goes to one place: a router's operations that all answer alike, or those that one call makes."""
    by_status: dict[int, list[Answers]] = defaultdict(list)
    for answers in answers_of(cases, project):
        by_status[answers.status].append(answers)
    for answering in by_status.values():
        yield from _shared(answering, project)


def _shared(answering: Sequence[Answers], project: Project) -> Iterator[Group]:
    """Yield the groups of a status: for the router or the app that has the most operations which all answer so."""
    left = {answers.operation.label: answers for answers in answering}
    owners = [(answers.site.owner, owner) for answers in answering if (owner := project.owner(answers.site))]
    owners = [(name, made) for name, made in owners if documents(*made)]
    wide = {id(call): (project.sharers(call), name, file, call) for name, (file, call) in owners}
    for labels, name, file, call in sorted(wide.values(), key=lambda each: -len(each[0])):
        if len(labels) > 1 and labels <= left.keys():
            group = [answers for answers in answering if answers.operation.label in labels]
            left = {label: answers for label, answers in left.items() if label not in labels}
            if len({id(answers.site.call) for answers in group}) > 1:
                yield Group(file=file, call=call, answers=tuple(group), owner=name)
            else:
                yield Group(file=group[0].site.file, call=group[0].site.call, answers=tuple(group))
    by_call: dict[int, list[Answers]] = defaultdict(list)
    for answers in left.values():
        by_call[id(answers.site.call)].append(answers)
    for group in by_call.values():
        yield Group(file=group[0].site.file, call=group[0].site.call, answers=tuple(group))
