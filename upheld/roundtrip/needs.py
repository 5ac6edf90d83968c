"""Which earlier requests a request needs, so that it is answered alike in an app that nobody has asked anything yet."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from upheld.model import Exchange
from upheld.roundtrip.script import Taken

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ALL_BELOW = 100
"""So many changes are all made again."""
FIRST = 3
"""Of more, so many of each operation, beside those that are needed."""
KIN_MOST = 16
"""So many of those that are about the same thing, the last ones before a request."""
ALIKE_MOST = 100
"""So many of those that a limit has counted."""

Linked = Callable[[Exchange, int], Sequence[Taken]]
"""Says which values of an exchange's request earlier ones were answered with, by their places."""


def changes(exchange: Exchange) -> bool:
    """Whether a request may have changed something that a later one meets."""
    return exchange.request.method not in SAFE and 200 <= exchange.status < 300


def needed(history: Sequence[Exchange], usable: Sequence[int], chosen: Iterable[int], linked: Linked) -> set[int]:
    """Return the places of what has to be asked again before what was chosen, by its places.

    That is every change where they are few; else the first ones of each operation, what gave out the values that a
    chosen request names, and the last changes to the same things. What a limit has counted comes along as well.
    """
    wanted = list(chosen)
    made = [place for place in usable if changes(history[place])]
    found = {place for goal in wanted if history[goal].status == 429 for place in _alike(history, usable, goal)}
    if len(made) <= ALL_BELOW:
        return found | set(made)
    producers = {place: frozenset(one.producer for one in linked(history[place], place)) for place in made}
    counts: dict[str, int] = {}
    for place in made:
        label = history[place].operation.label
        counts[label] = counts.get(label, 0) + 1
        if counts[label] <= FIRST:
            found.add(place)
    waiting = [*wanted, *found]
    seen = set[int]()
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        mine = producers.get(place) or frozenset(one.producer for one in linked(history[place], place))
        needs = {*mine, *_kin(history, made, place, mine if place in wanted else frozenset(), producers)}
        found |= needs
        waiting += needs
    return found


def _kin(
    history: Sequence[Exchange],
    made: Sequence[int],
    place: int,
    mine: frozenset[int],
    producers: dict[int, frozenset[int]],
) -> Iterator[int]:
    """Yield the last changes before a request to the thing that it names, and those that equal it."""
    thing, request, count = _thing(history[place]), history[place].request, 0
    for other in reversed(made):
        if other >= place:
            continue
        equal = history[other].request.body == request.body and history[other].request.target == request.target
        about = thing is not None and _thing(history[other]) == thing
        if equal or about or (mine and mine & producers[other]):
            yield other
            count += 1
            if count >= KIN_MOST:
                return


def _thing(exchange: Exchange) -> str | None:
    """Return the address of what a request names: its path up to the last parameter; `None` where there is none."""
    template = exchange.operation.path
    depth = len(template[: template.rfind("}") + 1].split("/"))
    path = re.split("[?#]", exchange.request.target)[0].split("/")
    return "/".join(path[:depth]) if "}" in template else None


def _alike(history: Sequence[Exchange], usable: Sequence[int], goal: int) -> list[int]:
    label = history[goal].operation.label
    return [place for place in usable if place < goal and history[place].operation.label == label][-ALIKE_MOST:]
