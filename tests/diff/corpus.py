"""The pairs of documents that a diff is judged by: a folder each under `pairs/`, named for the change.

`expected.yaml` says for both directions what the worst verdict is and by which rules, written from what JSON Schema,
OpenAPI and HTTP mean:

    forward:                  # old to new
      verdict: breaking       # breaking, compatible, undecided; none, where nothing changed but tags and texts
      rules: [request-null-removed]
      witness: request        # who sends the value that shows the break of a schema; both, with a list of `values`
      value: {"note": null}   # one such value
    backward: …               # new to old
    harmless: false           # true for a rewrite, which breaks nobody in either direction
    why: one line

Rules are those of the changes that break (or are undecided), as often as they are told; where nothing breaks, those that
must be told at least. A list within `rules` names labels that are equally right, null among them where the change need
not be told; a list of verdicts likewise.
"""

import functools
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from upheld.contract import document
from upheld.diff import compare
from upheld.model import Change, Json

PAIRS = Path(__file__).parent / "pairs"
VERDICTS = ("breaking", "undecided", "compatible", "none")
"""The worst first."""
SILENT = frozenset({"tags-changed", "text-changed"})
"""The rules of what only people read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """What is expected of one direction of a pair."""

    verdicts: tuple[str, ...]
    rules: tuple[tuple[str | None, ...], ...]
    """For each change, the labels that are equally right; `None` where it need not be told."""
    witness: str | None
    values: tuple[Json, ...]
    """For each side named in `witness`, or for the one: a value that shows the break."""

    def told(self) -> tuple[tuple[str, ...], ...]:
        """Return every list of rules that is right, each sorted."""
        told = itertools.product(*self.rules)
        return tuple(tuple(sorted(rule for rule in rules if rule is not None)) for rules in told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two documents, and what is expected of their diff."""

    name: str
    old: Mapping[str, Json]
    new: Mapping[str, Json]
    forward: Direction
    backward: Direction
    harmless: bool
    why: str

    def documents(self, direction: str) -> tuple[Mapping[str, Json], Mapping[str, Json]]:
        """Return what is compared with what."""
        return (self.old, self.new) if direction == "forward" else (self.new, self.old)

    def expected(self, direction: str) -> Direction:
        """Return what is expected of a direction."""
        return self.forward if direction == "forward" else self.backward


def names() -> tuple[str, ...]:
    """Return the names of all pairs, in alphabetical order."""
    return tuple(sorted(folder.name for folder in PAIRS.iterdir() if folder.is_dir()))


def raw(name: str) -> dict[str, Json]:
    """Return what `expected.yaml` says, as it stands there."""
    found: dict[str, Json] = yaml.safe_load((PAIRS / name / "expected.yaml").read_text(encoding="utf-8"))
    return found


@functools.cache
def pair(name: str) -> Pair:
    """Read a pair."""
    said = raw(name)
    return Pair(
        name=name,
        old=document(_side(name, "old")),
        new=document(_side(name, "new")),
        forward=_direction(said["forward"]),
        backward=_direction(said["backward"]),
        harmless=said["harmless"],
        why=said["why"],
    )


def _side(name: str, side: str) -> Path:
    (found,) = (PAIRS / name).glob(f"{side}.*")
    return found


def _direction(said: Mapping[str, Json]) -> Direction:
    verdict, values = said["verdict"], said.get("values")
    return Direction(
        verdicts=tuple(verdict) if isinstance(verdict, list) else (verdict,),
        rules=tuple(tuple(rule) if isinstance(rule, list) else (rule,) for rule in said["rules"]),
        witness=said.get("witness"),
        values=tuple(values) if values is not None else (said["value"],) if "value" in said else (),
    )


@functools.cache
def changes(name: str, direction: str) -> tuple[Change, ...]:
    """Return what the engine finds in one direction of a pair."""
    return compare(*pair(name).documents(direction))


def worst(found: tuple[Change, ...]) -> str:
    """Return the worst verdict of changes, as `expected.yaml` names it."""
    seen = {str(change.verdict) for change in found if change.rule not in SILENT}
    return next((verdict for verdict in VERDICTS if verdict in seen), "none")


def directions() -> Iterator[tuple[str, str]]:
    """Yield each pair's name with each direction."""
    return itertools.product(names(), ("forward", "backward"))
