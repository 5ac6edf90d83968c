"""Changes as a project looks at them: with its own levels, those it asks for, in the order they are shown."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from fnmatch import fnmatchcase

from upheld.diff.catalogue import RULES
from upheld.model import Change, Level, UpheldError, Verdict
from upheld.settings import Settings

ORDER = (Verdict.BREAKING, Verdict.UNDECIDED, Verdict.COMPATIBLE)


def weighed(changes: Iterable[Change], settings: Settings) -> tuple[Change, ...]:
    """Return changes with the levels of the settings, less those that are off, what breaks first.

    Where an operation has a level of its own, a change weighs as much as at the operation where it weighs most.
    """
    found = [told for change in changes if (told := _weighed(change, settings)) is not None]
    return tuple(sorted(found, key=lambda change: (ORDER.index(change.verdict), -change.level.weight)))


def _weighed(change: Change, settings: Settings) -> Change | None:
    levels = {one: settings.level(change.rule, one, change.level) for one in change.operations or ("",)}
    heaviest = max(levels.values(), key=lambda level: level.weight)
    if heaviest is Level.OFF:
        return None
    kept = tuple(one for one in change.operations if levels[one] is not Level.OFF)
    if heaviest is change.level and kept == change.operations:
        return change
    return replace(change, level=heaviest, operations=kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What `--only` and `--except` name: `path=/books*`, `tag=orders`, `rule=request-*`."""

    kind: str
    glob: str

    def matches(self, change: Change) -> bool:
        """Whether a change is one of those meant."""
        return any(fnmatchcase(value, self.glob) for value in KINDS[self.kind](change))


def _paths(change: Change) -> Iterator[str]:
    for operation in change.operations:
        yield operation.partition(" ")[2]


KINDS: dict[str, Callable[[Change], Iterable[str]]] = {
    "path": _paths,
    "rule": lambda change: (change.rule,),
    "tag": lambda change: change.tags,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which changes are looked at: of each kind that is named one has to match, and none of what is left out."""

    only: Sequence[Pattern] = ()
    without: Sequence[Pattern] = ()

    def __call__(self, changes: Iterable[Change]) -> tuple[Change, ...]:
        """Return those that are looked at, in the order given."""
        return tuple(change for change in changes if self._keeps(change))

    def _keeps(self, change: Change) -> bool:
        if any(pattern.matches(change) for pattern in self.without):
            return False
        wanted = {pattern.kind for pattern in self.only}
        return all(any(one.matches(change) for one in self.only if one.kind == kind) for kind in wanted)


def pattern(text: str, option: str) -> Pattern:
    """Read what `--only` or `--except` says; without a kind, a slash begins a path, and a rule is known by its id.

    Errors: UpheldError for what is neither, with what comes near.
    """
    kind, equals, glob = text.partition("=")
    if not equals and text.startswith("/"):
        kind, glob = "path", text
    elif not equals:
        kind, glob = "rule", text
    if kind not in KINDS or not glob:
        raise UpheldError(
            f"{option} {text!r}: expected path=GLOB, tag=GLOB or rule=GLOB; write {option} 'path=/books*'"
        )
    if kind == "rule" and not any(fnmatchcase(rule, glob) for rule in RULES):
        near = get_close_matches(glob, RULES, n=1, cutoff=0.5)
        advice = f"did you mean {option} {near[0]}?" if near else f"write {option} 'tag={glob}' for a tag"
        raise UpheldError(f"{option} {text!r}: no rule of a diff, expected a path, a tag or a rule; {advice}")
    return Pattern(kind=kind, glob=glob)
