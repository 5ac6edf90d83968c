"""Faults become one finding for each rule, operation, status and line; the smallest request stands for the rest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pytest

from tests.build import exchange, handler, location, operation, request
from upheld.findings import Findings
from upheld.model import (
    Evidence,
    Exchange,
    Fault,
    Finding,
    Json,
    Level,
    Location,
    Operation,
    Reading,
    Reproduced,
    Retold,
    Rule,
    Sighting,
    Sought,
)
from upheld.settings import Settings
from upheld.witness import MASK, Mask

GET, POST = operation(), operation(method="POST")
BASE_URL = "http://127.0.0.1:8000"


def teller(*faults: Fault, level: Level = Level.ERROR) -> Rule:
    """Make a rule that says the same of every exchange."""
    return Rule(level=level, exchange=lambda _: faults)


def finished(found: Findings, mask: Mask | None = None) -> tuple[Finding, ...]:
    return found.finished([GET, POST], mask or Mask(), BASE_URL)


def judged(
    rules: Mapping[str, Rule], *exchanges: Exchange, settings: Settings | None = None, mask: Mask | None = None
) -> tuple[Finding, ...]:
    found = Findings(rules, settings or Settings())
    for one in exchanges:
        found.judge(one)
    return finished(found, mask)


def asked(told: Operation = GET, **overrides: Json) -> Exchange:
    sent = {key: overrides.pop(key) for key in ("target", "body", "headers") if key in overrides}
    return exchange(operation=told, request=request(told.method, **sent), **overrides)


def test_finding() -> None:
    served = operation(handler=handler())
    fault = Fault("odd", status=404, location=location(), documented="200", observed="404")
    (finding,) = judged({"a-rule": teller(fault)}, asked(served, target="/books/0"))
    assert ("a-rule", Level.ERROR, "GET /books/{book_id}", 404, "odd") == (
        finding.rule,
        finding.level,
        finding.operation,
        finding.status,
        finding.message,
    )
    assert (Evidence.OBSERVED, location(), "200", "404", 1, False, None) == (
        finding.evidence,
        finding.location,
        finding.documented,
        finding.observed,
        finding.count,
        finding.flaky,
        finding.fix,
    )
    assert finding.request is not None
    assert "curl -X GET http://127.0.0.1:8000/books/0" == finding.request.curl


KEYS: dict[str, tuple[list[Fault], int]] = {
    "the same": ([Fault("a"), Fault("b")], 1),
    "another status": ([Fault("a", status=200), Fault("a", status=201)], 2),
    "another line": ([Fault("a", location=location()), Fault("a", location=location(line=42))], 2),
    "another file": ([Fault("a", location=location()), Fault("a", location=location(path="b.py"))], 2),
    "a line and none": ([Fault("a", location=location()), Fault("a")], 2),
    "the same line in other words": ([Fault("a", location=location()), Fault("a", location=location(code="x"))], 1),
}


@pytest.mark.parametrize(("faults", "count"), KEYS.values(), ids=KEYS)
def test_what_makes_one_finding(faults: list[Fault], count: int) -> None:
    findings = judged({"a-rule": teller(*faults)}, asked(), asked())
    assert count == len(findings)
    assert 2 * len(faults) == sum(finding.count for finding in findings)


def test_other_operations_and_rules_are_other_findings() -> None:
    assert 4 == len(judged({"a": teller(Fault("x")), "b": teller(Fault("x"))}, asked(GET), asked(POST), asked(GET)))


SMALLER: dict[str, tuple[Exchange, Exchange]] = {
    "a shorter target": (asked(target="/a"), asked(target="/abc")),
    "no body": (asked(), asked(body=b"x")),
    "no headers": (asked(), asked(headers=(("a", "b"),))),
    "fewer headers of the same length": (asked(headers=(("a", "bcd"),)), asked(headers=(("a", "b"), ("c", "d")))),
    "the first in the alphabet": (asked(target="/a"), asked(target="/b")),
    "one that keeps the docs, though it is longer": (asked(target="/abc"), asked(target="/a", violations=None)),
}


@pytest.mark.parametrize(("small", "big"), SMALLER.values(), ids=SMALLER)
def test_the_smallest_request_stands_for_the_rest(small: Exchange, big: Exchange) -> None:
    def check(seen: Exchange) -> Iterator[Fault]:
        yield Fault(f"{seen.request}")

    for order in ((small, big), (big, small)):
        (finding,) = judged({"a": Rule(level=Level.ERROR, exchange=check)}, *order)
        assert (f"{small.request}", 2) == (finding.message, finding.count)
        assert finding.request is not None
        assert small.request.target == finding.request.target


def test_the_worst_stands_for_the_rest() -> None:
    """An error is not hidden behind a warning with a shorter request."""

    def check(seen: Exchange) -> Iterator[Fault]:
        yield Fault("worse" if seen.body else "bad", level=None if seen.body else Level.WARNING)

    long, short = asked(target="/long", body=b"x"), asked(target="/a")
    long = replace(long, body=b"x")
    for order in ((long, short), (short, long)):
        (finding,) = judged({"a": Rule(level=Level.ERROR, exchange=check)}, *order)
        assert ("worse", Level.ERROR) == (finding.message, finding.level)


LEVELS: dict[str, tuple[Level, Level | None, Settings, Level | None]] = {
    "the rule's own": (Level.WARNING, None, Settings(), Level.WARNING),
    "a lower one of the fault": (Level.ERROR, Level.NOTE, Settings(), Level.NOTE),
    "a higher one of the fault does not count": (Level.WARNING, Level.ERROR, Settings(), Level.WARNING),
    "the settings'": (Level.WARNING, None, Settings(levels={"a": Level.ERROR}), Level.ERROR),
    "off": (Level.ERROR, None, Settings(levels={"a": Level.OFF}), None),
    "another rule's": (Level.ERROR, None, Settings(levels={"b": Level.OFF}), Level.ERROR),
    "the operation's": (
        Level.ERROR,
        None,
        Settings(operation_levels={GET.label: {"a": Level.NOTE}}),
        Level.NOTE,
    ),
    "off for the operation": (Level.ERROR, None, Settings(operation_levels={GET.label: {"a": Level.OFF}}), None),
    "off, but for the operation": (
        Level.ERROR,
        None,
        Settings(levels={"a": Level.OFF}, operation_levels={GET.label: {"a": Level.WARNING}}),
        Level.WARNING,
    ),
    "another operation's": (
        Level.ERROR,
        None,
        Settings(operation_levels={POST.label: {"a": Level.OFF}}),
        Level.ERROR,
    ),
}


@pytest.mark.parametrize(("own", "fault", "settings", "expected"), LEVELS.values(), ids=LEVELS)
def test_levels(own: Level, fault: Level | None, settings: Settings, expected: Level | None) -> None:
    findings = judged({"a": teller(Fault("x", level=fault), level=own)}, asked(), settings=settings)
    assert ([] if expected is None else [expected]) == [finding.level for finding in findings]


def test_rules_that_cannot_matter_are_not_asked() -> None:
    heard: list[Exchange] = []

    def check(exchange: Exchange) -> list[Fault]:
        heard.append(exchange)
        return []

    settings = Settings(levels={"a": Level.OFF})
    assert () == judged({"a": Rule(level=Level.ERROR, exchange=check)}, asked(), settings=settings)
    assert [] == heard


def test_secrets_are_masked() -> None:
    fault = Fault("says s3cret", documented="s3cret", observed="s3cret", location=location())
    (finding,) = judged({"a": teller(fault)}, asked(target="/s3cret"), mask=Mask(["s3cret"]))
    assert (f"says {MASK}", MASK, MASK) == (finding.message, finding.documented, finding.observed)
    assert finding.request is not None
    assert f"/{MASK}" == finding.request.target


def test_operations() -> None:
    """An operation's rule hears of all its exchanges, and says which of them stands for it."""
    heard: list[int] = []

    def check(_: Operation, __: Reading, seen: Sequence[Exchange]) -> Iterator[Fault]:
        heard.append(len(seen))
        yield Fault("x", exchange=seen[0] if seen else None)

    found = Findings({"a": Rule(level=Level.ERROR, operation=check), "b": teller(Fault("y"))}, Settings())
    found.judge_operation(GET, Reading(), [asked(target="/1"), asked(target="/2")])
    found.judge_operation(POST, Reading(), [])
    first, second = finished(found)
    assert [2, 0] == heard
    assert first.request is not None
    assert ("/1", Evidence.OBSERVED) == (first.request.target, first.evidence)
    assert (None, Evidence.READ) == (second.request, second.evidence)


