"""Imports go where isort and Ruff would put them, which Ruff itself is asked to confirm."""

import subprocess
import sys

import pytest

from tests.fix.edits.cases import Case, Make, changed
from upheld.fix.edits import EditError, Import, apply

REST = "\nx = 1\n"


def imported(before: str, after: str, module: str = "fastapi", name: str = "Query") -> Case:
    """Return a case of one import."""
    return before, lambda _: [Import(module, name)], after


CASES: dict[str, Case] = {
    "under another name": (
        "from fastapi import FastAPI\n\nQuery = 1\n",
        lambda _: [Import("fastapi", "Query", "FastapiQuery")],
        "from fastapi import FastAPI\nfrom fastapi import Query as FastapiQuery\n\nQuery = 1\n",
    ),
    "there": imported("from fastapi import Query\n" + REST, "from fastapi import Query\n" + REST),
    "there by its own name": imported(
        "from fastapi import Query as Query\n" + REST,
        "from fastapi import Query as Query\n" + REST,
    ),
    "there, within a try": imported(
        "try:\n    from fastapi import Query\nexcept ImportError:\n    Query = None\n",
        "try:\n    from fastapi import Query\nexcept ImportError:\n    Query = None\n",
    ),
    "first of its statement": imported(
        "from fastapi import Response\n" + REST,
        "from fastapi import Query, Response\n" + REST,
    ),
    "last of its statement": imported(
        "from fastapi import FastAPI\n" + REST,
        "from fastapi import FastAPI, Query\n" + REST,
    ),
    "capitals before others": imported(
        "from m import A, FIRST, b\n" + REST,
        "from m import A, FIRST, Query, b\n" + REST,
        "m",
    ),
    "classes before functions": imported(
        "from m import FIRST, Alpha, beta\n" + REST,
        "from m import FIRST, Alpha, Query, beta\n" + REST,
        "m",
    ),
    "letters of any case": imported(
        "from m import alpha, Beta, zeta\n" + REST,
        "from m import alpha, Beta, Query, zeta\n" + REST,
        "m",
    ),
    "numbers as numbers": imported(
        "from m import v2, v10\n" + REST,
        "from m import v2, v9, v10\n" + REST,
        "m",
        "v9",
    ),
    "without an order, last": imported(
        "from m import zeta, alpha\n" + REST,
        "from m import zeta, alpha, beta\n" + REST,
        "m",
        "beta",
    ),
    "a line of its own": imported(
        "from fastapi import (  # all of it\n    FastAPI,  # the app\n    Response,\n)\n" + REST,
        "from fastapi import (  # all of it\n    FastAPI,  # the app\n    Query,\n    Response,\n)\n" + REST,
    ),
    "within parentheses": imported(
        "from fastapi import (FastAPI, Response)\n" + REST,
        "from fastapi import (FastAPI, Query, Response)\n" + REST,
    ),
    "behind a backslash": imported(
        "from fastapi import FastAPI, \\\n    Response\n" + REST,
        "from fastapi import FastAPI, \\\n    Query, Response\n" + REST,
    ),
    "too long for a line": imported(
        "from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, HTTPException, Request\n" + REST,
        "from fastapi import (\n    APIRouter,\n    BackgroundTasks,\n    Depends,\n    FastAPI,\n    HTTPException,\n"
        "    Query,\n    Request,\n)\n" + REST,
    ),
    "too long for a line, first": imported(
        "from fastapi import BackgroundTasks, Depends, FastAPI, Header, HTTPException, Response\n" + REST,
        "from fastapi import (\n    APIRouter,\n    BackgroundTasks,\n    Depends,\n    FastAPI,\n    Header,\n"
        "    HTTPException,\n    Response,\n)\n" + REST,
        name="APIRouter",
    ),
    "too long for a line, last": imported(
        "from fastapi import BackgroundTasks, Depends, FastAPI, Header, HTTPException, Response\n" + REST,
        "from fastapi import (\n    BackgroundTasks,\n    Depends,\n    FastAPI,\n    Header,\n    HTTPException,\n"
        "    Response,\n    WebSocket,\n)\n" + REST,
        name="WebSocket",
    ),
    "beside what is renamed": imported(
        "from fastapi import Query as Q\n" + REST,
        "from fastapi import Query as Q\nfrom fastapi import Response\n" + REST,
        name="Response",
    ),
    "beside a star": imported(
        "from fastapi import *\n" + REST,
        "from fastapi import *\nfrom fastapi import Query\n" + REST,
    ),
    "the statement before the first definition": imported(
        "from m import a\n\n\ndef f(): ...\n\n\nfrom fastapi import FastAPI\n",
        "from fastapi import Query\n\nfrom m import a\n\n\ndef f(): ...\n\n\nfrom fastapi import FastAPI\n",
    ),
    "the standard library before others": imported(
        "import os\n\nfrom fastapi import FastAPI\n" + REST,
        "import os\nfrom typing import Annotated\n\nfrom fastapi import FastAPI\n" + REST,
        "typing",
        "Annotated",
    ),
    "a section of its own, first": imported(
        "from fastapi import FastAPI\n" + REST,
        "from typing import Annotated\n\nfrom fastapi import FastAPI\n" + REST,
        "typing",
        "Annotated",
    ),
    "a section of its own, between": imported(
        "import os\n\nfrom .m import a\n" + REST,
        "import os\n\nfrom fastapi import Query\n\nfrom .m import a\n" + REST,
    ),
    "a section of its own, last": imported(
        "import os\n\nfrom fastapi import FastAPI\n" + REST,
        "import os\n\nfrom fastapi import FastAPI\n\nfrom .problem import Problem\n" + REST,
        ".problem",
        "Problem",
    ),
    "among others of the project": imported(
        "import os\n\nfrom fastapi import FastAPI\n\nfrom app.books import Book\nfrom app.users import User\n" + REST,
        "import os\n\nfrom fastapi import FastAPI\n\nfrom app.books import Book\nfrom app.problem import Problem\n"
        "from app.users import User\n" + REST,
        "app.problem",
        "Problem",
    ),
    "farther before nearer": imported(
        "from ..b import b\nfrom .a import a\n" + REST,
        "from ..b import b\nfrom ..c import c\nfrom .a import a\n" + REST,
        "..c",
        "c",
    ),
    "a package itself": imported("from . import a\n" + REST, "from . import Problem, a\n" + REST, ".", "Problem"),
    "modules before names": imported(
        "import http\nimport os\n" + REST,
        "import http\nimport os\nfrom http import HTTPStatus\n" + REST,
        "http",
        "HTTPStatus",
    ),
    "a pile without sections": imported(
        "import os\nfrom fastapi import FastAPI\nfrom .m import a\n" + REST,
        "import os\nfrom fastapi import FastAPI\nfrom .m import a\nfrom typing import Annotated\n" + REST,
        "typing",
        "Annotated",
    ),
    "behind the future": imported(
        '"""Says."""\n\nfrom __future__ import annotations\n\n\ndef f(): ...\n',
        '"""Says."""\n\nfrom __future__ import annotations\n\nfrom fastapi import Query\n\n\ndef f(): ...\n',
    ),
    "behind a docstring": imported(
        '"""Says."""\n\nx = 1\n',
        '"""Says."""\n\nfrom fastapi import Query\n\nx = 1\n',
    ),
    "behind a docstring alone": imported('"""Says."""\n', '"""Says."""\n\nfrom fastapi import Query\n'),
    "behind a remark": imported("# said\n\nx = 1\n", "# said\n\nfrom fastapi import Query\n\nx = 1\n"),
    "into nothing": imported("", "from fastapi import Query\n"),
    "behind the last line, which does not end": imported("import os", "import os\n\nfrom fastapi import Query"),
    "for types only is not there": imported(
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from fastapi import Query\n",
        "from typing import TYPE_CHECKING\n\nfrom fastapi import Query\n\nif TYPE_CHECKING:\n    from fastapi import Query\n",
    ),
    "with the lines' own ends": imported(
        "import os\r\nfrom typing import Any\r\n\r\nx = 1\r\n",
        "import os\r\nfrom typing import Any\r\n\r\nfrom fastapi import Query\r\n\r\nx = 1\r\n",
    ),
    "several": (
        "from fastapi import FastAPI\n" + REST,
        lambda _: [
            Import("fastapi", "Query"),
            Import("typing", "Annotated"),
            Import("fastapi", "Header"),
            Import("fastapi", "Query"),
            Import("pydantic", "BaseModel"),
        ],
        "from typing import Annotated\n\nfrom fastapi import FastAPI, Header, Query\nfrom pydantic import BaseModel\n"
        + REST,
    ),
}


@pytest.mark.parametrize(("before", "make", "after"), CASES.values(), ids=CASES)
def test_import(before: str, make: Make, after: str) -> None:
    assert after == changed(before, make)


SORTED = [name for name in CASES if name not in {
    "capitals before others",
    "letters of any case",
    "without an order, last",
    "within parentheses",
    "behind a backslash",
    "the statement before the first definition",
    "a pile without sections",
    "for types only is not there",
    "behind the last line, which does not end",
}]  # fmt: skip
"""What Ruff does not sort otherwise; the others are not as it wants them before."""


@pytest.mark.parametrize("name", SORTED)
def test_ruff_agrees(name: str) -> None:
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--isolated",
        "--select",
        "I",
        "--config",
        "lint.isort.known-first-party = ['app']",
        "-",
    ]
    after = CASES[name][2]
    done = subprocess.run(command, input=after, capture_output=True, text=True, check=False)
    assert (0, "All checks passed!\n") == (done.returncode, done.stdout), done.stdout


def test_another_meaning() -> None:
    with pytest.raises(EditError) as raised:
        apply("class Query: ...\n", [Import("fastapi", "Query")], width=88)
    assert "line 1, column 1: Query is bound here, expected to import it from fastapi" == str(raised.value)
