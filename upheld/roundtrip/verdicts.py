"""What the trials have to say: faults of the client, and how much of what the check saw it met."""

from collections.abc import Iterator, Mapping, Sequence

from upheld.model import Contract, Exchange, Fault, Location, RoundTrip, Tally, Unseen
from upheld.roundtrip.script import Failing, Failure, Outcome, Told, Way
from upheld.roundtrip.select import Goal, Selection, key

Trials = Sequence[Outcome]

PROMISED: Mapping[Failing, str] = {
    Failing.SENDS: "the client says every request that the docs call valid",
    Failing.TYPES: "the client types every documented answer",
    Failing.UNDOCUMENTED: "the app answers only what is documented",
    Failing.RAISES: "the client raises its documented errors",
}


def faults(trials: Trials, selection: Selection, root: str) -> Iterator[tuple[Fault, Exchange]]:
    """Yield what is wrong with the client, one for each operation, status and kind, with the first exchange."""
    seen = set[tuple[str, int | None, Failing]]()
    for failure, exchange, outcome, where in _failures(trials, selection):
        label = exchange.operation.label
        mark = (label, failure.status, failure.kind)
        if mark in seen:
            continue
        seen.add(mark)
        yield (
            Fault(
                f"{failure.message}{where}",
                status=failure.status,
                location=_place(outcome, label, root),
                documented=PROMISED[failure.kind],
                observed=failure.message,
                name=failure.kind,
            ),
            exchange,
        )


def _failures(trials: Trials, selection: Selection) -> Iterator[tuple[Failure, Exchange, Outcome, str]]:
    for outcome in trials:
        for place, failure in outcome.spares:
            yield failure, selection.spared[place], outcome, ""
        for told, exchange, clean in zip(outcome.told, selection.chosen, selection.clean, strict=True):
            for failure in told.failures:
                # What the check has said of the app's answer is not said of the client as well.
                if clean or failure.kind is Failing.SENDS or told.status != exchange.status:
                    yield failure, exchange, outcome, f" ({outcome.mode})"


def _place(outcome: Outcome, label: str, root: str) -> Location | None:
    found = outcome.places.get(label)
    if found is None:
        return None
    path, line, code = found
    return Location(path=path.removeprefix(f"{root}/"), line=line, code=code)


def round_trip(trials: Trials, selection: Selection, contract: Contract) -> RoundTrip:
    """Count what every trial met of what the check saw."""
    met = [_met(outcome.told, selection) for outcome in trials]
    called = [_called(outcome.told, selection) for outcome in trials]
    everywhere = [goal for goal in selection.goals if all(goal in goals for goals in met)]
    labels = [operation.label for operation in contract.operations]
    missed: dict[str, list[str]] = {}
    for label, under in selection.goals:
        if (label, under) not in everywhere:
            missed.setdefault(label, []).append(under)
    return RoundTrip(
        operations=Tally(documented=len(labels), seen=sum(all(label in some for some in called) for label in labels)),
        responses=Tally(documented=len(selection.goals), seen=len(everywhere)),
        modes=tuple(outcome.mode for outcome in trials),
        missed=tuple(Unseen(operation=label, responses=tuple(missed[label])) for label in labels if label in missed),
        requests=sum(bool(one.status) for outcome in trials for one in outcome.told),
    )


def _met(told: Sequence[Told], selection: Selection) -> set[Goal]:
    return {
        (exchange.operation.label, under)
        for one, exchange in zip(told, selection.chosen, strict=True)
        if (under := key(exchange.operation, one.status)) is not None and shows(one)
    }


def shows(one: Told) -> bool:
    """Whether an answer was met as it is to be: a success by a call of the method, an error in either way."""
    return bool(one.status) and not one.failures and (one.way is Way.CALLED or not 200 <= one.status < 300)


def _called(told: Sequence[Told], selection: Selection) -> set[str]:
    return {
        exchange.operation.label
        for one, exchange in zip(told, selection.chosen, strict=True)
        if one.way is Way.CALLED and not one.failures and exchange.operation.succeeds(one.status)
    }
