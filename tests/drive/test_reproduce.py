"""What it takes to see a finding again: alone, after the fewest others, or not at all."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.build import exchange, operation, request
from upheld.drive import reproduce
from upheld.drive.reproduce import Reproducer
from upheld.drive.rerun import Script, Shown
from upheld.model import Exchange, Fault, Operation, Reproduced, Retold, Sought

SOUGHT = Sought(rule="undocumented-status", status=409, location=None, level=None)
FAULT = Fault("answered 409", status=409)
KEY = ("undocumented-status", "POST /books", 409)
JSON = (("content-type", "application/json"),)
LIST, CREATE, REMOVE = (
    operation(path="/books"),
    operation(method="POST", path="/books"),
    operation(method="DELETE", path="/books/{book_id}"),
)
Holds = Callable[[list[str]], bool]
"""Whether the last of some requests shows what is sought, each as `METHOD target`."""


def sent(of: Operation, target: str | None = None, status: int = 200, **answer: object) -> Exchange:
    one = request(of.method, target or of.path)
    return exchange(operation=of, request=one, status=status, body=json.dumps(answer).encode() if answer else b"")


class App:
    """Stands for the fresh copies: a script shows what is sought where `holds` says so."""

    def __init__(self, holds: Holds, *, whole: bool = True) -> None:
        self.holds, self.whole = holds, whole
        self.scripts: list[list[str]] = []

    def __call__(self, script: Script) -> Shown | None:
        lines = [f"{step.request.method} {step.request.target}" for step in script.steps]
        if script.sought is None:
            return Shown(keys=frozenset({KEY} if self.whole else ()))
        self.scripts.append(lines)
        fault = FAULT if self.holds(lines) else None
        return Shown(requests=tuple(step.request for step in script.steps), fault=fault)


def found(app: App, history: list[Exchange], smallest: int = -1, first: int = -1) -> Reproduced | None:
    return Reproducer(app, history, seconds=0.0)(SOUGHT, history[smallest], history[first])


def lines(again: Reproduced | None) -> list[str]:
    assert again is not None
    return [f"{one.request.method} {one.request.target}" for one in (*again.after, again.request)]


CROWD = [sent(LIST, f"/books?page={number}") for number in range(20)]
HISTORIES: dict[str, tuple[list[Exchange], Holds, list[str]]] = {
    "alone": ([*CROWD, sent(CREATE, status=409)], lambda asked: asked[-1:] == ["POST /books"], ["POST /books"]),
    "the same before": (
        [sent(CREATE), *CROWD, sent(CREATE, status=409)],
        lambda asked: asked.count("POST /books") > 1,
        ["POST /books"] * 2,
    ),
    "a limit": (
        [*CROWD, *[sent(CREATE)] * 9, sent(CREATE, status=409)],
        lambda asked: asked.count("POST /books") > 5,
        ["POST /books"] * 6,
    ),
    "a change elsewhere": (
        [*CROWD, sent(operation(method="PUT", path="/mode")), *CROWD, sent(CREATE, status=409)],
        lambda asked: "PUT /mode" in asked,
        ["PUT /mode", "POST /books"],
    ),
    "a reading elsewhere": (
        [*CROWD, sent(CREATE, status=409)],
        lambda asked: "GET /books?page=3" in asked,
        ["GET /books?page=3", "POST /books"],
    ),
    "what was created": (
        [sent(CREATE, id=7), sent(CREATE, id=8), *CROWD, sent(REMOVE, "/books/8", status=409)],
        lambda asked: asked[-1] == "DELETE /books/8" and "POST /books" in asked,
        ["POST /books", "DELETE /books/8"],
    ),
    "twice of what was created": (
        [
            sent(CREATE, id=7),
            sent(REMOVE, "/books/7"),
            sent(CREATE, id=8),
            *[sent(REMOVE, f"/books/{number}", status=404) for number in range(40, 80)],
            sent(REMOVE, "/books/8"),
            *[sent(REMOVE, f"/books/{number}", status=404) for number in range(40, 80)],
            sent(REMOVE, "/books/8", status=409),
        ],
        lambda asked: asked.count("DELETE /books/8") > 1 and "POST /books" in asked,
        ["POST /books", "DELETE /books/8", "DELETE /books/8"],
    ),
}


@pytest.mark.parametrize(("history", "holds", "expected"), HISTORIES.values(), ids=HISTORIES)
def test_the_fewest(history: list[Exchange], holds: Holds, expected: list[str]) -> None:
    app = App(holds)
    again = found(app, history)
    assert expected == lines(again)
    assert again is not None
    assert (FAULT, False) == (again.fault, again.flaky)
    assert len(app.scripts) <= reproduce.SCRIPTS_MOST


def test_what_was_given_out_is_told() -> None:
    history = [sent(CREATE, id=8), sent(REMOVE, "/books/8", status=409)]
    again = found(App(lambda asked: len(asked) > 1), history)
    assert again is not None
    assert ("/books/{id from POST /books}", "/books/8") == (again.request.target, again.request.request.target)


def test_the_plainest_stands_for_its_like() -> None:
    long, short = sent(CREATE, "/books?title=Orlando&pages=328"), sent(CREATE, "/books?title=a")
    history = [short, long, sent(LIST, status=409)]
    again = found(App(lambda asked: any("title" in line for line in asked[:-1])), history)
    assert ["POST /books?title=a", "GET /books"] == lines(again)


def test_a_smaller_one_counts_if_a_fresh_app_shows_it() -> None:
    long, short = request(target="/books?limit=12345"), request(target="/books?limit=0")
    for holds, expected in ((True, short), (False, long)):

        def ask(script: Script, holds: bool = holds) -> Shown:
            shown = script.most or holds
            return Shown(
                requests=(script.steps[-1].request,),
                fault=FAULT if shown else None,
                smaller=short if script.most else None,
            )

        one = exchange(operation=LIST, request=long, status=409)
        again = Reproducer(ask, [one], seconds=0.0)(SOUGHT, one, one)
        assert again is not None
        assert expected == again.request.request


FLAKY: dict[str, tuple[bool, float, Reproduced | None]] = {
    "lost": (False, 1.0, Reproduced(request=Retold(request=request("POST", "/books")), flaky=True)),
    "still there": (True, 1.0, Reproduced(request=Retold(request=request("POST", "/books")))),
    "too long to repeat": (False, 1000.0, None),
}


@pytest.mark.parametrize(("whole", "seconds", "expected"), FLAKY.values(), ids=FLAKY)
def test_flaky(whole: bool, seconds: float, expected: Reproduced | None) -> None:
    history = [*CROWD, sent(CREATE, status=409)]
    reproducer = Reproducer(App(lambda _: False, whole=whole), history, seconds=seconds)
    assert expected == reproducer(SOUGHT, history[-1], history[-1])
    assert (expected is None) is bool(reproducer.not_repeated)


def test_what_cannot_be_asked_again_is_left_as_it_was() -> None:
    one = sent(CREATE, status=409)
    assert None is Reproducer(lambda _: None, [one], seconds=0.0)(SOUGHT, one, one)


@pytest.mark.parametrize("how", ["timed_out", "cut"])
def test_what_took_its_time_is_not_asked_again(how: str) -> None:
    app = App(lambda _: True)
    one = replace(sent(CREATE, status=409), **{how: True})  # type: ignore[arg-type]  # a flag
    assert None is found(app, [one])
    assert [] == app.scripts


def test_the_number_of_scripts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reproduce, "SCRIPTS_ALL", 5)
    history = [*CROWD, sent(CREATE, status=409)]
    app = App(lambda _: False)
    again = Reproducer(app, history, seconds=0.0)
    for _ in range(3):
        again(SOUGHT, history[-1], history[-1])
    assert len(app.scripts) <= 5


def test_secrets_are_handed_on() -> None:
    def ask(_: Script) -> Shown:
        return Shown(requests=(one.request,), fault=FAULT, secrets=frozenset({"hunter22"}))

    one = sent(CREATE, status=409)
    again = Reproducer(ask, [one], seconds=0.0)
    again(SOUGHT, one, one)
    assert {"hunter22"} == again.secrets
