"""The user's own code is told from the libraries', and its nearest line found, on this side of the framework."""

import asyncio
import sys
import types
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from types import CodeType

import fastapi
import pytest

import upheld.drive.frames as home
from upheld.drive.frames import Frames, Step, is_dispatch, library_name, of_awaiting, of_stack, of_traceback
from upheld.model import Location

VENV = ".venv/lib/python3.11/site-packages"
LIBRARY = str(Path(fastapi.__file__).parent)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("shop/app.py", f"{VENV}/lib.py", f"{VENV}/packaged/app.py", "shop/fast.pyx", "dist-packages/a.py"):
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("def f():\n    raise KeyError\n", encoding="utf-8")
    (tmp_path / "outside.py").write_text("x = 1\n", encoding="utf-8")
    return tmp_path / "project"


OWN = {
    "below the project": ("shop/app.py", True),
    "outside, and in no library": ("../outside.py", True),
    "installed below the project": (f"{VENV}/lib.py", False),
    "where a system installs": ("dist-packages/a.py", False),
    "installed elsewhere": (f"{LIBRARY}/routing.py", False),
    "the standard library": (asyncio.__file__, False),
    "compiled from something else": ("shop/fast.pyx", False),
    "not there": ("shop/gone.py", False),
    "Upheld": (home.__file__, False),
    "no file": ("<string>", False),
    "frozen": ("<frozen importlib._bootstrap>", False),
}


@pytest.mark.parametrize(("name", "own"), OWN.values(), ids=OWN)
def test_own(project: Path, name: str, own: bool) -> None:
    frames = Frames(project)
    for path in (name, str(project / name)) if name[0] != "<" else (name,):
        assert own == frames.own(path)
        assert own == frames.own(path)


def test_an_app_that_is_installed(project: Path) -> None:
    frames = Frames(project, project / VENV / "packaged")
    assert frames.own(str(project / VENV / "packaged" / "app.py"))
    assert not frames.own(str(project / VENV / "lib.py"))


def test_an_app_of_one_file_that_is_installed(project: Path) -> None:
    frames = Frames(project, project / VENV / "lib.py")
    assert frames.own(str(project / VENV / "lib.py"))
    assert not frames.own(str(project / VENV / "packaged" / "app.py"))


def code(path: Path, name: str = "f") -> CodeType:
    module = compile(path.read_text(encoding="utf-8"), str(path), "exec")
    return next((c for c in module.co_consts if isinstance(c, CodeType) and c.co_name == name), module)


def test_location(project: Path) -> None:
    frames = Frames(project)
    inside = frames.location(code(project / "shop" / "app.py"), 2)
    assert Location(path="shop/app.py", line=2, code="raise KeyError", qualname="f") == inside
    assert inside is frames.location(code(project / "shop" / "app.py"), 2)
    outside = project.parent / "outside.py"
    assert Location(path=outside.as_posix(), line=1, code="x = 1", qualname="<module>") == frames.location(
        code(outside), 1
    )


def step(path: str) -> Step:
    return compile("", path, "exec"), 1, None


MINE, LIB = "shop/app.py", f"{VENV}/lib.py"
ROUTING, MIDDLEWARE = f"{LIBRARY}/routing.py", f"{VENV}/starlette/middleware/base.py"
STEPS = {
    "one's own": ([MINE], True),
    "through a library": ([LIB, LIB, MINE], True),
    "beyond the framework": ([LIB, ROUTING, MINE], False),
    "beyond a middleware": ([MIDDLEWARE, MINE], False),
    "nowhere": ([LIB], False),
    "no steps": ([], False),
}


@pytest.mark.parametrize(("paths", "found"), STEPS.values(), ids=STEPS)
def test_nearest(project: Path, paths: list[str], found: bool) -> None:
    place = Frames(project).nearest(iter(map(step, paths)))
    assert ("shop/app.py" if found else None) == (place.path if place is not None else None)


NAMES = {
    f"{LIBRARY}/routing.py": ("fastapi/routing.py", True),
    "C:\\venv\\Lib\\site-packages\\starlette\\routing.py": ("starlette/routing.py", True),
    "/usr/lib/python3/dist-packages/fastapi/dependencies/utils.py": ("fastapi/dependencies/utils.py", True),
    "/x/site-packages/fastapi/middleware/cors.py": ("fastapi/middleware/cors.py", True),
    "/x/site-packages/starlette/responses.py": ("starlette/responses.py", False),
    "/home/ada/shop/app.py": ("/home/ada/shop/app.py", False),
}


@pytest.mark.parametrize(("path", "expected"), NAMES.items())
def test_library_names(path: str, expected: tuple[str, bool]) -> None:
    assert expected == (library_name(path), is_dispatch(path))


def names(steps: Iterator[Step] | list[Step]) -> list[str]:
    return [code.co_name for code, _, _ in steps]


def test_of_traceback() -> None:
    def inner() -> None:
        raise KeyError

    try:
        inner()
    except KeyError as error:
        steps = list(of_traceback(error.__traceback__))
    assert ["inner", "test_of_traceback"] == names(steps)
    assert inner.__code__.co_firstlineno + 1 == steps[0][1]
    assert [] == list(of_traceback(None))


def test_of_stack() -> None:
    def inner() -> list[Step]:
        return list(of_stack(sys._getframe()))

    assert ["inner", "test_of_stack"] == names(inner())[:2]
    assert [] == list(of_stack(None))


@types.coroutine
def old() -> Generator[None, None, None]:
    yield


async def deep() -> None:
    await old()


async def through_items() -> None:
    async def items() -> AsyncIterator[int]:
        yield 1
        await deep()

    async for _ in items():
        pass


AWAITING = {
    "a coroutine": (deep, ["old", "deep"]),
    "an asynchronous generator": (through_items, ["old", "deep", "items", "through_items"]),
}


@pytest.mark.parametrize(("function", "expected"), AWAITING.values(), ids=AWAITING)
def test_of_awaiting(function: types.FunctionType, expected: list[str]) -> None:
    coroutine = function()
    coroutine.send(None)
    assert expected == names(of_awaiting(coroutine))
    coroutine.close()
    assert [] == of_awaiting(coroutine)
    assert [] == of_awaiting(None)
