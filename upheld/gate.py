"""Findings, or changes, and a level to what fails."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from upheld.model import Change, Level

if TYPE_CHECKING:
    from upheld.model import Report


def decide(report: "Report", fail_on: Level) -> int:
    """Return 1 where a finding weighs as much as the gate or more, else 0."""
    return int(any(finding.level.weight >= fail_on.weight for finding in report.findings))


def failing(changes: Iterable[Change], fail_on: Level | None) -> tuple[Change, ...]:
    """Return the changes that weigh as much as the gate or more and are not approved; `None` lets all pass."""
    if fail_on is None:
        return ()
    return tuple(one for one in changes if one.approval is None and one.level.weight >= fail_on.weight)
