"""Declare the parameter where it is read, so that it is documented.

Safety: docs only. It is declared as an optional text, which refuses nothing; the line that reads it stays.
"""

from collections.abc import Iterator, Sequence

from upheld.fix.code import File, Project
from upheld.fix.code.names import argument, bound
from upheld.fix.code.places import place
from upheld.fix.code.sites import Function, called_by, definition
from upheld.fix.edits import Edit, Parameter
from upheld.fix.patch import Patch
from upheld.model import Case, Operation, Read

_KINDS = {"query": "Query", "header": "Header", "cookie": "Cookie"}


def fix(cases: Sequence[Case], project: Project) -> Iterator[tuple[Case, Patch]]:
    """Yield a patch for each name that a handler or a dependency of the project reads."""
    for case in cases:
        read = case.exchange.seen.swayed if case.exchange is not None else None
        where = _declared_in(case.operation, read, project) if case.operation is not None and read is not None else None
        if read is None or where is None:
            continue
        file, function = where
        name = argument(read.name, function)
        plain = name.replace("_", "-") == read.name if read.where == "header" else name == read.name
        alias = "" if plain else f'alias="{read.name}"'
        kind = _KINDS[read.where]
        annotated, annotating = bound(file, "typing", "Annotated")
        declared, declaring = bound(file, "fastapi", kind)
        code = f"{name}: {annotated}[str | None, {declared}({alias})] = None"
        edits: tuple[Edit, ...] = (*annotating, *declaring, Parameter(function=place(function), code=code))
        yield case, Patch(summary=f"declare the {read.where} parameter {read.name}", edits={file.path: edits})


def _declared_in(operation: Operation, read: Read, project: Project) -> tuple[File, Function] | None:
    """Return what reads it, where FastAPI calls that, else the endpoint."""
    called = operation.handler.called if operation.handler is not None else None
    file = project.files.at(read.location.path)
    for call in called_by(called) if called is not None else ():
        function = call.__init__ if isinstance(call, type) else call  # type: ignore[misc]  # of an unknown class
        node = definition(file, function) if file is not None else None
        if file is not None and node is not None and node.lineno <= read.location.line <= (node.end_lineno or 0):
            return file, node
    site = project.site(operation)
    return (site.file, site.function) if site is not None and site.function is not None else None
