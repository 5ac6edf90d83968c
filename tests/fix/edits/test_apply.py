"""Over every source of this repository: no edits change nothing, edits keep all other lines, and undone they are gone."""

import ast
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from upheld.fix.edits import Edit, Entry, Import, Place, Respond, Unrespond, apply

ROOT = Path(__file__).parents[3]
FOLDERS = ("tests/lies/lying", "tests/lies/honest", "service", "upheld")
SOURCES = {
    path.relative_to(ROOT).as_posix(): path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))
}
WIDE = 100_000
"""So wide that no line is broken, and what is undone needs no joining."""


def read(path: Path) -> str:
    """Return a source with its own line ends."""
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def calls(source: str) -> Iterator[tuple[Place, tuple[int, int]]]:
    """Yield where the calls of decorators begin, and their first and last line.

    Left out are those whose `responses=` is a name, whose own dict is edited then, or spreads one thing alone.
    """
    for node in ast.walk(ast.parse(source)):
        for each in getattr(node, "decorator_list", []):
            if isinstance(each, ast.Call) and not any(map(_is_left_out, each.keywords)):
                place = Place(line=each.lineno, column=each.col_offset)
                yield place, (each.lineno, each.end_lineno or each.lineno)


@pytest.mark.parametrize("path", SOURCES.values(), ids=SOURCES)
def test_done_and_undone(path: Path) -> None:
    source = read(path)
    assert source == apply(source, [], width=WIDE)
    chance = random.Random(path.name)
    chosen = [place for place, _ in calls(source) if chance.random() < 0.7]
    places = {place: index for index, (place, _) in enumerate(calls(source))}
    entry = Entry(model="Problem", description="I'm a teapot", headers={"Retry-After": "{}"})
    done = apply(source, [Respond(place, "418", entry) for place in chosen], width=WIDE)
    assert len(chosen) == done.count("418: ") - source.count("418: ")
    edited = {line for place, (first, last) in calls(source) for line in range(first, last + 1) if place in chosen}
    kept = [line for number, line in enumerate(source.splitlines(), 1) if number not in edited]
    assert _in_order(kept, done.splitlines())
    after = [place for place, _ in calls(done)]
    undo: list[Edit] = [Unrespond(after[places[place]], "418") for place in chosen]
    chance.shuffle(undo)
    assert source == apply(done, undo, width=WIDE)


@pytest.mark.parametrize("path", [path for name, path in SOURCES.items() if "upheld/" not in name])
def test_imported(path: Path) -> None:
    source = read(path)
    edits = [Import("fastapi", "Zebra"), Import("typing", "Zebra1"), Import("..zoo", "Zebra2"), Import("zoo", "Zebra3")]
    done = apply(source, edits, width=120)
    assert done == apply(done, edits, width=120)
    lines = [line for line in source.splitlines() if not line.startswith(("from fastapi import", "from typing import"))]
    assert _in_order(lines, done.splitlines())


def _is_left_out(keyword: ast.keyword) -> bool:
    match keyword:
        case ast.keyword(arg="responses", value=ast.Name() | ast.Dict(keys=[None])):
            return True
        case _:
            return False


def _in_order(wanted: list[str], given: list[str]) -> bool:
    rest = iter(given)
    return all(line in rest for line in wanted)
