"""Document the status: at the route, or once at the router or the app where every operation of it answers so.

Safety: docs only. The body is documented by a model of the project's that accepts every body that was seen, else by a
small one that is written for it.
"""

from collections.abc import Iterator, Sequence

from upheld.fix.code import Project
from upheld.fix.patch import Patch
from upheld.fix.shapes import statuses
from upheld.model import Case


def fix(cases: Sequence[Case], project: Project) -> Iterator[tuple[Case, Patch]]:
    """Yield a patch for each status whose route is found in the code."""
    yield from statuses.documented(cases, project)
