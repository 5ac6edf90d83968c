"""Make a function that blocks and never awaits a plain `def`, which FastAPI runs in a thread.

Safety: behaviour changes. The function runs in another thread, and beside others of its kind.
"""

import ast
from collections.abc import Iterator, Sequence

from upheld.fix.code import File, Project
from upheld.fix.code.places import place
from upheld.fix.code.sites import Function, called_by, definition
from upheld.fix.edits import Synchronous
from upheld.fix.patch import Patch
from upheld.model import Case, Safety

THREAD = "await it in a thread (`fastapi.concurrency.run_in_threadpool`), or use a library that is asynchronous"


def fix(cases: Sequence[Case], project: Project) -> Iterator[tuple[Case, Patch]]:
    """Yield a patch where the one function that FastAPI calls awaits nothing, and what to do elsewhere."""
    for case in cases:
        found = _function(case, project)
        if found is None:
            yield case, Patch(summary=THREAD, safety=Safety.BY_HAND)
            continue
        file, node = found
        told = f"make {node.name} a plain def, which FastAPI runs in a thread"
        edits = {file.path: (Synchronous(function=place(node)),)}
        yield case, Patch(summary=told, safety=Safety.BEHAVIOUR, edits=edits)


def _function(case: Case, project: Project) -> tuple[File, Function] | None:
    """Return the function that blocks: the one whose line it is, else the only one that may be made plain."""
    called = case.operation.handler.called if case.operation is not None and case.operation.handler else None
    line = case.finding.location
    plain = []
    for call in called_by(called) if called is not None else ():
        code = getattr(call, "__code__", None)
        file = project.files.at(code.co_filename) if code is not None else None
        node = definition(file, call) if file is not None else None
        if file is None or not isinstance(node, ast.AsyncFunctionDef):
            continue
        holds = line is not None and file.path == line.path and node.lineno <= line.line <= (node.end_lineno or 0)
        if holds or not _waits(node):
            plain.append((holds, file, node))
    best = [one for one in plain if one[0]] or plain
    return best[0][1:] if len(best) == 1 and not _waits(best[0][2]) else None


def _waits(node: ast.AsyncFunctionDef) -> bool:
    return any(
        isinstance(part, ast.Await | ast.AsyncFor | ast.AsyncWith)
        or (isinstance(part, ast.comprehension) and part.is_async)
        for part in ast.walk(node)
    )
