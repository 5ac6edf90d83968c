"""Each piece of work is done in a copy that knows nothing of the one before; none is left behind."""

import os
import signal
import time
from collections.abc import Callable, Iterator

import pytest

from upheld.drive import fresh
from upheld.drive.fresh import Fresh

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is nothing without a fork")
COUNT = [0]


def count(step: int) -> int:
    COUNT[0] += step
    return COUNT[0]


def fail(_: int) -> int:
    raise ValueError("no")


def leave(_: int) -> int:
    os._exit(3)


def hang(seconds: int) -> int:
    time.sleep(seconds)
    return seconds


def test_every_copy_is_as_it_was_before() -> None:
    with Fresh(count) as copies:
        COUNT[0] = 40
        assert [2, 3] == [copies.ask(2), copies.ask(3)]
    assert 40 == COUNT[0]
    COUNT[0] = 0


@pytest.mark.parametrize("work", [fail, leave], ids=["raises", "exits"])
def test_a_copy_that_fails_says_nothing(work: Callable[[int], int]) -> None:
    with Fresh(work) as copies:
        assert [None, None] == [copies.ask(1), copies.ask(1)]


def test_a_copy_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fresh, "LIMIT_S", 0.1)
    began = time.monotonic()
    with Fresh(hang) as copies:
        assert [None, 0] == [copies.ask(60), copies.ask(0)]
    assert 30 > time.monotonic() - began


def test_large_answers_come_whole() -> None:
    def double(text: str) -> str:
        return text * 2

    with Fresh(double) as copies:
        assert "a" * 2_000_000 == copies.ask("a" * 1_000_000)


def test_what_a_copy_prints_is_not_seen(capfd: pytest.CaptureFixture[str]) -> None:
    def loud(_: int) -> int:
        print("printed")  # noqa: T201 - what an app does
        os.write(2, b"written")
        return 1

    with Fresh(loud) as copies:
        assert 1 == copies.ask(1)
    assert ("", "") == capfd.readouterr()


def test_the_copy_ends_with_us() -> None:
    with Fresh(count) as copies:
        process = copies._process
        os.kill(process, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_the_copy_ends_when_we_are_gone() -> None:
    """Whoever was killed closed nothing; the other end of its pipe is closed all the same."""
    copies = Fresh(hang).__enter__()
    os.close(copies._asking)
    deadline = time.monotonic() + 10
    while not (ended := os.waitpid(copies._process, os.WNOHANG)[0]) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert copies._process == ended
    os.close(copies._answers)


def test_a_copy_that_was_killed_answers_no_more() -> None:
    with Fresh(count) as copies:
        os.kill(copies._process, signal.SIGKILL)
        assert [None, None] == [copies.ask(1), copies.ask(1)]


def test_it_lets_go_of_others_pipes() -> None:
    reading, writing = os.pipe()
    with Fresh(count, forget=lambda: os.close(writing)) as copies:
        assert 1 == copies.ask(1)
        os.close(writing)
        assert b"" == os.read(reading, 1)  # nobody else holds it open
    os.close(reading)


def test_without_a_fork_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    with Fresh(count) as copies:
        assert None is copies.ask(1)


def tell_some(until: int | None = None) -> Callable[[], Iterator[int]]:
    def first() -> Iterator[int]:
        for number in range(4):
            if number == until:
                raise ValueError(number)
            yield number

    return first


@pytest.mark.parametrize(("until", "told"), [(None, [0, 1, 2, 3]), (2, [0, 1]), (0, [])])
def test_the_copy_tells_what_comes_first(until: int | None, told: list[int]) -> None:
    with Fresh(count, first=tell_some(until)) as copies:
        assert told == list(copies.told())
        assert [] == list(copies.told())


def test_what_was_not_listened_to_is_in_nobodys_way() -> None:
    def long() -> Iterator[bytes]:
        yield from [bytes(1_000_000)] * 3

    with Fresh(count, first=long) as copies:
        next(copies.told())
        assert [2, 3] == [copies.ask(2), copies.ask(3)]


def test_without_a_copy_nothing_is_told() -> None:
    assert [] == list(Fresh(count, first=tell_some()).told())
