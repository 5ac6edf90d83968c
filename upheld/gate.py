"""Findings and a level to an exit code."""

from upheld.model import Level, Report


def decide(report: Report, fail_on: Level) -> int:
    """Return 1 where a finding weighs as much as the gate or more, else 0."""
    return int(any(finding.level.weight >= fail_on.weight for finding in report.findings))
