"""Changes as they are found, told once each with the operations that they reach, and what policy makes of them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from upheld.diff.catalogue import RULES
from upheld.diff.finding import Finding
from upheld.diff.operations import Call
from upheld.model import Change, Level, Policy, Proof, Verdict, Version

REMOVALS = frozenset({
    "operation-removed", "parameter-removed", "required-parameter-removed", "request-member-removed",
    "request-required-member-removed", "response-member-removed", "response-required-member-removed",
    "response-header-removed",
})  # fmt: skip
"""What may go once it was deprecated, where the policy says so."""


@dataclass(slots=True)
class _Group:
    finding: Finding
    calls: dict[str, Call] = field(default_factory=dict)


class Collector:
    """Puts together what is one change."""

    def __init__(self, policy: Policy) -> None:
        """Begin with none."""
        self._policy = policy
        self._groups: dict[tuple[str, Verdict, str | None, str | None, str], _Group] = {}

    def add(self, finding: Finding, call: Call | None = None) -> None:
        """Take a change at an operation, or in the document as a whole; the first witness stays."""
        key = (finding.rule, finding.verdict, finding.old, finding.new, finding.message)
        group = self._groups.setdefault(key, _Group(finding))
        if call is not None:
            group.calls.setdefault(call.label, call)

    def structure(
        self, rule: str, call: Call | None, old: str | None, new: str | None, message: str, *, breaks: bool = False,
        deprecated: bool = False,
    ) -> None:  # fmt: skip
        """Take a change of what the documents list."""
        verdict = Verdict.BREAKING if breaks else Verdict.COMPATIBLE
        proof = Proof.STRUCTURE if breaks or RULES[rule].level is Level.NOTE else Proof.POLICY
        finding = Finding(
            rule=rule, verdict=verdict, proof=proof, old=old, new=new, message=message, deprecated=deprecated
        )
        self.add(finding, call)

    def changes(self) -> Iterator[Change]:
        """Yield the changes in the order in which they were found."""
        for group in self._groups.values():
            finding = group.finding
            change = Change(
                rule=finding.rule,
                level=_level(finding),
                verdict=finding.verdict,
                proof=finding.proof,
                operations=tuple(group.calls),
                old=finding.old,
                new=finding.new,
                message=finding.message,
                version=Version.MAJOR,
                witness=finding.witness,
                fingerprint=_fingerprint(finding),
                tags=tuple(dict.fromkeys(tag for call in group.calls.values() for tag in call.tags)),
            )
            if (kept := self._by_policy(change, deprecated=finding.deprecated)) is not None:
                yield kept

    def _by_policy(self, change: Change, *, deprecated: bool) -> Change | None:
        level = self._wanted(change, deprecated=deprecated)
        if level is Level.OFF:
            return None
        if level is Level.ERROR and change.verdict is not Verdict.BREAKING:
            change = replace(change, level=level, verdict=Verdict.BREAKING, proof=Proof.POLICY)
        elif level is not None and level is not Level.ERROR:
            change = replace(change, level=level, verdict=Verdict.COMPATIBLE, proof=Proof.POLICY)
        compatible = change.verdict is Verdict.COMPATIBLE
        return replace(change, version=RULES[change.rule].version if compatible else Version.MAJOR)

    def _wanted(self, change: Change, *, deprecated: bool) -> Level | None:
        """Return what the policy says that a change weighs; `None` where it says nothing."""
        breaks = change.verdict is Verdict.BREAKING
        match change.rule:
            case "response-enum-value-added" if breaks:
                return self._policy.response_enum
            case "response-member-added" if not breaks:
                return self._policy.response_member
            case "default-changed":
                return self._policy.default
            case "operation-id-changed" | "schema-renamed":
                return self._policy.names
            case "format-changed":
                return min(self._policy.format, RULES["format-changed"].level, key=lambda level: level.weight)
            case "request-format-narrowed" | "response-format-widened" if breaks:
                return self._policy.format
            case rule if rule in REMOVALS and deprecated and self._policy.remove_deprecated:
                return Level.NOTE
        return None


def _level(finding: Finding) -> Level:
    if finding.verdict is Verdict.BREAKING:
        return Level.ERROR
    return Level.WARNING if finding.verdict is Verdict.UNDECIDED else RULES[finding.rule].level


def _fingerprint(finding: Finding) -> str:
    told = "\n".join((finding.rule, finding.old or "", finding.new or "", finding.message))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]
