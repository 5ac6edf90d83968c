"""What a handler of the app's own answers to requests that validation refuses: documented once, for the whole app."""

from collections.abc import Iterable, Iterator, Sequence

from upheld.fix.code import Project
from upheld.fix.code.places import place
from upheld.fix.edits import Respond
from upheld.fix.patch import Patch
from upheld.fix.shapes.entries import Describer, joined
from upheld.fix.shapes.words import description
from upheld.model import Case


def by_the_app(case: Case) -> bool:
    """Return whether validation refused the request, and FastAPI's own handler did not answer."""
    exchange = case.exchange
    if exchange is None or not exchange.seen.refusals or exchange.seen.built is None:
        return False
    return case.operation is not None and f"{case.finding.status}" in case.operation.responses


def documented(cases: Iterable[Case], project: Project) -> Iterator[tuple[Case, Patch]]:
    """Yield one patch for all cases of each status, at the app; one for each route where the app cannot say it."""
    groups: dict[tuple[int, str], list[Case]] = {}
    for case in cases:
        route = case.finding.operation if project.application is None else ""
        groups.setdefault((case.finding.status or 0, route), []).append(case)
    for (status, _), group in groups.items():
        patch = _patch(status, group, project)
        yield from ((case, patch) for case in group if patch is not None)


def _patch(status: int, group: Sequence[Case], project: Project) -> Patch | None:
    operation = group[0].operation
    site = project.site(operation) if operation is not None else None
    made = project.application or ((site.file, site.call) if site is not None else None)
    if made is None:
        return None
    file, call = made
    seen = [exchange for case in group for exchange in case.shown]
    places = [case.finding.location for case in group if case.finding.location is not None]
    text = description(status, seen, places, project.files)
    told = Describer.of(project).described(seen, text, file, call.lineno)
    respond = Respond(call=place(call), key=f"{status}", entry=told.entry)
    edits = joined(told.edits, {file.path: (respond,)})
    once = ", once for the app" if project.application is not None else ""
    return Patch(summary=f"document {status} as {told.what}{once}", edits=edits)
