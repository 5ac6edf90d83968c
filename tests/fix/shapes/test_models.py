"""A model of the project's is named as the file names such things already."""

from pathlib import Path

import pytest

from tests.fix.projects import loaded
from upheld.fix.edits import Edit, Import, Move, Place
from upheld.fix.shapes.models import Models, reachable

FILES = {
    "shop/errors/__init__.py": "from shop.errors.problems import Problem\n\n__all__ = ['Problem']\n",
    "shop/errors/problems.py": "from pydantic import BaseModel\n\n\nclass Problem(BaseModel):\n    title: str\n",
}
IMPORTED = (Import("shop.errors", "Problem"),)

CASES: dict[str, tuple[str, tuple[str, tuple[Edit, ...]] | None]] = {
    "from where it is defined": (
        "import shop.errors.problems",
        ("Problem", (Import("shop.errors.problems", "Problem"),)),
    ),
    "from where more is imported from": ("from shop.errors import __all__", ("Problem", IMPORTED)),
    "by the package that has it": ("from shop import errors", ("errors.Problem", ())),
    "by the module that defines it": ("from shop.errors import problems as p", ("p.Problem", ())),
    "there": ("from shop.errors import Problem", ("Problem", ())),
    "there by another name": ("from shop.errors import Problem as Wrong", ("Wrong", ())),
    "another thing of that name": ("import shop.errors\nProblem = 1", None),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_reachable(text: str, expected: tuple[str, tuple[Edit, ...]] | None, tmp_path: Path) -> None:
    source = f"from fastapi import FastAPI\n{text}\n\napp = FastAPI()\n"
    with loaded(tmp_path, {**FILES, "shop/main.py": source}) as project:
        file = project.files.at("shop/main.py")
        assert file is not None
        (model,) = Models(project).fitting([{"title": "No"}], file)
        assert expected == reachable(project, model, file, 9)


MODEL = "class Problem(BaseModel):\n    title: Title\n\n\n"
BELOW: dict[str, tuple[str, tuple[str, tuple[Edit, ...]] | None]] = {
    "moved up": (
        f"Title = str\napp = FastAPI()\n{MODEL}",
        ("Problem", (Move(Place(line=5, column=0)),)),
    ),
    "made of what stands below as well": (f"app = FastAPI()\nTitle = str\n{MODEL}", None),
    "likewise, in words": (
        "app = FastAPI()\nTitle = str\n" + MODEL.replace("Title", "'Title | None'"),
        None,
    ),
    "not at the top": ("app = FastAPI()\nif app:\n    class Problem(BaseModel):\n        title: str\n", None),
}


@pytest.mark.parametrize(("text", "expected"), BELOW.values(), ids=BELOW)
def test_below(text: str, expected: tuple[str, tuple[Edit, ...]] | None, tmp_path: Path) -> None:
    source = f"from fastapi import FastAPI\nfrom pydantic import BaseModel\n{text}"
    with loaded(tmp_path, {"shop/main.py": source}) as project:
        file = project.files.at("shop/main.py")
        assert file is not None
        (model,) = Models(project).fitting([{"title": "No"}], file)
        line = source[: source.index("app =")].count("\n") + 1
        assert expected == reachable(project, model, file, line)


def test_documented(tmp_path: Path) -> None:
    """A dataclass is one where the document has it, and none where it is only used."""
    source = """
from dataclasses import dataclass
from fastapi import FastAPI
from typing_extensions import TypedDict


@dataclass
class Missing:
    title: str


@dataclass
class Other:
    title: str


class Wrong(TypedDict):
    title: str


app = FastAPI()


@app.get("/", responses={404: {"model": Missing}, 409: {"model": Wrong}})
def get() -> None: ...
"""
    with loaded(tmp_path, {"shop/main.py": source}) as project:
        file = project.files.at("shop/main.py")
        assert file is not None
        found = list(Models(project).fitting([{"title": "No"}], file))
        assert [("Missing", True), ("Wrong", True)] == [(model.name, model.is_error) for model in found]


def test_circle(tmp_path: Path) -> None:
    """What imports the file cannot be imported there."""
    files = {
        "shop/main.py": "from fastapi import FastAPI\nimport shop.routes\nfrom shop.errors import Problem\napp = FastAPI()\n",
        "shop/routes.py": "",
        "shop/errors.py": "import shop.routes\nfrom pydantic import BaseModel\nclass Problem(BaseModel):\n    title: str\n",
    }
    with loaded(tmp_path, files) as project:
        file = project.files.at("shop/routes.py")
        assert file is not None
        (model,) = Models(project).fitting([{"title": "No"}], file)
        assert reachable(project, model, file, 9) is None
