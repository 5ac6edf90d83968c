"""What one direction of a pair tells, the other tells by the mirrored rule; where it does not, the reason stands here."""

import pytest

from tests.diff.corpus import changes, names
from upheld.diff.catalogue import RULES
from upheld.model import Change

EXCEPTIONS: dict[str, str] = {
    "request_dependent_required_changed": "each side forbids what the other allows, and only what breaks is told",
}
"""A pair's name or a rule's id, and why the change has no mirror image there."""


@pytest.mark.parametrize("name", names())
def test_each_change_has_its_mirror_image(name: str) -> None:
    assert [] == [rule for rule in _alone(name) if not {name, rule} & EXCEPTIONS.keys()]


def test_no_exception_is_stale() -> None:
    used = {key for name in names() for rule in _alone(name) for key in (name, rule)}
    assert [] == [key for key in EXCEPTIONS if key not in used]


def test_each_exception_has_a_reason() -> None:
    assert [] == [key for key, reason in EXCEPTIONS.items() if not reason]


def test_mirrors_are_mutual() -> None:
    assert [] == [rule for rule, kind in RULES.items() if RULES[kind.mirror].mirror != rule]


def _alone(name: str) -> list[str]:
    """Return the rules of the changes, in either direction, that the other direction does not tell."""
    forward, backward = changes(name, "forward"), changes(name, "backward")
    return [
        change.rule
        for these, those in ((forward, backward), (backward, forward))
        for change in these
        if not any(_is_mirror(change, other) for other in those)
    ]


def _is_mirror(change: Change, other: Change) -> bool:
    if other.rule != RULES[change.rule].mirror:
        return False
    # What came or went stands in one document only, and the pointer may be to what holds it.
    whole = None not in (change.old, change.new)
    return not whole or (change.old, change.new) == (other.new, other.old)