def test_the_project_as_a_whole() -> None:
    found = Findings({"stale-contract": Rule(level=Level.ERROR)}, Settings())
    found.add("stale-contract", Fault("x", documented="#/paths/a"))
    found.add("stale-contract", Fault("y", documented="#/paths/b"))
    found.add("stale-contract", Fault("z", documented="#/paths/b"))
    found.add("gone", Fault("x"))
    assert [("x", "", 1), ("y", "", 2)] == [(f.message, f.operation, f.count) for f in finished(found)]


def test_order() -> None:
    """By the contract, then the heaviest first, then by rule, status, line and words."""
    rules = {
        "b": teller(Fault("x", status=404), Fault("x", status=200, location=location()), Fault("x", status=200)),
        "a": teller(Fault("x"), level=Level.WARNING),
        "c": teller(Fault("x")),
    }
    other = operation(method="PATCH")
    findings = judged(rules, asked(POST), asked(other), asked(GET))
    assert ["GET"] * 5 + ["POST"] * 5 + ["PATCH"] * 5 == [finding.operation.split()[0] for finding in findings]
    assert [("b", 200, None), ("b", 200, 41), ("b", 404, None), ("c", None, None), ("a", None, None)] == [
        (finding.rule, finding.status, finding.location.line if finding.location else None) for finding in findings[:5]
    ]


