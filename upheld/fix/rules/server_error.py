"""Document a status such as 503 that the code answers on purpose.

Safety: docs only. A 500 has no fix but in the code, and neither has an exception that nobody caught.
"""

from collections.abc import Iterator, Sequence

from upheld.fix.code import Project
from upheld.fix.patch import Patch
from upheld.fix.shapes import statuses
from upheld.model import Case


def fix(cases: Sequence[Case], project: Project) -> Iterator[tuple[Case, Patch]]:
    """Yield a patch for each status that says what the matter is."""
    yield from statuses.documented(filter(_is_meant, cases), project)


def _is_meant(case: Case) -> bool:
    """Return whether a line of the project's answered, and with more than that something went wrong."""
    answer = case.exchange
    if answer is None or case.finding.location is None:
        return False
    return answer.seen.escaped is None and answer.status > 500
