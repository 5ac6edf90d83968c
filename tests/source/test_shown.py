"""An example is found where the code writes it: as an argument or a key of that name, else as a named object."""

import pytest

from tests.source.test_literals import Project, project
from upheld.model import Json
from upheld.source import shown

__all__ = ["project"]

CASES: dict[str, tuple[str, Json, int | None]] = {
    "an argument's item": ('Field(\n    examples=["Rex", "Max"],\n)\n', "Max", 2),
    "a key's value": ('x = {\n    "example": {"name": "Rex"},\n}\n', {"name": "Rex"}, 2),
    "by name": ('Body(openapi_examples={\n    "a": {"value": 1},\n    "b": {"value": 2},\n})\n', 2, 3),
    "the first": ("Field(examples=[1])\nField(examples=[1])\n", 1, 1),
    "a number is not a boolean": ("Field(examples=[True])\nField(examples=[1])\n", 1, 2),
    "an object that has a name": ('FACTS = {"name": "Rex"}\nField(examples=[FACTS])\n', {"name": "Rex"}, 1),
    "as an example before elsewhere": ("FACTS = [1]\nField(examples=[[1]])\n", [1], 2),
    "a number elsewhere": ("x = 1\n", 1, None),
    "made by a call": ("Field(examples=[Pet().model_dump()])\n", {"name": "Rex"}, None),
    "in a file that is none any more": ("Field(examples=[1]\n", 1, None),
}


@pytest.mark.parametrize(("text", "value", "line"), CASES.values(), ids=CASES)
def test_shown(project: Project, text: str, value: Json, line: int | None) -> None:
    project.write("shop.py", text)
    found = shown(value, project.root)
    assert line == (found.line if found is not None else None)
