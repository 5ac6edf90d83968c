"""Document what a handler of the app's own sends when validation refuses a request, once for the whole app.

Safety: docs only; by hand for any other answer. Whether a member that nobody documented may be known is a decision.
"""

from collections.abc import Iterator, Sequence

from upheld.fix.code import Project
from upheld.fix.patch import Patch
from upheld.fix.shapes import validation
from upheld.model import Case, Safety


def fix(cases: Sequence[Case], project: Project) -> Iterator[tuple[Case, Patch]]:
    """Yield a patch for the app, and what to do about each other member."""
    yield from validation.documented(filter(validation.by_the_app, cases), project)
    for case in cases:
        if not validation.by_the_app(case):
            told = "leave out of the answer what nobody may know, and give the rest to the model that documents it"
            yield case, Patch(summary=told, safety=Safety.BY_HAND)
