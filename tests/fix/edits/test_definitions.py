"""Classes stand behind the imports, or before what needs them, with two blank lines around."""

import pytest

from tests.fix.edits.cases import Case, Make, changed, finder
from upheld.fix.edits import Define, EditError, Import, Keyword, Move, apply

CLASS = "class Problem(BaseModel):\n    detail: str\n"
OTHER = "class Other(Problem):\n    code: int\n"


def defined(before: str, after: str) -> Case:
    """Return a case of one class behind the imports."""
    return before, lambda _: [Define(CLASS)], after


MOVED = "# says what\n@final\nclass Problem(BaseModel):\n    detail: str  # in words\n"

CASES: dict[str, Case] = {
    "moved up": (
        f"import os\n\nx = 1\n\n\n{MOVED}\n\ny = 2\n",
        lambda at: [Move(at("class Problem"))],
        f"import os\n\n\n{MOVED}\n\nx = 1\n\n\ny = 2\n",
    ),
    "moved up from the end": (
        f"import os\n\nx = 1\n\n\n{MOVED}",
        lambda at: [Move(at("class Problem"))],
        f"import os\n\n\n{MOVED}\n\nx = 1\n",
    ),
    "moved behind what it is made of": (
        f"import os\n\n\nclass BaseModel: ...\n\n\nx = 1\n\n\n{MOVED}",
        lambda at: [Move(at("class Problem"))],
        f"import os\n\n\nclass BaseModel: ...\n\n\n{MOVED}\n\nx = 1\n",
    ),
    "up already": (
        f"import os\n\n\n{MOVED}\n\nx = 1\n",
        lambda at: [Move(at("class Problem"))],
        f"import os\n\n\n{MOVED}\n\nx = 1\n",
    ),
    "moved up, with its lines' own ends, an edit within it and another class": (
        "import os\r\n\r\nx = 1\r\n\r\n\r\nclass Problem(A):\r\n\tb: str = Field()\r\n",
        lambda at: [
            Move(at("class Problem")),
            Keyword(at("Field"), "max_length", "5"),
            Define("class Other(A):\n    c: str\n"),
        ],
        (
            "import os\r\n\r\n\r\nclass Problem(A):\r\n\tb: str = Field(max_length=5)\r\n"
            "\r\n\r\nclass Other(A):\r\n\tc: str\r\n\r\n\r\nx = 1\r\n"
        ),
    ),
    "behind the imports": defined(
        "import os\nimport sys\n\nx = 1\n",
        f"import os\nimport sys\n\n\n{CLASS}\n\nx = 1\n",
    ),
    "before three blank lines": defined("import os\n\n\n\nx = 1\n", f"import os\n\n\n{CLASS}\n\n\nx = 1\n"),
    "before nothing": defined("import os\n", f"import os\n\n\n{CLASS}"),
    "behind a line that does not end": defined("import os", f"import os\n\n\n{CLASS}".rstrip()),
    "behind a block for types": defined(
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import os\n\nx = 1\n",
        f"from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import os\n\n\n{CLASS}\n\nx = 1\n",
    ),
    "behind a try": defined(
        "try:\n    import a\nexcept ImportError:\n    a = None\nx = 1\n",
        f"try:\n    import a\nexcept ImportError:\n    a = None\n\n\n{CLASS}\n\nx = 1\n",
    ),
    "behind a docstring": defined('"""Says."""\n\nx = 1\n', f'"""Says."""\n\n\n{CLASS}\n\nx = 1\n'),
    "behind a remark": defined("# says\n\nx = 1\n", f"# says\n\n\n{CLASS}\n\nx = 1\n"),
    "first of all": defined("x = 1\n", f"{CLASS}\n\nx = 1\n"),
    "into nothing": defined("", CLASS),
    "behind what it is made of": defined(
        "import sys\n\nsys.path.append('x')\nfrom pydantic import BaseModel\n\nx = 1\n",
        f"import sys\n\nsys.path.append('x')\nfrom pydantic import BaseModel\n\n\n{CLASS}\n\nx = 1\n",
    ),
    "there": defined(f"import os\n\n\n{CLASS}\n\nx = 1\n", f"import os\n\n\n{CLASS}\n\nx = 1\n"),
    "there in other words": defined(
        "class Problem(BaseModel):\n    # what went wrong\n    detail:    str\n",
        "class Problem(BaseModel):\n    # what went wrong\n    detail:    str\n",
    ),
    "before a statement": (
        "import os\n\nx = 1\n\n# the route\n@app.get('/')\ndef f(): ...\n",
        lambda at: [Define(CLASS, at("def f"))],
        f"import os\n\nx = 1\n\n\n{CLASS}\n\n# the route\n@app.get('/')\ndef f(): ...\n",
    ),
    "before the statement that an expression stands in": (
        "import os\n\napp = FastAPI()\n",
        lambda at: [Define(CLASS, at("FastAPI"))],
        f"import os\n\n\n{CLASS}\n\napp = FastAPI()\n",
    ),
    "several, in order": (
        "import os\n\nx = 1\n",
        lambda _: [Define(CLASS), Define(OTHER), Define(CLASS)],
        f"import os\n\n\n{CLASS}\n\n{OTHER}\n\nx = 1\n",
    ),
    "another behind one that is there": (
        f"import os\n\n\n{CLASS}\n\nx = 1\n",
        lambda _: [Define(OTHER)],
        f"import os\n\n\n{CLASS}\n\n{OTHER}\n\nx = 1\n",
    ),
    "with its import": (
        "import os\n\nx = 1\n",
        lambda _: [Define(CLASS), Import("pydantic", "BaseModel")],
        f"import os\n\nfrom pydantic import BaseModel\n\n\n{CLASS}\n\nx = 1\n",
    ),
    "with the lines' own indentation": (
        "import os\n\n\ndef f():\n\tpass\n",
        lambda _: [Define(CLASS)],
        f"import os\n\n\n{CLASS.replace('    ', chr(9))}\n\ndef f():\n\tpass\n",
    ),
    "with the lines' own ends": (
        "import os\r\n\r\nx = 'a'\r\n",
        lambda _: [Define('class P(B):\n    kind: Literal["a"]\n')],
        "import os\r\n\r\n\r\nclass P(B):\r\n    kind: Literal['a']\r\n\r\n\r\nx = 'a'\r\n",
    ),
}


@pytest.mark.parametrize(("before", "make", "after"), CASES.values(), ids=CASES)
def test_define(before: str, make: Make, after: str) -> None:
    assert after == changed(before, make)


REFUSED = {
    "another of that name": (
        "class Problem: ...\n",
        "line 1, column 1: Problem is bound here, expected to define it anew",
    ),
    "an import of that name": (
        "from a import Problem\n",
        "line 1, column 1: Problem is bound here, expected to define it anew",
    ),
}


@pytest.mark.parametrize(("before", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(before: str, message: str) -> None:
    with pytest.raises(EditError) as raised:
        apply(before, [Define(CLASS)], width=88)
    assert message == str(raised.value)


def test_before_nothing() -> None:
    source = "x = 1\n# end\n"
    with pytest.raises(EditError) as raised:
        apply(source, [Define(CLASS, finder(source)("# end"))], width=88)
    assert "line 2, column 1: no statement at the top level stands here" == str(raised.value)
