"""Every pair of documents gets the verdict that JSON Schema, OpenAPI and HTTP give it, with a value that shows each break."""

import pytest

from tests.diff.corpus import SILENT, VERDICTS, Pair, changes, directions, names, pair, raw, worst
from tests.diff.places import confirmed, labels
from upheld.contract import validate_quickly
from upheld.diff.catalogue import RULES, SCHEMA
from upheld.model import Change, Side, Verdict

SCHEMA_RULES = frozenset(f"{side}-{label}" for side in Side for row in SCHEMA for label in row[:2])
"""The rules of schemas: what they break is shown by a value."""
BOTH = tuple(directions())
IDS = [f"{name}-{direction}" for name, direction in BOTH]


@pytest.mark.parametrize(("name", "direction"), BOTH, ids=IDS)
def test_verdict(name: str, direction: str) -> None:
    found = changes(name, direction)
    assert worst(found) in pair(name).expected(direction).verdicts, _shown(found)


@pytest.mark.parametrize(("name", "direction"), BOTH, ids=IDS)
def test_rules(name: str, direction: str) -> None:
    expected, found = pair(name).expected(direction), changes(name, direction)
    verdict = worst(found)
    if verdict in ("breaking", "undecided"):
        told = tuple(sorted(change.rule for change in found if change.verdict == verdict))
        assert told in expected.told(), _shown(found)
    elif len(expected.verdicts) == 1:  # of several verdicts, no change need be told
        told = tuple(change.rule for change in found if (change.rule in SILENT) is (verdict == "none"))
        assert [] == [some for some in expected.rules if not {*some} & {*told, None}], _shown(found)


@pytest.mark.parametrize(("name", "direction"), BOTH, ids=IDS)
def test_witness(name: str, direction: str) -> None:
    """Each break of a schema is shown by a value, and a validator agrees that it is one."""
    documents = pair(name).documents(direction)
    broken = [
        change
        for change in changes(name, direction)
        if change.verdict is Verdict.BREAKING and change.rule in SCHEMA_RULES
    ]
    for change in broken:
        assert change.witness is not None, _shown((change,))
        side = change.witness.side
        assert change.rule.startswith(f"{side}-")
        assert ("old", "new") == (change.witness.accepted_by, change.witness.refused_by)[:: _step(side)]
        assert confirmed(*documents, change.operations[0], side, change.witness.value), _shown((change,))


@pytest.mark.parametrize(("name", "direction"), BOTH, ids=IDS)
def test_expected_value(name: str, direction: str) -> None:
    """What is expected is true: a validator refuses on one side the value that it accepts on the other."""
    expected = pair(name).expected(direction)
    old, new = pair(name).documents(direction)
    sides = _sides(pair(name), direction)
    assert len(sides) == len(expected.values)
    for side, value in zip(sides, expected.values, strict=True):
        assert any(confirmed(old, new, label, side, value) for label in labels(old))


@pytest.mark.parametrize("name", names())
def test_documents_are_valid(name: str) -> None:
    for document in (pair(name).old, pair(name).new):
        validate_quickly(document, name)


@pytest.mark.parametrize("name", names())
def test_expectation_is_whole(name: str) -> None:
    said, read = raw(name), pair(name)
    assert {"forward", "backward", "harmless", "why"} == set(said)
    for direction in (read.forward, read.backward):
        assert set() == set(direction.verdicts) - set(VERDICTS)
        assert set() == {rule for some in direction.rules for rule in some} - set(RULES) - {None}
        assert not read.harmless or set(direction.verdicts) <= {"compatible", "none"}
    for side in (said["forward"], said["backward"]):
        assert set() == set(side) - {"verdict", "rules", "witness", "value", "values"}
        schemas = {rule for some in _direction_rules(side["rules"]) for rule in some} & SCHEMA_RULES
        assert ("witness" in side) == (side["verdict"] == "breaking" and bool(schemas))
    assert read.why


def test_there_are_enough_pairs() -> None:
    pairs = [pair(name) for name in names()]
    assert len(pairs) >= 150
    assert sum(one.harmless for one in pairs) >= 60
    assert sum("3.0" in (one.old["openapi"][:3], one.new["openapi"][:3]) for one in pairs) >= 25


def test_every_rule_occurs() -> None:
    told = {
        rule
        for name, direction in BOTH
        for some in pair(name).expected(direction).rules
        for rule in some
        if rule is not None
    }
    assert set(RULES) == told


def _step(side: Side) -> int:
    """Return 1 for a request, which the old contract accepts; -1 for an answer, which the new one does."""
    return 1 if side is Side.REQUEST else -1


def _sides(one: Pair, direction: str) -> tuple[Side, ...]:
    witness = one.expected(direction).witness
    return tuple(Side) if witness == "both" else () if witness is None else (Side(witness),)


def _direction_rules(rules: list[str | list[str]]) -> list[list[str]]:
    return [rule if isinstance(rule, list) else [rule] for rule in rules]


def _shown(found: tuple[Change, ...]) -> str:
    """Return changes as a failed test shows them."""
    return "\n".join(
        f"{change.verdict} {change.rule} {change.operations} {change.old} -> {change.new}: {change.message} "
        f"{change.witness.value if change.witness is not None else ''}"
        for change in found
    )