# Places ----------------------------------------------------------------------------------------------------------

LINE, RETURNED, SERVED = location(line=1), location(line=2), handler(location=location(line=3))
PLACED: dict[str, tuple[Location | None, Location | None, Location | None, Operation, Location | None]] = {
    "its own": (location(), LINE, RETURNED, operation(handler=SERVED), location()),
    "the one found by a replay": (None, LINE, RETURNED, operation(handler=SERVED), LINE),
    "the one it returned by": (None, None, RETURNED, operation(handler=SERVED), RETURNED),
    "the handler's": (None, None, None, operation(handler=SERVED), SERVED.location),
    "none": (None, None, None, GET, None),
}


@pytest.mark.parametrize(("own", "found", "returned", "told", "expected"), PLACED.values(), ids=PLACED)
def test_place(
    own: Location | None, found: Location | None, returned: Location | None, told: Operation, expected: Location | None
) -> None:
    findings = Findings({"a": teller(Fault("x", location=own))}, Settings())
    findings.judge(asked(told, seen=Sighting(returned=returned)))
    findings.place(lambda _: found)
    assert [expected] == [finding.location for finding in finished(findings)]


def test_what_turns_out_to_stand_at_one_line_is_one() -> None:
    """The smaller of the two requests stands for both, whichever was placed first."""
    for lines in ({"/a": None, "/long": LINE}, {"/a": LINE, "/long": None}):

        def check(seen: Exchange, lines: dict[str, Location | None] = lines) -> Iterator[Fault]:
            yield Fault("x", location=lines[seen.request.target])

        findings = Findings({"a": Rule(level=Level.ERROR, exchange=check)}, Settings())
        for target in ("/long", "/a", "/long"):
            findings.judge(asked(target=target))
        assert 2 == len(finished(findings))
        findings.place(lambda _: LINE)
        (finding,) = finished(findings)
        assert finding.request is not None
        assert ("/a", 3) == (finding.request.target, finding.count)


