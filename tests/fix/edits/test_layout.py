"""What Ruff has formatted is still as Ruff formats it after any edits; here many are made by chance and tried."""

import ast
import difflib
import functools
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from upheld.fix.edits import (
    Define,
    Edit,
    EditError,
    Entry,
    Import,
    Keyword,
    Parameter,
    Place,
    Respond,
    Synchronous,
    Unrespond,
    apply,
)

HEAD = """import os

from fastapi import FastAPI

ERRORS = {401: {"model": Problem}}
"""
TEXTS = (
    "x",
    "No such book",
    "/books/{book_id}",
    "a rather long description of what went wrong with the request, sadly",
)
NAMES = ("a", "Problem", "VeryLongModelNameIndeed", "an_even_much_longer_name_of_something_else")
EDITED = {"get", "APIRouter", "include_router", "FastAPI"}


class Writer:
    """Writes sources and edits by chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def one(self, *choices: str) -> str:
        """Return one of several."""
        return self.chance.choice(choices)

    def several(self, make: Callable[[], str], most: int) -> list[str]:
        """Return up to so many."""
        return [make() for _ in range(self.chance.randint(0, most))]

    def text(self) -> str:
        return f'"{self.one(*TEXTS)}"'

    def expression(self, depth: int = 0) -> str:
        inner = functools.partial(self.expression, depth + 1)
        match self.chance.randint(0, 10) if depth < 3 else 0:
            case 0 | 1 | 2:
                return self.one(self.one(*NAMES), self.text())
            case 3 | 4:
                return f"{{{', '.join(self.several(functools.partial(self.pair, depth + 1), 3))}}}"
            case 5:
                return f"[{', '.join(self.several(inner, 3))}]"
            case 6 | 7:
                named = [f"k{index}={value}" for index, value in enumerate(self.several(inner, 2))]
                return f"{self.one(*NAMES)}({', '.join([*self.several(inner, 2), *named])})"
            case 8:
                return f"({', '.join([inner(), *self.several(inner, 2)])},)"
            case 9:
                return self.one('"""two\nlines"""', f"[x for x in {self.one(*NAMES)}]", "lambda a, b: a")
            case _:
                return f"list[{self.one(*NAMES)}]"

    def pair(self, depth: int) -> str:
        return f"{self.text()}: {self.expression(depth)}"

    def responses(self) -> str:
        entries = (
            '{"model": Problem}',
            '{"description": "No such book"}',
            "NOT_FOUND",
            f'{{"description": {self.text()}}}',
        )
        keys = sorted(self.chance.sample(["401", "403", "409", "status.HTTP_404_NOT_FOUND"], self.chance.randint(0, 3)))
        literal = (
            f"{{{', '.join(f'{key}: {self.one(*entries)}' for key in keys)}{self.one('', '', ',' if keys else '')}}}"
        )
        return self.one(literal, literal, "ERRORS", "{**common, 404: {}}", "problems(401, 404)")

    def call(self) -> str:
        arguments = [
            self.text(),
            *(f"a{index}={value}" for index, value in enumerate(self.several(self.expression, 3))),
        ]
        if self.chance.random() < 0.6:
            arguments.insert(self.chance.randint(1, len(arguments)), f"responses={self.responses()}")
        if self.chance.random() < 0.2:
            del arguments[0]
        return f"({', '.join(arguments)}{self.one('', '', '', ',' if arguments else '')})"

    def statement(self, index: int) -> str:
        plain = [
            f"p{i}: {self.one('int', 'Annotated[str, Query()]', NAMES[2])}" for i in range(self.chance.randint(0, 3))
        ]
        defaults = [f"q{i}: int = 1" for i in range(self.chance.randint(0, 2))]
        rest = self.chance.choice([[], [], [], ["*", "z: int"], ["**kw"], ["*args"]])
        signature = f"({', '.join([*plain, *defaults, *rest])}){self.one('', ' -> dict', f' -> {NAMES[2]}')}"
        remark = self.one("", "", "", "  # a remark here", "  # noqa: E501")
        return self.one(
            f"@app.get{self.call()}{remark}\n{self.one('', 'async ')}def f{index}{signature}:{remark}\n    return 1\n",
            f"x{index} = APIRouter{self.call()}{remark}\n",
            f"app.include_router{self.call()}{remark}\n",
            f"class A{index}:\n    def make(self):\n        app = wrap(FastAPI{self.call()}){remark}\n        return app\n",
            f"def f{index}{signature}:\n    return FastAPI{self.call()}\n",
        )

    def entry(self) -> Entry:
        return Entry(
            description=self.chance.choice([None, "No such book", 'It\'s "no"', TEXTS[-1]]),
            model=self.chance.choice([None, "Problem", "list[BookOut]"]),
            content=self.chance.choice([{}, {}, {"text/plain": '{"type": "string"}'}]),
            headers=self.chance.choice([{}, {}, {"Retry-After": '{"schema": {"type": "integer"}}'}]),
        )

    def edits(self, source: str) -> list[Edit]:
        """Return edits of a source, each of which can be made."""
        found: list[Edit] = [
            Import("fastapi", "Query"),
            Import("typing", "Annotated"),
            Define("class P(B):\n    a: int\n"),
        ]
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in EDITED:
                place = Place(line=node.lineno, column=node.col_offset)
                found += (
                    Respond(place, self.one("404", "422", "4XX", "default"), self.entry()),
                    Unrespond(place, self.one("401", "404", "409")),
                    Keyword(place, self.one("a1", "tags"), self.chance.choice([None, "X", '{"a": [1, 2]}'])),
                )
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                place = Place(line=node.lineno, column=node.col_offset)
                found += (
                    Parameter(place, self.one("lang: Annotated[str | None, Query()] = None", "x: int")),
                    Synchronous(place),
                )
        return [
            edit
            for edit in found
            if self.chance.random() < 0.4 and (not isinstance(edit, Unrespond) or _works(source, edit))
        ]


def _works(source: str, edit: Unrespond) -> bool:
    try:
        apply(source, [edit], width=88)
    except EditError:
        return False  # it may stand in what the source does not say
    return True


def _formatted(folder: Path, width: int) -> None:
    command = [
        sys.executable,
        "-m",
        "ruff",
        "format",
        "--isolated",
        "--quiet",
        "--line-length",
        str(width),
        str(folder),
    ]
    subprocess.run(command, check=True)


@pytest.mark.parametrize("width", [60, 88, 120])
def test_ruff_changes_nothing(width: int, tmp_path: Path) -> None:
    for seed in range(12):
        writer = Writer(seed * 1000 + width)
        source = "\n\n".join([HEAD, *(writer.statement(index) for index in range(20))])
        (tmp_path / f"s{seed}.py").write_text(source, encoding="utf-8")
    _formatted(tmp_path, width)
    edited: dict[Path, str] = {}
    for seed in range(12):
        path = tmp_path / f"s{seed}.py"
        before = path.read_text(encoding="utf-8")
        edits = Writer(seed).edits(before)
        edited[path] = apply(before, edits, width=width)
        path.write_text(edited[path], encoding="utf-8")
    _formatted(tmp_path, width)
    for path, ours in edited.items():
        theirs = path.read_text(encoding="utf-8")
        assert theirs == ours, "\n".join(difflib.unified_diff(ours.splitlines(), theirs.splitlines(), n=6))
