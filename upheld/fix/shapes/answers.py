"""What was answered with one status of one operation whose route is found in the code."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from upheld.fix.code import Project, Site
from upheld.model import Case, Exchange, Operation


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answers:
    """One status of one operation, whichever lines answer it."""

    site: Site
    operation: Operation
    status: int
    cases: tuple[Case, ...]

    @property
    def seen(self) -> tuple[Exchange, ...]:
        """All that answered with it."""
        return self.cases[0].shown


def answers_of(cases: Iterable[Case], project: Project) -> Iterator[Answers]:
    """Yield what cases are about, those of one operation and status together; nothing for a route that is not found."""
    groups: dict[tuple[str, int], list[Case]] = defaultdict(list)
    for case in cases:
        if case.operation is not None and case.finding.status is not None:
            groups[case.finding.operation, case.finding.status].append(case)
    for (_, status), group in groups.items():
        operation = group[0].operation
        site = project.site(operation) if operation is not None else None
        if operation is not None and site is not None:
            yield Answers(site=site, operation=operation, status=status, cases=tuple(group))
