"""Take a status out of the documentation that nothing produces.

Safety: docs only.
"""

import ast
from collections.abc import Iterator, Sequence

from upheld.fix.code import Project, Site
from upheld.fix.code.places import place
from upheld.fix.code.sites import keyword
from upheld.fix.code.tables import entries, status_of
from upheld.fix.edits import Edit, Remove, Unrespond
from upheld.fix.patch import Patch
from upheld.model import Case


def fix(cases: Sequence[Case], project: Project) -> Iterator[tuple[Case, Patch]]:
    """Yield a patch for each status that the route's own call names."""
    found = {(case.finding.operation, case.finding.status) for case in cases}
    for case in cases:
        site = project.site(case.operation) if case.operation is not None else None
        if site is not None and not {(label, case.finding.status) for label in project.made_by(site)} <= found:
            continue  # another route that the same call makes answers with it
        edit = _edit(site, f"{case.finding.status}") if site is not None else None
        if site is not None and edit is not None:
            yield case, Patch(summary=f"document {case.finding.status} no more", edits={site.file.path: (edit,)})


def _edit(site: Site, key: str) -> Edit | None:
    told = keyword(site.call, "responses")
    own = told is not None and any(
        status_of(site.file, name) == key and told.lineno <= name.lineno <= (told.end_lineno or 0)
        for name, _ in entries(site.file, site.call)
    )
    if own:
        return Unrespond(call=place(site.call), key=key)
    arguments = [
        argument
        for node in (ast.walk(told) if told is not None else ())
        if isinstance(node, ast.Call)
        for argument in node.args
        if status_of(site.file, argument) == key
    ]
    return Remove(element=place(arguments[0])) if len(arguments) == 1 else None
