"""Document the media type: by the response class where every success is one, else beside what is documented.

Safety: docs only. A route gets another response class only where it never returned plain data in any request.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence

from upheld.fix.code import Project, Site
from upheld.fix.code.places import covering, place
from upheld.fix.code.sites import Function, keyword
from upheld.fix.edits import Edit, Entry, Keyword, Respond
from upheld.fix.patch import Patch
from upheld.fix.shapes import validation
from upheld.fix.shapes.entries import Describer, joined
from upheld.media import media_type
from upheld.model import Case, Exchange, Operation


def fix(cases: Sequence[Case], project: Project) -> Iterator[tuple[Case, Patch]]:
    """Yield a patch for each operation and status whose route is found in the code."""
    describer = Describer.of(project)
    groups: dict[tuple[str, int], list[Case]] = defaultdict(list)
    for case in cases:
        if case.operation is not None and case.finding.status is not None and not validation.by_the_app(case):
            groups[case.finding.operation, case.finding.status].append(case)
    yield from validation.documented(filter(validation.by_the_app, cases), project)
    for (_, status), group in groups.items():
        operation = group[0].operation
        site = project.site(operation) if operation is not None else None
        if operation is not None and site is not None:
            patch = _patch(operation, status, group[0].shown, site, describer)
            for case in group:
                yield case, patch


def _patch(operation: Operation, status: int, seen: Sequence[Exchange], site: Site, describer: Describer) -> Patch:
    sent = [one for one in seen if one.body or not one.complete]
    kinds = sorted({media_type(one.header("content-type")) for one in sent})
    kind = _class(operation, status, sent, site) if len(kinds) == 1 else None
    if kind is not None:
        edit = Keyword(call=place(site.call), name="response_class", value=kind)
        return Patch(summary=f"document {status} as {kinds[0]}, by {kind}", edits={site.file.path: (edit,)})
    documented = {media_type(name) for name in operation.responses[covering(operation, status)].content}
    missing = [one for one in sent if media_type(one.header("content-type")) not in documented]
    listed = ", ".join(sorted({media_type(one.header("content-type")) for one in missing}))
    told = describer.described(missing, "", site.file, site.call.lineno, in_content=True)
    entry = Entry(content=told.entry.content)
    edits: list[Edit] = [Respond(call=place(site.call), key=covering(operation, status), entry=entry)]
    return Patch(summary=f"document {listed} for {status}", edits=joined({site.file.path: tuple(edits)}, told.edits))


def _class(operation: Operation, status: int, seen: Sequence[Exchange], site: Site) -> str | None:
    """Return the class that every answer is made of, as it is written, where that class says its media type."""
    handler = operation.handler
    if handler is None or status != handler.status or site.function is None or keyword(site.call, "response_class"):
        return None
    names = {_made(value) for value in _returned(site.function)}
    name = names.pop() if len(names) == 1 else None
    if name is None or any(one.seen.built is None for one in seen):
        return None
    first, *rest = name.split(".")
    known = vars(site.file.module).get(first) if site.file.module is not None else None
    for part in rest:
        known = getattr(known, part, None)
    kind = getattr(known, "media_type", None)
    sent = {media_type(one.header("content-type")) for one in seen}
    return name if isinstance(kind, str) and sent == {media_type(kind)} else None


def _made(value: ast.expr | None) -> str | None:
    """Return the class that an answer is made of, as it is written."""
    named = isinstance(value, ast.Call) and isinstance(value.func, ast.Name | ast.Attribute)
    return ast.unparse(value.func) if named and isinstance(value, ast.Call) else None


def _returned(function: Function) -> Iterator[ast.expr | None]:
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Return):
            yield node.value
        if not isinstance(node, Function | ast.Lambda | ast.ClassDef):
            waiting += ast.iter_child_nodes(node)
