"""Counts what a check covered, and what the framework did by itself meanwhile."""

from upheld import framework
from upheld.model import Contract, Credentials, Exchange, Note, Tally, Unseen, UpheldError
from upheld.settings import Settings
from upheld.witness import Mask


class Tallies:
    """What exchanges have in common, added one by one."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._answered: set[str] = set()
        self._responses: set[tuple[str, str]] = set()
        self._quirks: dict[str, set[str]] = {}
        self._requests = 0
        self._turned_away: dict[str, int] = {}
        self.tokens: set[str] = set()
        """What requests were signed in with."""
        self.not_repeated: set[str] = set()
        """Operations with findings that were not seen again, and for which nobody knows whether they would be."""
        self.refused = ""
        """Which connections were refused, and where, in words."""

    def add(self, exchange: Exchange) -> None:
        """Count one exchange."""
        operation = exchange.operation
        label = operation.label
        self._requests += 1
        if exchange.request.credentials is Credentials.GIVEN:
            self.tokens.add((exchange.request.header("authorization") or "").rpartition(" ")[2])
        if exchange.seen.quirk in framework.TURNED_AWAY:
            self._turned_away[exchange.seen.quirk] = self._turned_away.get(exchange.seen.quirk, 0) + 1
        if exchange.status:
            self._answered.add(label)
            key = operation.covering(exchange.status)
            if key is not None:
                self._responses.add((label, key))
        if exchange.seen.quirk is not None:
            self._quirks.setdefault(exchange.seen.quirk, set()).add(label)
        elif (
            exchange.violations and operation.succeeds(exchange.status) and all(v.lenient for v in exchange.violations)
        ):
            self._quirks.setdefault("lax-conversion", set()).add(label)
        if exchange.seen.refused:
            self._quirks.setdefault("network-refused", set()).add(label)
        if exchange.violations == () and exchange.seen.refusals and all(r.bare for r in exchange.seen.refusals):
            self._quirks.setdefault("bare-refusal", set()).add(label)

    def require_a_way_in(self, url: str | None, settings: Settings) -> None:
        """Say that nothing could be told where a middleware turned every request away. Errors: UpheldError."""
        for quirk in framework.TURNED_AWAY:
            if self._requests and self._turned_away.get(quirk) == self._requests:
                what = framework.message(quirk)
                if url is not None:
                    what = f"{what.partition(':')[0]}, expected a URL that the app is called by; give another to --url"
                    raise UpheldError(f"{url}: {what}")
                raise UpheldError(f"base_url={settings.base_url!r}: {what}, then run the check again")

    def notes(self, mask: Mask) -> tuple[Note, ...]:
        """Return one note for each thing that the framework, or the check itself, did, by id."""
        if self.not_repeated:
            self._quirks["not-repeated"] = self.not_repeated
        told = {quirk: framework.message(quirk) for quirk in self._quirks}
        if self.refused:  # also while the app was imported or started
            told["network-refused"] = f"{framework.message('network-refused')}: {mask.text(self.refused)}"
        return tuple(
            Note(about=quirk, message=told[quirk], operations=len(self._quirks.get(quirk, ())))
            for quirk in sorted(told)
        )

    def operations(self) -> Tally:
        """Return how many operations answered."""
        return Tally(documented=len(self._contract.operations), seen=len(self._answered))

    def responses(self) -> Tally:
        """Return how many documented responses were seen."""
        documented = sum(len(operation.responses) for operation in self._contract.operations)
        return Tally(documented=documented, seen=len(self._responses))

    def unseen(self) -> tuple[Unseen, ...]:
        """Return the operations with documented responses that were not seen, in the document's order."""
        return tuple(
            Unseen(operation=operation.label, responses=keys)
            for operation in self._contract.operations
            if (keys := tuple(key for key in operation.responses if (operation.label, key) not in self._responses))
        )
