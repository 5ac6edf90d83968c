"""Asks within the budget, and remembers what was asked and what was accepted."""

from collections.abc import Iterable, Iterator

from upheld.drive.anew import Keys
from upheld.drive.rank import ranked
from upheld.drive.raw import carries_other
from upheld.drive.seen import Seen
from upheld.model import Exchange, Operation, Request

VALID_KEPT = 24
"""How many requests of an operation are remembered."""
Ask = tuple[Operation, Request]


class Asker:
    """What all that plans requests of one check has in common."""

    def __init__(self, operations: Iterable[Operation], budget: int, keys: Keys) -> None:
        """Take the operations, how many requests each may get, and what renews idempotency keys."""
        self.operations = ranked(operations)
        self._keys = keys
        self.budget = budget
        self.share = 1.0
        """The part of the budget that may be spent by now."""
        self.valid: dict[str, list[Request]] = {o.label: [] for o in self.operations}
        """By label, drawn requests that keep the docs, signed in."""
        self.accepted: dict[str, list[Request]] = {o.label: [] for o in self.operations}
        """By label, requests that keep the docs and were accepted."""
        self.files: dict[str, list[Request]] = {o.label: [] for o in self.operations}
        """By label, requests that upload a file, one of each kind."""
        self.count: dict[str, int] = {o.label: 0 for o in self.operations}
        """By label, how many requests were asked for."""
        self.seen = Seen()
        self.last: Exchange | None = None
        """The answer to the request yielded last."""
        self._sent: dict[str, set[Request]] = {o.label: set() for o in self.operations}
        self._given_up: set[str] = set()

    def take(self, exchange: Exchange) -> None:
        """Learn from the answer to the request yielded last."""
        self.last = exchange
        self.seen.add(exchange)
        accepted = self.accepted[exchange.operation.label]
        succeeded = exchange.operation.succeeds(exchange.status) and exchange.seen.quirk is None
        if succeeded and len(accepted) < VALID_KEPT and _may_keep(exchange):
            accepted.append(exchange.request)

    def give_up(self, operation: Operation) -> None:
        """Ask no more of an operation: it hangs."""
        self._given_up.add(operation.label)

    def ask(
        self, operation: Operation, request: Request, *, again: bool = False, share: float | None = None
    ) -> Iterator[Ask]:
        """Yield a request unless the budget is spent or, but for `again`, it was sent before."""
        label = operation.label
        if label in self._given_up or self.spent(operation, share):
            return
        if not again:
            if request in self._sent[label]:
                return
            self._sent[label].add(request)
        self.count[label] += 1
        yield operation, request

    def spent(self, operation: Operation, share: float | None = None) -> bool:
        """Return whether an operation has had what it may have had by now."""
        return self.count[operation.label] >= self.budget * (share or self.share)

    def again(self, operation: Operation, request: Request) -> Iterator[Ask]:
        """Yield a request whether or not it was sent before, to be taken for another one; `succeeded` is about it."""
        self.last = None
        yield from self.ask(operation, self._keys.renewed(request, operation), again=True)

    @property
    def status(self) -> int:
        """The status of the last answer, 0 where there is none."""
        return self.last.status if self.last is not None else 0

    def succeeded(self) -> bool:
        """Return whether the request yielded last was asked and answered with a 2xx."""
        return self.last is not None and 200 <= self.last.status < 300

    def files_taken(self, operation: Operation) -> list[Request]:
        """Return what uploads files of the kinds that were accepted; of all kinds where none was."""
        files, accepted = self.files[operation.label], self.accepted[operation.label]
        return [request for request in files if request in accepted] or files


def _may_keep(exchange: Exchange) -> bool:
    """Return whether a request keeps the docs, as far as its body can be judged, and is no longer than it need be."""
    if exchange.request.padding is not None:
        return False
    if exchange.violations is None:
        return carries_other(exchange.request, exchange.operation)
    return exchange.violations == ()
