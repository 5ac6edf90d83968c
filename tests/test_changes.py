"""A project's levels weigh changes, what breaks stands first, and only what is asked for is looked at."""

from dataclasses import replace

import pytest

from tests.changelog.comparisons import UNDECIDED, added, answer, change
from upheld import gate
from upheld.changes import Pattern, Selection, pattern, weighed
from upheld.model import Change, Level, UpheldError
from upheld.settings import Settings

RULE = "request-member-required"
BOTH = ("POST /orders", "PUT /orders/{order_id}")


def test_what_breaks_stands_first() -> None:
    warning = answer(level=Level.WARNING)
    assert (change(), warning, UNDECIDED, added()) == weighed((added(), UNDECIDED, warning, change()), Settings())


WEIGHED: dict[str, tuple[Settings, tuple[Change, ...]]] = {
    "as it is": (Settings(), (change(),)),
    "off": (Settings(levels={RULE: Level.OFF}), ()),
    "a note": (Settings(levels={RULE: Level.NOTE}), (change(level=Level.NOTE),)),
    "heavier at one operation": (
        Settings(levels={RULE: Level.NOTE}, operation_levels={BOTH[0]: {RULE: Level.WARNING}}),
        (change(level=Level.WARNING),),
    ),
    "off at one operation": (
        Settings(operation_levels={BOTH[0]: {RULE: Level.OFF}}),
        (change(operations=BOTH[1:]),),
    ),
    "off at all": (Settings(operation_levels={one: {RULE: Level.OFF} for one in BOTH}), ()),
}


@pytest.mark.parametrize(("settings", "expected"), WEIGHED.values(), ids=WEIGHED)
def test_weighed(settings: Settings, expected: tuple[Change, ...]) -> None:
    assert expected == weighed([change()], settings)


def test_a_level_for_the_document() -> None:
    rule = UNDECIDED.rule
    assert (replace(UNDECIDED, level=Level.NOTE),) == weighed([UNDECIDED], Settings(levels={rule: Level.NOTE}))


PATTERNS = {
    "path": ("path=/orders*", Pattern(kind="path", glob="/orders*")),
    "a bare path": ("/orders", Pattern(kind="path", glob="/orders")),
    "tag": ("tag=orders", Pattern(kind="tag", glob="orders")),
    "rule": ("rule=request-*", Pattern(kind="rule", glob="request-*")),
    "a bare rule": ("operation-removed", Pattern(kind="rule", glob="operation-removed")),
}


@pytest.mark.parametrize(("text", "expected"), PATTERNS.values(), ids=PATTERNS)
def test_pattern(text: str, expected: Pattern) -> None:
    assert expected == pattern(text, "--only")


WRONG = {
    "an unknown kind": (
        "method=GET",
        "--only 'method=GET': expected path=GLOB, tag=GLOB or rule=GLOB; write --only 'path=/books*'",
    ),
    "nothing": ("tag=", "--only 'tag=': expected path=GLOB, tag=GLOB or rule=GLOB; write --only 'path=/books*'"),
    "near a rule": (
        "operation-remove",
        ("--only 'operation-remove': no rule of a diff, expected a path, a tag or a rule; did you mean --only "
        "operation-removed?"),
    ),
    "a tag without its kind": (
        "zzz",
        "--only 'zzz': no rule of a diff, expected a path, a tag or a rule; write --only 'tag=zzz' for a tag",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_wrong_pattern(text: str, message: str) -> None:
    with pytest.raises(UpheldError) as caught:
        pattern(text, "--only")
    assert message == str(caught.value)


ALL = (change(), answer(), UNDECIDED, added())
SELECTED: dict[str, tuple[list[str], list[str], tuple[Change, ...]]] = {
    "all": ([], [], ALL),
    "a path": (["/orders"], [], ALL[:2]),
    "below a path": (["path=/orders/*"], [], ALL[:1]),
    "a tag": (["tag=ord*"], [], ALL[:3]),
    "two of a kind": (["/books", "/orders/*"], [], (ALL[0], ALL[3])),
    "two kinds": (["/orders", "response-*"], [], ALL[1:2]),
    "less a rule": ([], ["rule=request-*"], ALL[1:]),
    "less what is asked for": (["/books"], ["/books"], ()),
}


@pytest.mark.parametrize(("only", "without", "expected"), SELECTED.values(), ids=SELECTED)
def test_selection(only: list[str], without: list[str], expected: tuple[Change, ...]) -> None:
    selection = Selection(
        only=[pattern(one, "--only") for one in only], without=[pattern(one, "--except") for one in without]
    )
    assert expected == selection(ALL)


GATE: dict[str, tuple[Level | None, tuple[Change, ...]]] = {
    "error": (Level.ERROR, ALL[:2]),
    "warning": (Level.WARNING, ALL[:3]),
    "note": (Level.NOTE, ALL),
    "never": (None, ()),
}


@pytest.mark.parametrize(("fail_on", "expected"), GATE.values(), ids=GATE)
def test_gate(fail_on: Level | None, expected: tuple[Change, ...]) -> None:
    assert expected == gate.failing(ALL, fail_on)
