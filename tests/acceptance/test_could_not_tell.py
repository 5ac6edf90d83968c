"""Whatever keeps Upheld from telling: exit code 2 and one line that says what, where, what else and what next."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.acceptance.conftest import Project, the_line

pytestmark = pytest.mark.slow

GOOD = """
    from fastapi import FastAPI

    app = FastAPI()

    @app.get("/books")
    def books() -> list[int]:
        return []
"""
WITH_DOCUMENT = """
    from fastapi import FastAPI

    app = FastAPI()

    def document():
        {body}

    app.openapi = document
"""
WITH_LIFESPAN = """
    from contextlib import asynccontextmanager
    from fastapi import FastAPI

    @asynccontextmanager
    async def lifespan(app):
        {body}
        yield

    app = FastAPI(lifespan=lifespan)
"""
WITH_SIGN_IN = """
    from fastapi import FastAPI, HTTPException

    app = FastAPI()

    @app.post("/token", responses={401: {}})
    def token():
        raise HTTPException(401, "Wrong password")
"""
SIGN_IN = """
    [tool.upheld.auth]
    flow = "password"
    username = "ada"
    password = "hunter22"
"""


class Case(NamedTuple):
    """A project in which no command can tell, and the line that says so; `{folder}` is where it is."""

    files: dict[str, str]
    line: str
    arguments: tuple[str, ...] = ("check", "shop:app")


TRACEBACK = "to see the whole traceback"
CASES = {
    "no such module": Case(
        {"shop": GOOD},
        'nosuch:app: no module nosuch below {folder}, expected one to import; run "upheld check shop:app"',
        ("check", "nosuch:app"),
    ),
    "no such attribute": Case(
        {"shop": GOOD},
        'shop:nothing: no nothing in shop, expected the FastAPI app app; run "upheld check shop:app"',
        ("check", "shop:nothing"),
    ),
    "no app": Case(
        {"shop": "app = 3"},
        'shop:app: app is an int, expected a FastAPI app or a factory of one; run "upheld check module:app" with one',
    ),
    "no target": Case({}, '\'shop\' is no app, expected "module:app"; run "upheld check shop:app"', ("check", "shop")),
    "nothing named": Case(
        {},
        'no app named, expected module:app; write "upheld check main:app", or app = "main:app" below [tool.upheld]',
        ("check",),
    ),
    "raises on import": Case(
        {"shop": "\n\nraise RuntimeError('no key,\\nno shop')"},
        "shop:app: importing shop raised RuntimeError: no key, no shop (shop.py:3), expected an import without errors; "
        f"run \"python -c 'import shop'\" {TRACEBACK}",
    ),
    "prints, then raises on import": Case(
        {"shop": "print('hello')\nraise RuntimeError('no key')"},
        "shop:app: importing shop raised RuntimeError: no key (shop.py:2), expected an import without errors; "
        f"run \"python -c 'import shop'\" {TRACEBACK}",
    ),
    "starts a program that prints, then raises": Case(
        {"shop": "import subprocess\nsubprocess.run(['echo', 'hello'])\nraise RuntimeError('no key')"},
        "shop:app: importing shop raised RuntimeError: no key (shop.py:3), expected an import without errors; "
        f"run \"python -c 'import shop'\" {TRACEBACK}",
    ),
    "imports what is not there": Case(
        {"shop": "import nosuch"},
        "shop:app: importing shop raised ModuleNotFoundError: No module named 'nosuch' (shop.py:1), expected an import "
        f"without errors; run \"python -c 'import shop'\" {TRACEBACK}",
    ),
    "is no Python": Case(
        {"shop": "app = ("},
        "shop:app: importing shop raised SyntaxError: '(' was never closed (shop.py:1), expected an import without "
        f"errors; run \"python -c 'import shop'\" {TRACEBACK}",
    ),
    "leaves on import": Case(
        {"shop": "import sys\nsys.exit(0)"},
        "shop:app: importing shop raised SystemExit: 0 (shop.py:2), expected an import without errors; "
        f"run \"python -c 'import shop'\" {TRACEBACK}",
    ),
    "a factory that raises": Case(
        {"shop": "def create_app():\n    raise RuntimeError('no key')"},
        "shop:create_app: create_app() raised RuntimeError: no key (shop.py:2), expected a FastAPI app; "
        f"run \"python -c 'from shop import create_app as it; it()'\" {TRACEBACK}",
        ("check", "shop:create_app"),
    ),
    "a document that raises": Case(
        {"shop": WITH_DOCUMENT.format(body="raise ValueError('no title')")},
        "shop:app: openapi() raised ValueError: no title (shop.py:7), expected an OpenAPI document; "
        f"run \"python -c 'import shop; shop.app.openapi()'\" {TRACEBACK}",
    ),
    "a document that is none": Case(
        {"shop": WITH_DOCUMENT.format(body="return 3")},
        "shop:app: openapi() returned an int (shop.py:6), expected a dict; return the document from it",
    ),
    "a document without version": Case(
        {"shop": WITH_DOCUMENT.format(body="return {'hello': 1}")},
        'shop:app: no openapi version, expected 3.x; write a new one with "upheld export"',
    ),
    "a document that is not valid": Case(
        {"shop": WITH_DOCUMENT.format(body="return {'openapi': '3.1.0', 'info': {}, 'paths': {'/books': 3}}")},
        'shop:app: 3 is not of type "object" at #/paths/~1books, expected OpenAPI 3.1; mend it and run "upheld export"',
    ),
    "a document that is not valid, exported": Case(
        {"shop": WITH_DOCUMENT.format(body="return {'openapi': '3.1.0', 'info': {}, 'paths': {'/books': 3}}")},
        'shop:app: 3 is not of type "object" at #/paths/~1books, expected OpenAPI 3.1; mend it and run "upheld export"',
        ("export", "shop:app"),
    ),
    "a lifespan that raises": Case(
        {"shop": WITH_LIFESPAN.format(body="raise RuntimeError('no database')")},
        "the app's start-up failed: RuntimeError: no database, expected a lifespan that starts; check the settings it "
        "needs, `[tool.upheld] env` sets them",
    ),
    "a lifespan that leaves": Case(
        {"shop": WITH_LIFESPAN.format(body="raise SystemExit(0)")},
        "the app ended the check: SystemExit: 0 (shop.py:7), expected it to go on; take the exit out of that line",
    ),
    "a sign-in that is refused": Case(
        {"shop": WITH_SIGN_IN, "pyproject": SIGN_IN},
        "[tool.upheld.auth]: POST /token answered 401 without an access_token, expected 200 with one; check username, "
        "password and token_url",
    ),
    "a secret that is not set": Case(
        {"shop": WITH_SIGN_IN, "pyproject": SIGN_IN.replace("hunter22", "$NO_SUCH_VARIABLE")},
        "pyproject.toml: tool.upheld.auth.password needs $NO_SUCH_VARIABLE, which is not set; export "
        "NO_SUCH_VARIABLE=… first",
    ),
    "settings that are no TOML": Case(
        {"shop": GOOD, "pyproject": "[tool.upheld\nseed = 1"},
        "{folder}/pyproject.toml:1: is not TOML (…), expected key = value; mend that line",
    ),
    "an unknown setting": Case(
        {"shop": GOOD, "pyproject": "[tool.upheld]\nbudgets = 3"},
        'pyproject.toml: tool.upheld.budgets is unknown, did you mean "budget"?',
    ),
    "a wrong setting": Case(
        {"shop": GOOD, "pyproject": "[tool.upheld]\nbudget = 'much'"},
        'pyproject.toml: tool.upheld.budget = "much", expected a whole number from 1 to 100000; write budget = 200',
    ),
    "a rule that is none": Case(
        {"shop": GOOD, "pyproject": "[tool.upheld.levels]\nserver-errors = 'off'"},
        'pyproject.toml: tool.upheld.levels.server-errors is no rule, did you mean "server-error"?',
    ),
    "no committed document": Case(
        {"shop": GOOD},
        '{folder}/contracts/openapi.json: no such file, expected an OpenAPI document; run "upheld export"',
        ("export", "shop:app", "--check"),
    ),
    "no contract for a client": Case(
        {},
        '{folder}/contracts/openapi.json: no such file, expected an OpenAPI document; run "upheld export"',
        ("client", "-o", "generated"),
    ),
    "no contract for a client's check": Case(
        {},
        '{folder}/contracts/openapi.json: no such file, expected an OpenAPI document; run "upheld export"',
        ("client", "-o", "generated", "--check"),
    ),
    "no folder for a client": Case(
        {},
        "pyproject.toml: tool.upheld.client is missing, expected the client's folder; write client = "
        '"generated/client" or say -o FOLDER',
        ("client",),
    ),
    "a rule to explain that is none": Case(
        {}, 'server-eror: no such rule, expected one of …; did you mean "server-error"?', ("explain", "server-eror")
    ),
}


def matches(expected: str, line: str, folder: Path) -> bool:
    """Whether a line is the expected one; `…` stands for what a library words, or for a number that grows."""
    parts = expected.replace("{folder}", str(folder)).split("…")
    return re.fullmatch(".+".join(map(re.escape, parts)), line) is not None


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_one_line(project: Project, case: Case) -> None:
    project.write(**case.files)
    names = project.names()
    line = the_line(project.upheld(*case.arguments))
    assert matches(case.line, line, project.folder), line
    assert names == project.names()


DEBUGGED = (
    "no such module",
    "raises on import",
    "leaves on import",
    "a document that raises",
    "a document that is not valid",
    "a lifespan that raises",
    "a sign-in that is refused",
    "settings that are no TOML",
    "no contract for a client",
)
"""One of every stage."""


@pytest.mark.parametrize("case", [CASES[name] for name in DEBUGGED], ids=DEBUGGED)
def test_debug_shows_the_traceback(project: Project, case: Case) -> None:
    project.write(**case.files)
    ended = project.upheld(*case.arguments, "--debug")
    lines = ended.err.splitlines()
    assert (2, "", True) == (ended.code, ended.out, matches(f"upheld: error: {case.line}", lines[-1], project.folder))
    assert "Traceback (most recent call last):" in lines


ADVISED = {
    "nosuch:app": "nosuch:app: no module nosuch below {folder}, expected one to import; ",
    "service:nothing": "service:nothing: no nothing in service, expected a FastAPI app; ",
}


@pytest.mark.parametrize(("target", "line"), ADVISED.items(), ids=ADVISED)
def test_the_advice_leads_to_the_service(root: Path, target: str, line: str) -> None:
    expected = f'{line}run "upheld check service.app:app"'
    assert expected.replace("{folder}", f"{root}") == the_line(Project(root).upheld("check", target))


BROKEN = {
    "no JSON": ("{", "contracts/openapi.json:1: Expecting property name enclosed in double quotes in column 2"),
    "another version": ('{\n"openapi": "2.0"}', "contracts/openapi.json"),
    "no object": ("3", "contracts/openapi.json"),
    "no UTF-8": ("\udcff", "contracts/openapi.json"),
}
COMMANDS = {
    "export --check": ("export", "shop:app", "--check"),
    "client": ("client", "-o", "generated"),
    "client --check": ("client", "-o", "generated", "--check"),
}


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize(("text", "place"), BROKEN.values(), ids=BROKEN)
def test_a_contract_that_is_broken(project: Project, text: str, place: str, arguments: tuple[str, ...]) -> None:
    project.write(shop=GOOD)
    path = project.folder / "contracts" / "openapi.json"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8", errors="surrogateescape")
    line = the_line(project.upheld(*arguments))
    assert line.startswith(f"{project.folder}/{place}")
    assert ", expected " in line
    assert 'upheld export"' in line
    assert text == path.read_text(encoding="utf-8", errors="surrogateescape")
    assert {"shop.py", "contracts"} == project.names()


ENDPOINTS = {"on the loop": "async def", "in a thread": "def"}


@pytest.mark.parametrize("kind", ENDPOINTS.values(), ids=ENDPOINTS)
def test_an_endpoint_that_leaves_is_never_a_success(project: Project, kind: str) -> None:
    project.write(
        shop=f"""
            import sys
            from fastapi import FastAPI

            app = FastAPI()

            @app.get("/books")
            {kind} books() -> int:
                sys.exit(0)
        """
    )
    ended = project.upheld("check", "shop:app")
    assert ended.code in {1, 2}, ended
    assert "shop.py:9" in ended.out + ended.err
    assert "Traceback" not in ended.err
