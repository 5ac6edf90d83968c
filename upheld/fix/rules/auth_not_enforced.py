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
        f"{file.path}:{node.lineno}"
        for file in project.files.imported()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call) and _lets_through(keyword(node, "auto_error"))
    ]
    for case in cases:
        schemes = sorted({name for each in (case.operation.security if case.operation else ()) for name in each})
        listed = " or ".join(schemes) or "its security"
        where = f" ({', '.join(lenient)} lets requests without through: auto_error=False)" if lenient else ""
        yield (
            case,
            Patch(
                summary=f"refuse requests without {listed} with 401 before anything else is done{where}, or let the "
                "route no longer depend on it, if everybody may call it",
                safety=Safety.BY_HAND,
            ),
        )


def _lets_through(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is False
