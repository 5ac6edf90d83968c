"""One way through the code, as a list of choices; and the search over all of them, what is new first."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from upheld.model import ClaimKind, Location, Where
from upheld.source.operations import key
from upheld.source.solve import Condition
from upheld.source.values import Known, Value

STEPS_MOST = 6_000
"""How many expressions one way may have."""
TRIES_MOST = 4
"""How many ways that cannot be gone are tried for one turn."""

Place = tuple[object, ...]


class TooLongError(Exception):
    """A way is longer than will be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Something that was met on a way."""

    kind: ClaimKind
    location: Location
    status: int | None = None
    where: tuple[str | int, ...] = ()
    what: str = ""


@dataclass(slots=True, eq=False)
class Path:
    """What is chosen, asked and met on one way."""

    prefix: tuple[int, ...] = ()
    taken: list[tuple[Place, int, int]] = field(default_factory=list)
    """Each fork: its place, how many ways lead on, and which one was taken."""
    conditions: list[Condition] = field(default_factory=list)
    decided: dict[object, bool] = field(default_factory=dict)
    open: bool = False
    """Whether a fork depends on more than the request."""
    lost: bool = False
    """Whether something on the way could not be followed."""
    met: list[tuple[Sight, int, bool]] = field(default_factory=list)
    """With how many conditions came before, and whether it was open by then."""
    followed: set[ast.AST] = field(default_factory=set)
    """The functions that were run."""
    asked: set[str] = field(default_factory=set)
    """The attributes that something unknown was asked for."""
    words: dict[tuple[str, str], None] = field(default_factory=dict)
    """The texts that something stored was compared with, each with its name there."""
    made: dict[Where, Value] = field(default_factory=dict)
    """What validators have made of members of the request."""
    kinds: dict[Where, type] = field(default_factory=dict)
    """Which of several classes members of the request are."""
    promised: set[type] = field(default_factory=set)
    """The project's classes of which a type says that something unknown is one, or of a class below."""
    steps: int = 0

    def step(self) -> None:
        """Count one expression. Errors: TooLongError."""
        self.steps += 1
        if self.steps > STEPS_MOST:
            raise TooLongError

    def choose(self, place: Place, ways: int = 2) -> int:
        """Return which of several ways is taken at a fork."""
        at = len(self.taken)
        chosen = self.prefix[at] if at < len(self.prefix) else 0
        self.taken.append((place, ways, chosen))
        return chosen

    def decide(self, condition: Value, place: Place) -> bool:
        """Return whether a condition on the request holds on this way; false where it was not chosen otherwise."""
        if isinstance(condition, Known):
            return bool(condition.value)
        same = key(condition)
        if same not in self.decided:
            outcome = bool(self.choose(place))
            self.decided[same] = outcome
            self.conditions.append((condition, outcome))
        return self.decided[same]

    def fork(self, place: Place, ways: int = 2) -> int:
        """Return which way is taken where more than the request decides."""
        self.open = True
        return self.choose(place, ways)

    def meet(self, sight: Sight) -> None:
        """Remember something that was met."""
        self.met.append((sight, len(self.conditions), self.open))


def explore(run: Callable[[Path], bool], most: int, again: int) -> Iterator[tuple[Path, bool, bool]]:
    """Yield ways that a program can take: whether each took a fork as none before, and whether no fork is left.

    What is new goes first; `again` bounds how many ways only combine what is known. `run` tells whether a way can be
    gone at all: what only a way that cannot be gone has shown is tried on others.
    """
    waiting: list[tuple[tuple[int, ...], tuple[Place, int] | None]] = [((), None)]
    seen: set[tuple[Place, int]] = set()
    tried: dict[tuple[Place, int], int] = {}
    for _ in range(most):
        at = next((at for at, (_, turn) in enumerate(waiting) if turn is None or turn not in seen), None)
        if at is None:
            again -= 1
            if again < 0 or not waiting:
                return
        prefix, turn = waiting.pop(at or 0)
        path = Path(prefix)
        if run(path):
            seen.update((place, chosen) for place, _, chosen in path.taken)
        elif turn is not None:
            tried[turn] = tried.get(turn, 0) + 1
            if tried[turn] >= TRIES_MOST:
                seen.add(turn)
        choices = tuple(chosen for _, _, chosen in path.taken)
        for position in range(len(prefix), len(path.taken)):
            place, ways, chosen = path.taken[position]
            waiting += [((*choices[:position], other), (place, other)) for other in range(ways) if other != chosen]
        yield path, at is not None, all(turn in seen for _, turn in waiting)