def test_what_only_a_comparison_shows_is_not_asked_for_again() -> None:
    sought: list[str] = []
    found = Findings({"a-rule": teller(Fault("one")), "b-rule": teller(Fault("two", compared=True))}, Settings())
    found.judge(asked())
    found.reproduce(lambda told, *_: sought.append(told.rule))
    assert (["a-rule"], 2) == (sought, len(finished(found)))


def test_what_has_no_request_keeps_its_place() -> None:
    findings = Findings({"stale-contract": Rule(level=Level.ERROR)}, Settings())
    findings.add("stale-contract", Fault("x"))
    findings.place(lambda _: LINE)
    assert [None] == [finding.location for finding in finished(findings)]


def test_what_nobody_serves_is_placed_by_its_operation() -> None:
    def check(_: Operation, __: Reading, ___: object) -> Iterator[Fault]:
        yield Fault("x")

    findings = Findings({"a": Rule(level=Level.ERROR, operation=check)}, Settings())
    findings.judge_operation(GET, Reading(), [])
    findings.judge_operation(operation(method="POST", handler=SERVED), Reading(), [])
    findings.place_missing(lambda _: LINE)
    assert [LINE, None] == [finding.location for finding in finished(findings)]


# Fingerprints ----------------------------------------------------------------------------------------------------

SERVED_GET = operation(handler=handler())
FAULT = Fault("odd", status=404, location=location())


def fingerprint(fault: Fault = FAULT, told: Operation = SERVED_GET, rule: str = "a") -> str:
    (finding,) = judged({rule: teller(fault)}, asked(told))
    return finding.fingerprint


SAME = {
    "the line moved": (replace(FAULT, location=location(line=99)), SERVED_GET),
    "the file was renamed": (replace(FAULT, location=location(path="other.py")), SERVED_GET),
    "other words": (replace(FAULT, message="even", observed="x"), SERVED_GET),
    "the module was renamed": (FAULT, operation(handler=handler(qualname="other.get_book"))),
    "the path was renamed": (FAULT, operation(path="/tomes/{id}", handler=handler())),
}
OTHER = {
    "another status": (replace(FAULT, status=403), SERVED_GET),
    "another line of code": (replace(FAULT, location=location(code="raise")), SERVED_GET),
    "no line": (replace(FAULT, location=None), SERVED_GET),
    "another handler": (FAULT, operation(handler=handler(location=location(qualname="put_book")))),
    "no handler": (FAULT, GET),
}


@pytest.mark.parametrize(("fault", "told"), SAME.values(), ids=SAME)
def test_fingerprints_survive(fault: Fault, told: Operation) -> None:
    assert fingerprint() == fingerprint(fault, told)


@pytest.mark.parametrize(("fault", "told"), OTHER.values(), ids=OTHER)
def test_fingerprints_differ(fault: Fault, told: Operation) -> None:
    assert fingerprint() != fingerprint(fault, told)


def test_fingerprints_are_short_and_of_a_rule() -> None:
    assert fingerprint() != fingerprint(rule="b")
    assert (16, True) == (len(fingerprint()), fingerprint().isalnum())


