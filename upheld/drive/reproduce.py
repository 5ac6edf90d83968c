"""Finds out what it takes to see a finding again in a fresh app: one request alone, or the shortest run-up to it."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from upheld.drive.links import Link, Links, source, stands, told
from upheld.drive.rerun import Key, Script, Shown, Step
from upheld.model import Exchange, Reproduced, Request, Retold, Sought

SHRINK_MOST = 40
"""How many requests may be spent on making one smaller."""
SCRIPTS_MOST = 40
"""How many scripts are sent for one finding."""
SCRIPTS_ALL = 400
"""How many are sent for all of them."""
ENOUGH_S = 30.0
"""No more is sent again after that long; and a run that took longer is not repeated as a whole."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_LAST = (1, 2, 4, 8, 16, 32)

Ask = Callable[[Script], Shown | None]


class Reproducer:
    """Sees findings again; what it sends is the same for the same run."""

    def __init__(self, ask: Ask, history: Sequence[Exchange], *, seconds: float) -> None:
        """Take what sends a script to a fresh app, what was sent and answered in order, and how long that took."""
        self._ask = ask
        self._history = history
        self._places = {id(exchange): place for place, exchange in enumerate(history)}
        self._operations = {exchange.operation.label: exchange.operation for exchange in history}
        self._plainest = _plainest(history)
        self._links: Links | None = None
        self._repeatable = seconds <= ENOUGH_S
        self._whole: frozenset[Key] | None = None
        self._left = SCRIPTS_ALL
        self._until = time.monotonic() + ENOUGH_S
        self._mine = 0
        self._lost: set[tuple[Sought, tuple[Step, ...]]] = set()
        self.not_repeated: set[str] = set()
        """Operations with a finding that could not be sought again to the end: time was over, or the copy failed."""
        self.secrets: set[str] = set()
        """Tokens and the like that the app answered with meanwhile."""

    def __call__(self, sought: Sought, smallest: Exchange, first: Exchange) -> Reproduced | None:
        """Return what it takes to see a finding again; `None` where that could not be told.

        `smallest` and `first` are exchanges that showed it: the one that stands for all, and the earliest.
        """
        if any(exchange.timed_out or exchange.cut for exchange in (smallest, first)):
            return None
        self._mine = SCRIPTS_MOST
        for exchange in dict.fromkeys((smallest, first)):
            if (found := self._alone(exchange, sought)) is not None:
                return found
        for exchange in dict.fromkeys((smallest, first)):
            if (found := self._after(exchange, sought, smallest)) is not None:
                return found
        return self._flaky(sought, smallest)

    def _alone(self, exchange: Exchange, sought: Sought) -> Reproduced | None:
        step = Step(label=exchange.operation.label, request=exchange.request)
        shown = self._shown((step,), sought, most=SHRINK_MOST)
        if shown is None:
            return None
        if shown.smaller is not None:
            again = self._shown((replace(step, request=shown.smaller),), sought)
            shown = again if again is not None else shown
        return self._reproduced((step,), shown)

    def _after(self, exchange: Exchange, sought: Sought, smallest: Exchange) -> Reproduced | None:
        here = self._places[id(exchange)]
        tried: set[tuple[int, ...]] = {()}
        for chosen in self._run_ups(exchange, here):
            if chosen in tried:
                continue
            tried.add(chosen)
            if self._shown(self._steps((*chosen, here)), sought) is not None:
                return self._least(self._shortest(chosen, here, sought), here, sought, smallest)
        return None

    def _least(self, chosen: tuple[int, ...], here: int, sought: Sought, smallest: Exchange) -> Reproduced | None:
        """Make the requests smaller once their number is least: the plainest ones instead, then the last one."""
        steps = self._steps((*chosen, here))
        label = smallest.operation.label
        for tame in (
            tuple(self._tamed(step, smallest.request if step.label == label else None) for step in steps),
            (*map(self._tamed, steps[:-1]), steps[-1]),
        ):
            if steps != tame and self._shown(tame, sought) is not None:
                steps = tame
                break
        shown = self._shown(steps, sought, most=SHRINK_MOST)
        if shown is not None and shown.smaller is not None:
            operation = self._operations[steps[-1].label]
            links = tuple(link for link in steps[-1].links if stands(link, shown.smaller, operation))
            smaller = (*steps[:-1], replace(steps[-1], request=shown.smaller, links=links))
            if (again := self._shown(smaller, sought)) is not None:
                steps, shown = smaller, again
        return self._reproduced(steps, shown) if shown is not None else None

    def _run_ups(self, exchange: Exchange, here: int) -> Iterator[tuple[int, ...]]:
        """Yield places of earlier requests that may be what it takes, the fewest first."""
        needed = self._needed({here})
        makers = {link.producer for link in self._linked(here)}
        kin = [p for p in range(here) if makers and makers & {link.producer for link in self._linked(p)}]
        yield tuple(sorted(needed))
        label = exchange.operation.label
        alike = [place for place in range(here) if self._history[place].operation.label == label]
        equal = [place for place in alike if self._history[place].request == exchange.request]
        changed = [p for p in range(here) if _changed(self._history[p])]
        for pool in (kin, changed, equal, alike):
            for count in _LAST:
                if pool:
                    yield tuple(sorted(self._needed({here, *pool[-count:]}) | {*pool[-count:]}))
                if count >= len(pool):
                    break
        yield tuple(changed)
        yield tuple(range(here))

    def _needed(self, places: set[int]) -> set[int]:
        """Return the places of what made the values that the requests at some places name, and so on."""
        needed: set[int] = set()
        waiting = list(places)
        while waiting:
            for link in self._linked(waiting.pop()):
                if link.producer not in needed:
                    needed.add(link.producer)
                    waiting.append(link.producer)
        return needed - places

    def _linked(self, place: int) -> tuple[Link, ...]:
        if self._links is None:
            self._links = Links(self._history)
        return self._links.of(self._history[place], place)

    def _shortest(self, chosen: tuple[int, ...], here: int, sought: Sought) -> tuple[int, ...]:
        """Leave out parts, ever smaller ones, as long as the finding stays (Zeller's ddmin, complements alone)."""
        parts = 2
        while chosen:
            length = -(-len(chosen) // parts)
            for begin in range(0, len(chosen), length):
                rest = chosen[:begin] + chosen[begin + length :]
                if self._shown(self._steps((*rest, here)), sought) is not None:
                    chosen, parts = rest, max(parts - 1, 2)
                    break
            else:
                if length == 1:
                    break
                parts = min(2 * parts, len(chosen))
        return chosen

    def _tamed(self, step: Step, request: Request | None = None) -> Step:
        """Return a step with the plainest request of its operation that was accepted, or the one given."""
        if step.links:
            kept = tuple(pair for pair in step.request.headers if pair[0] != "content-type" or step.request.body)
            return replace(step, request=replace(step.request, headers=kept))
        return replace(step, request=request or self._plainest.get(step.label, step.request))

    def _steps(self, places: tuple[int, ...]) -> tuple[Step, ...]:
        at = {place: position for position, place in enumerate(places)}
        return tuple(
            Step(
                label=self._history[place].operation.label,
                request=self._history[place].request,
                links=tuple(
                    replace(link, producer=at[link.producer]) for link in self._linked(place) if link.producer in at
                ),
            )
            for place in places
        )

    def _shown(self, steps: tuple[Step, ...], sought: Sought, *, most: int = 0) -> Shown | None:
        key = (sought, steps)
        if key in self._lost:
            return None
        if self._left <= 0 or self._mine <= 0 or time.monotonic() > self._until:
            return None
        self._left -= 1
        self._mine -= 1
        shown = self._ask(Script(steps=steps, sought=sought, most=most))
        if shown is None or shown.fault is None:
            self._lost.add(key)
            return None
        self.secrets |= shown.secrets
        return shown

    def _flaky(self, sought: Sought, smallest: Exchange) -> Reproduced | None:
        """Say whether the whole run, repeated, loses the finding."""
        if self._whole is None and self._repeatable:
            self._repeatable = False
            shown = self._ask(Script(steps=self._steps(tuple(range(len(self._history)))), sought=None))
            self._whole = shown.keys if shown is not None else None
        if self._whole is None:
            self.not_repeated.add(smallest.operation.label)
            return None
        if (sought.rule, smallest.operation.label, sought.status) not in self._whole:
            return Reproduced(request=Retold(request=smallest.request), flaky=True)
        here = self._places[id(smallest)]
        steps = self._steps((*sorted(self._needed({here})), here))
        return self._reproduced(steps, Shown(requests=tuple(step.request for step in steps)))

    def _reproduced(self, steps: tuple[Step, ...], shown: Shown) -> Reproduced:
        retold = [self._retold(step, request, steps) for step, request in zip(steps, shown.requests, strict=True)]
        return Reproduced(request=retold[-1], after=tuple(retold[:-1]), fault=shown.fault)

    def _retold(self, step: Step, request: Request, steps: tuple[Step, ...]) -> Retold:
        if not step.links:
            return Retold(request=request)
        sources = {link.where: source(link, self._operations[steps[link.producer].label]) for link in step.links}
        shown = told(request, self._operations[step.label], sources)
        return Retold(request=request, target=shown.target, body=shown.body)


def _changed(exchange: Exchange) -> bool:
    """Return whether an exchange may have changed something."""
    return exchange.request.method not in _SAFE and 200 <= exchange.status < 300


def _plainest(history: Sequence[Exchange]) -> dict[str, Request]:
    """Return the shortest request of each operation that keeps the docs and was accepted."""
    found: dict[str, Request] = {}
    for exchange in history:
        if 200 <= exchange.status < 300 and exchange.violations == ():
            known = found.setdefault(exchange.operation.label, exchange.request)
            if _length(exchange.request) < _length(known):
                found[exchange.operation.label] = exchange.request
    return found


def _length(request: Request) -> tuple[int, str]:
    headers = sum(len(name) + len(value) for name, value in request.headers)
    return len(request.target) + request.body_bytes + headers, request.target
