"""Faults once for each operation, status and kind; and what every trial met."""

from tests.build import contract, exchange, operation, request
from upheld.model import Exchange, Location, RoundTrip, Tally, Unseen
from upheld.roundtrip.script import Failing, Failure, Mode, Outcome, Told, Way
from upheld.roundtrip.select import Selection
from upheld.roundtrip.verdicts import faults, round_trip

BOOK = operation("200 404")
BOOKS = operation("201", method="POST", path="/books")
LABEL, ADD = BOOK.label, BOOKS.label
TYPES = Failure(kind=Failing.TYPES, message="get_book() returned what is mistyped", status=200)
SENDS = Failure(kind=Failing.SENDS, message="get_book() cannot say it")
OTHER = Failure(kind=Failing.UNDOCUMENTED, message="get_book() raised UndocumentedResponse", status=500)


def _got(status: int) -> Exchange:
    return exchange(operation=BOOK, status=status)


ADDED = exchange(operation=BOOKS, status=201, request=request("POST", "/books"))


def _selection(*chosen: Exchange, clean: tuple[bool, ...] = (), spared: tuple[Exchange, ...] = ()) -> Selection:
    goals = dict.fromkeys((one.operation.label, f"{one.status}") for one in chosen)
    return Selection(
        steps=(), chosen=chosen, clean=clean or (True,) * len(chosen), spares=(), spared=spared, goals=tuple(goals)
    )


def _told(status: int, *failures: Failure, way: Way = Way.CALLED) -> Told:
    return Told(status=status, way=way, failures=failures)


def _outcome(*told: Told, mode: Mode = Mode.PROCESS_SYNC, spares: tuple[tuple[int, Failure], ...] = ()) -> Outcome:
    places = {LABEL: ("/shop/generated/client.py", 7, "def get_book(self)")}
    return Outcome(mode=mode, told=told, spares=spares, places=places)


def test_once_for_each_status_and_kind() -> None:
    selection = _selection(_got(200), _got(200), _got(404))
    trials = [
        _outcome(_told(200, TYPES), _told(200, TYPES), _told(500, OTHER)),
        _outcome(_told(200, TYPES), _told(200, SENDS), _told(404), mode=Mode.HTTP_SYNC),
    ]
    found = list(faults(trials, selection, "/shop"))
    assert [
        (200, "get_book() returned what is mistyped (in process, sync)", selection.chosen[0]),
        (500, "get_book() raised UndocumentedResponse (in process, sync)", selection.chosen[2]),
        (None, "get_book() cannot say it (over HTTP, sync)", selection.chosen[1]),
    ] == [(fault.status, fault.message, seen) for fault, seen in found]
    assert Location(path="generated/client.py", line=7, code="def get_book(self)") == found[0][0].location


def test_spares() -> None:
    seen = _got(200)
    trials = [_outcome(spares=((0, TYPES),))]
    found = list(faults(trials, _selection(spared=(seen,)), "/shop"))
    assert [("get_book() returned what is mistyped", seen)] == [(fault.message, one) for fault, one in found]


def test_what_the_check_has_said() -> None:
    selection = _selection(_got(500), _got(200), clean=(False, False))
    assert [] == list(faults([_outcome(_told(500, OTHER), _told(200, TYPES))], selection, "/shop"))
    assert ["get_book() raised UndocumentedResponse (in process, sync)", "get_book() cannot say it (in process, sync)"] == [
        fault.message for fault, _ in faults([_outcome(_told(500), _told(500, OTHER, SENDS))], selection, "/shop")
    ]  # fmt: skip


def test_a_method_that_is_not_there_has_no_place() -> None:
    outcome = Outcome(mode=Mode.HTTP_SYNC, told=(_told(0, SENDS, way=Way.HANDED),))
    assert [None] == [fault.location for fault, _ in faults([outcome], _selection(_got(200)), "/shop")]


def test_met_is_what_every_trial_met() -> None:
    selection = _selection(ADDED, _got(200), _got(404))
    trials = [
        _outcome(_told(201), _told(200), _told(404)),
        _outcome(_told(201), _told(404), _told(404), mode=Mode.HTTP_SYNC),
    ]
    assert round_trip(trials, selection, contract(BOOK, BOOKS)) == RoundTrip(
        operations=Tally(documented=2, seen=1),
        responses=Tally(documented=3, seen=2),
        modes=("in process, sync", "over HTTP, sync"),
        requests=6,
        missed=(Unseen(operation=LABEL, responses=("200",)),),
    )


def test_what_counts_as_met() -> None:
    selection = _selection(ADDED, _got(404), _got(200))
    outcome = _outcome(_told(201, way=Way.HANDED), _told(404, way=Way.HANDED), _told(200, TYPES))
    found = round_trip([outcome], selection, contract(BOOK, BOOKS))
    assert (Tally(documented=2, seen=0), Tally(documented=3, seen=1)) == (found.operations, found.responses)
    assert found.missed == (Unseen(operation=LABEL, responses=("200",)), Unseen(operation=ADD, responses=("201",)))


def test_what_was_left_out_is_no_request() -> None:
    selection = _selection(_got(200), _got(200))
    outcome = _outcome(_told(200), _told(0, way=Way.LEFT_OUT))
    assert round_trip([outcome], selection, contract(BOOK)).requests == 1
