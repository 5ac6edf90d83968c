"""Say where credentials ought to be asked for.

Safety: by hand. Whether the docs or the code are right is a decision about who may see what.
"""

import ast
from collections.abc import Iterator, Sequence

from upheld.fix.code import Project
from upheld.fix.code.sites import keyword
from upheld.fix.patch import Patch
from upheld.model import Case, Safety


def fix(cases: Sequence[Case], project: Project) -> Iterator[tuple[Case, Patch]]:
    """Yield what to do about each operation that answers without credentials."""
    lenient = [
        (scheme, f"{file.path}:{node.lineno}")
        for file in project.files.imported()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call) and (scheme := _lets_through(node)) is not None
    ]
    for case in cases:
        schemes = sorted({name for each in (case.operation.security if case.operation else ()) for name in each})
        listed = " or ".join(schemes) or "its security"
        places = ", ".join(place for scheme, place in lenient if scheme in schemes)
        where = f" (auto_error=False at {places} lets them through)" if places else ""
        yield (
            case,
            Patch(
                summary=f"refuse requests without {listed} with 401 before anything else is done{where}, or let the "
                "route no longer depend on it, if everybody may call it",
                safety=Safety.BY_HAND,
            ),
        )


def _lets_through(call: ast.Call) -> str | None:
    """Return the name of the security scheme that a call makes, where it refuses nothing by itself."""
    told = keyword(call, "auto_error")
    if not isinstance(told, ast.Constant) or told.value is not False:
        return None
    name = keyword(call, "scheme_name")
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        return name.value
    return ast.unparse(call.func).rpartition(".")[2]
