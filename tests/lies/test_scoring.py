"""Marks are read, blanked and compared as the corpus' README says."""

import pytest

from tests.lies.scoring import Found, Mark, Score, ScoringError, apps, blanked, compare, environment, marks

GET = ("undocumented-status", "GET /pets/{id}", 404)
PUT = ("undocumented-status", "PUT /pets/{id}", 404)
AUTH = ("auth-not-enforced", "GET /pets", None)


def mark(line: int, key: tuple[str, str, int | None] = GET, *, also: bool = False) -> Mark:
    return Mark(rule=key[0], operation=key[1], status=key[2], line=line, also=also)


def found(line: int | None, key: tuple[str, str, int | None] = GET, path: str | None = "pets.py") -> Found:
    return Found(rule=key[0], operation=key[1], status=key[2], level="error", path=path, line=line, message="")


MARKS = {
    "none": ("a = 1  # lied to", []),
    "one": ("\nraise E  # lie: undocumented-status GET /pets/{id} 404", [mark(2)]),
    "no status": ("def f():  # lie: auth-not-enforced GET /pets", [mark(1, AUTH)]),
    "two": (
        "raise E  # lie: undocumented-status GET /pets/{id} 404; lie: undocumented-status PUT /pets/{id} 404",
        [mark(1), mark(1, PUT)],
    ),
    "also": ("raise E  # also: undocumented-status GET /pets/{id} 404", [mark(1, also=True)]),
    "both": (
        "raise E  # lie: undocumented-status PUT /pets/{id} 404; also: undocumented-status GET /pets/{id} 404",
        [mark(1, PUT), mark(1, also=True)],
    ),
}


@pytest.mark.parametrize(("text", "expected"), MARKS.values(), ids=MARKS)
def test_marks(text: str, expected: list[Mark]) -> None:
    assert expected == marks(text)


@pytest.mark.parametrize(
    "comment", ["lie: undocumented-status", "lie: server-error GET pets", "lie: x GET /a 404, lie"]
)
def test_unreadable_marks(comment: str) -> None:
    with pytest.raises(ScoringError, match="line 1: "):
        marks(f"raise E  # {comment}")


def test_blanked_keeps_every_column() -> None:
    text = 'x = "#"  # why\nraise E  # lie: server-error GET / 500; lie: server-error PUT / 500\n  # also: x\n'
    assert len(text) == len(blanked(text))
    assert ['x = "#"  # why', "raise E", ""] == [line.rstrip() for line in blanked(text).splitlines()]


def test_no_app_keeps_a_mark() -> None:
    for app in apps():
        text = app.read_text(encoding="utf-8")
        assert len(text) == len(blanked(text))
        assert "lie: " not in blanked(text)
        assert "also: " not in blanked(text)


SCORES = {
    "nothing": ([], [], Score()),
    "exact": ([mark(3)], [found(3)], Score(exact=(mark(3),))),
    "other line": ([mark(3)], [found(4)], Score(misplaced=((mark(3), found(4)),))),
    "no line": ([mark(3)], [found(None, path=None)], Score(misplaced=((mark(3), found(None, path=None)),))),
    "other file": ([mark(3)], [found(3, path="x.py")], Score(misplaced=((mark(3), found(3, path="x.py")),))),
    "missed": ([mark(3)], [], Score(missed=(mark(3),))),
    "other status": ([mark(3)], [found(3, PUT)], Score(missed=(mark(3),), extra=(found(3, PUT),))),
    "twice": ([mark(3)], [found(3), found(4)], Score(exact=(mark(3),), extra=(found(4),))),
    "twice at one line": ([mark(3)], [found(3), found(3)], Score(exact=(mark(3),), extra=(found(3),))),
    "two lies": ([mark(3), mark(5)], [found(5), found(3)], Score(exact=(mark(3), mark(5)))),
    "one of two lies": ([mark(3), mark(5)], [found(5)], Score(exact=(mark(5),), missed=(mark(3),))),
    "also": ([mark(3), mark(9, also=True)], [found(9)], Score(exact=(mark(3),))),
    "lie and also": ([mark(3), mark(9, also=True)], [found(9), found(3)], Score(exact=(mark(3),))),
    "neither": ([mark(3), mark(9, also=True)], [found(4)], Score(misplaced=((mark(3), found(4)),))),
    "one also for two lies": (
        [mark(3), mark(5), mark(9, also=True)],
        [found(9)],
        Score(exact=(mark(3),), missed=(mark(5),)),
    ),
    "also is no lie": ([mark(3, PUT), mark(9, also=True)], [found(3, PUT)], Score(exact=(mark(3, PUT),))),
}


@pytest.mark.parametrize(("expected", "findings", "score"), SCORES.values(), ids=SCORES)
def test_compare(expected: list[Mark], findings: list[Found], score: Score) -> None:
    assert score == compare(expected, findings, path="pets.py")


def test_every_problem_has_a_line() -> None:
    score = compare([mark(3), mark(4, PUT)], [found(5), found(3, AUTH)], path="pets.py")
    assert [
        "missed     undocumented-status PUT /pets/{id} 404, line 4",
        "misplaced  undocumented-status GET /pets/{id} 404, line 3, found at pets.py:5",
        "extra      auth-not-enforced GET /pets, pets.py:3: ",
    ] == list(score.lines())


def test_environment_is_a_users(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONDONTWRITEBYTECODE", "COVERAGE_PROCESS_START", "GITHUB_ACTIONS", "NO_COLOR"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("LANG", "C.UTF-8")
    told = environment()
    assert "C.UTF-8" == told["LANG"]
    assert not {"PYTHONDONTWRITEBYTECODE", "COVERAGE_PROCESS_START", "GITHUB_ACTIONS", "NO_COLOR"} & set(told)