def test_a_part_of_a_shared_schema_is_told_once() -> None:
    """By the first operation in the contract's order, whichever showed it first; the others only count."""
    leaf = "#/components/schemas/Train/properties/leaves/format"
    rules = {
        "a-rule": teller(Fault("odd", status=200, leaf=leaf), Fault("odd", status=200, leaf=f"{leaf}/0")),
        "b-rule": teller(Fault("odd", status=200, leaf=leaf)),
    }
    findings = judged(rules, asked(POST), asked(POST), asked(GET))
    assert [("a-rule", GET.label, 3), ("a-rule", GET.label, 3), ("b-rule", GET.label, 3)] == [
        (finding.rule, finding.operation, finding.count) for finding in findings
    ]
    assert 3 == len({finding.fingerprint for finding in findings})


# Seen again ----------------------------------------------------------------------------------------------------------


AGAIN = Reproduced(
    request=Retold(request=request(target="/books/2"), target="/books/{id from POST /books}"),
    after=(Retold(request=request("POST", "/books", body=b"{}")),),
    fault=Fault("said now", status=404),
)
SEEN_AGAIN: dict[str, tuple[Reproduced | None, Level, tuple[Level, bool, str, str, int]]] = {
    "not known": (None, Level.ERROR, (Level.ERROR, False, "said then", "/books/1", 0)),
    "after another": (AGAIN, Level.ERROR, (Level.ERROR, False, "said now", "/books/{id from POST /books}", 1)),
    "lost": (
        Reproduced(request=Retold(request=request()), flaky=True),
        Level.ERROR,
        (Level.WARNING, True, "said then", "/books/1", 0),
    ),
    "lost, and no error": (
        Reproduced(request=Retold(request=request()), flaky=True),
        Level.NOTE,
        (Level.NOTE, True, "said then", "/books/1", 0),
    ),
}


@pytest.mark.parametrize(("again", "level", "expected"), SEEN_AGAIN.values(), ids=SEEN_AGAIN)
def test_reproduce(again: Reproduced | None, level: Level, expected: tuple[Level, bool, str, str, int]) -> None:
    found = Findings({"a-rule": teller(Fault("said then", status=404), level=level)}, Settings())
    long, short = asked(target="/books/1?a=b"), asked(target="/books/1")
    found.judge(long)
    found.judge(short)
    questions: list[tuple[Sought, Exchange, Exchange]] = []

    def ask(*question: object) -> Reproduced | None:
        questions.append(question)  # type: ignore[arg-type]  # what it is called with
        return again

    found.reproduce(ask)
    assert [(Sought(rule="a-rule", status=404, location=None, level=None), short, long)] == questions
    (finding,) = finished(found)
    assert finding.request is not None
    assert expected == (
        finding.level,
        finding.flaky,
        finding.message,
        finding.request.target,
        len(finding.request.after),
    )


def test_what_no_exchange_shows_is_not_asked_for() -> None:
    rules = {
        "silenced": teller(Fault("odd")),
        "of-an-operation": Rule(
            level=Level.ERROR, operation=lambda _operation, _reading, seen: [Fault("odd", exchange=seen[0])]
        ),
        "of-the-docs": Rule(level=Level.ERROR),
    }
    found = Findings(rules, Settings(operation_levels={GET.label: {"silenced": Level.OFF}}))
    found.judge(asked())
    found.judge_operation(GET, Reading(), [asked()])
    found.add("of-the-docs", Fault("odd"))
    found.reproduce(lambda *_: pytest.fail("asked for"))
    assert ["of-an-operation", "of-the-docs"] == [finding.rule for finding in finished(found)]


def test_what_somebody_else_has_found() -> None:
    found = Findings({"a-rule": Rule(level=Level.WARNING)}, Settings())
    seen = asked(target="/books/7")
    found.blame("a-rule", Fault("odd", status=404, location=location()), seen)
    found.blame("a-rule", Fault("odd", status=404, location=location()), asked(target="/books/77"))
    found.blame("another-rule", Fault("odd"), seen)
    (finding,) = finished(found)
    assert ("a-rule", Level.WARNING, "odd", 2) == (finding.rule, finding.level, finding.message, finding.count)
    assert finding.request is not None
    assert finding.request.target == "/books/7"
