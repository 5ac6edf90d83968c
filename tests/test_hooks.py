"""The functions of a user's own: called when they are said to be, and what is wrong with them is said in one line."""

import asyncio
import re
import sys
from collections.abc import Awaitable, Iterator
from dataclasses import replace
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from tests import build
from tests.modules import forgotten
from upheld import hooks, run
from upheld.hooks import Hooks
from upheld.model import Padding, UpheldError
from upheld.settings import FixedHeaders, read

DOCS = Path(__file__).parents[1] / "docs" / "settings.md"

SHOP = """
    from typing import Annotated
    from fastapi import Depends, FastAPI, Header, HTTPException
    from fastapi.security import APIKeyHeader

    app = FastAPI()
    shelves: dict[str, int] = {"old": 1}
    tenants: set[str | None] = set()
    served: list[str] = []
    NO = {401: {"description": "No"}, 403: {"description": "No"}}

    def current_user() -> str:
        raise HTTPException(401)

    @app.get("/me", responses=NO)
    def me(user: Annotated[str, Depends(current_user)], x_tenant: Annotated[str | None, Header()] = None) -> str:
        tenants.add(x_tenant)
        return user

    @app.get("/shelves")
    def all_shelves() -> dict[str, int]:
        return shelves

    @app.get("/report", responses=NO)
    def report(key: Annotated[str, Depends(APIKeyHeader(name="X-Key"))]) -> int:
        if key != "r3port":
            raise HTTPException(403)
        served.append(key)
        raise HTTPException(418, f"the key {key} is no teapot")
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project's folder, whose modules are forgotten afterwards."""
    monkeypatch.chdir(tmp_path)
    with forgotten(tmp_path):
        yield tmp_path


def wait(begun: Awaitable[Any]) -> Any:
    async def awaited() -> Any:
        return await begun

    return asyncio.run(awaited())


def loaded(project: Path, source: str) -> Hooks:
    (project / "own_hooks.py").write_text(dedent(source), encoding="utf-8")
    sys.modules.pop("own_hooks", None)
    return Hooks.load("own_hooks", project)


def test_the_example_of_the_docs(project: Path) -> None:
    text = DOCS.read_text(encoding="utf-8").partition("## `hooks`")[2]
    toml, python = re.findall(r"```(?:toml|python)\n(.*?)```", text, re.DOTALL)
    (project / "shop.py").write_text(dedent(SHOP), encoding="utf-8")
    (project / "pyproject.toml").write_text(toml.replace("tests.contract", "checks.contract"), encoding="utf-8")
    (project / "checks").mkdir()  # `tests` is this very package here
    (project / "checks" / "contract.py").write_text(python, encoding="utf-8")
    report = run.check("shop:app", read(project), root=project)
    assert [("undocumented-status", "GET /report", 418)] == [(f.rule, f.operation, f.status) for f in report.findings]
    assert "r3port" not in str([(f.message, f.observed, f.request) for f in report.findings])
    shop = sys.modules["shop"]
    assert ({}, {"get"}) == (shop.shelves, shop.tenants)
    assert shop.served


ASYNC = """
    import asyncio
    calls = []
    async def setup(app):
        calls.append("setup")
    async def reset():
        await asyncio.sleep(0)
        calls.append("reset")
    async def credentials(operation):
        return {"x-key": "r3port"}
    async def before_request(request):
        await asyncio.sleep(0)
        calls.append(request.operation)
"""


def test_async_hooks_in_their_order(project: Path) -> None:
    (project / "shop.py").write_text(dedent(SHOP), encoding="utf-8")
    (project / "own_hooks.py").write_text(dedent(ASYNC), encoding="utf-8")
    (project / "pyproject.toml").write_text('[tool.upheld]\nhooks = "own_hooks"\nbudget = 5\n', encoding="utf-8")
    run.check("shop:app", read(project), root=project)
    calls = sys.modules["own_hooks"].calls
    assert ["setup", "reset"] == calls[:2]
    assert 2 == calls.count("reset")
    assert 0 < calls.index("reset", 2) < len(calls) - 1
    assert sys.modules["shop"].served


def test_signing_every_request_is_signing_in(project: Path) -> None:
    shop = SHOP.replace('key != "r3port"', "not key").replace("raise HTTPException(418", "return 1  # (")
    (project / "shop.py").write_text(dedent(shop), encoding="utf-8")
    source = 'def before_request(request):\n    request.headers["x-key"] = "k"\n'
    (project / "own_hooks.py").write_text(source, encoding="utf-8")
    (project / "pyproject.toml").write_text('[tool.upheld]\nhooks = "own_hooks"\nbudget = 5\n', encoding="utf-8")
    report = run.check("shop:app", read(project), root=project)
    assert "auth-not-enforced" not in {finding.rule for finding in report.findings}


def test_a_hook_wins_over_the_settings(project: Path) -> None:
    found = loaded(
        project, 'def credentials(operation):\n    return {"X-A": operation} if "GET" in operation else None'
    )
    assert {"x-a": "GET /a"} == found.credentials("GET /a", wait)
    assert found.credentials("PUT /a", wait) is None
    assert FixedHeaders(headers={}).scheme is None


PREPARED: dict[str, tuple[str, dict[str, Any]]] = {
    "nothing changed": ("pass", {}),
    "a header": ("request.headers['X-A'] = 'b'", {"headers": (("x-b", "1"), ("cookie", "c=1"), ("x-a", "b"))}),
    "all of it": (
        "return Request(request.operation, 'PUT', '/other', {}, b'x')",
        {"method": "PUT", "target": "/other", "headers": (), "body": b"x"},
    ),
}


@pytest.mark.parametrize(("body", "changed"), PREPARED.values(), ids=PREPARED)
def test_prepared(project: Path, body: str, changed: dict[str, Any]) -> None:
    asked = build.request(headers=(("x-b", "1"), ("cookie", "c=1"), ("x-b", "2")))
    found = loaded(project, f"from upheld.hooks import Request\ndef before_request(request):\n    {body}\n")
    expected = build.request(**{"headers": asked.headers} | changed)
    assert expected == asyncio.run(found.prepared(asked, "GET /books/{book_id}"))


LONG: dict[str, tuple[str, dict[str, Any]]] = {
    "it is seen as it is sent": (
        "request.headers['x-length'] = str(len(request.body))",
        {"headers": (("x-length", "9"),)},
    ),
    "another body": ("request.body += b'!'", {"body": b"12      3!", "padding": None}),
}


@pytest.mark.parametrize(("body", "changed"), LONG.values(), ids=LONG)
def test_a_long_body(project: Path, body: str, changed: dict[str, Any]) -> None:
    asked = build.request(body=b"123", padding=Padding(byte=b" ", length=6, before=1))
    found = loaded(project, f"def before_request(request):\n    {body}\n")
    assert replace(asked, **changed) == asyncio.run(found.prepared(asked, "GET /books/{book_id}"))


LOAD = {
    "no such module": (None, r'\[tool.upheld\] hooks = "own_hooks": no module own_hooks below .*; mend it'),
    "it raises": (
        "import json\n1 / 0",
        r'hooks = "own_hooks": importing it raised ZeroDivisionError: division by zero \(own_hooks.py:2\), expected a',
    ),
    "it exits": ("raise SystemExit(3)", r"raised SystemExit: 3 \(own_hooks.py:1\)"),
    "what it imports is missing": ("import nosuch", r"raised ModuleNotFoundError: No module named 'nosuch' \(own_ho"),
    "a name nearly right": (
        "def reset(): ...\ndef credential(operation): ...",
        r"^own_hooks.py:2: credential is no hook, expected credentials; rename it",
    ),
    "nothing in it": ("x = 1", r"it has none, expected a module of the project's with any of setup, credentials, re"),
    "no function": ("reset = 3", r"reset is 3, expected a function; write def reset\(…\)"),
}


@pytest.mark.parametrize(("source", "message"), LOAD.values(), ids=LOAD)
def test_what_cannot_be_loaded(project: Path, source: str | None, message: str) -> None:
    if source is not None:
        (project / "own_hooks.py").write_text(source, encoding="utf-8")
    with pytest.raises(UpheldError, match=message):
        Hooks.load("own_hooks", project)


def test_names_that_are_only_like_a_hook_s(project: Path) -> None:
    assert loaded(project, "from json import loads as resett\ndef reset(): ...\ndef resets(): ...").has("reset")


CALLED = {
    "it raises": (
        "setup",
        "def setup(app):\n    raise ValueError('no db')",
        r"^own_hooks.py:2: setup\(\) raised Value",
    ),
    "below": ("reset", "def reset():\n    deep()\ndef deep():\n    1 / 0", r"^own_hooks.py:4: reset\(\) raised ZeroDi"),
    "async": ("reset", "async def reset():\n    raise ValueError", r"^own_hooks.py:2: reset\(\) raised ValueError, ex"),
    "it exits": ("reset", "def reset():\n    exit(1)", r"^own_hooks.py:2: reset\(\) raised SystemExit: 1, expected it"),
    "it takes something else": (
        "setup",
        "def setup(): ...",
        r"^own_hooks.py:1: setup\(\) raised TypeError: setup\(\) t",
    ),
}


@pytest.mark.parametrize(("name", "source", "message"), CALLED.values(), ids=CALLED)
def test_a_hook_that_raises(project: Path, name: str, source: str, message: str) -> None:
    found = loaded(project, source)
    with pytest.raises(UpheldError, match=message) as raised:
        found.run(name, *(["app"] if name == "setup" else []), wait=wait)
    assert "\n" not in str(raised.value)


RETURNED = {
    "no mapping": ("return 'Bearer x'", r"credentials\(\) returned str for GET /a, expected headers as texts, or None"),
    "no text": ("return {'a': 1}", r"returned dict for GET /a, expected headers as texts"),
    "a line break": ("return {'a': 'b\\n'}", r"returned dict for GET /a, expected headers as texts"),
}


@pytest.mark.parametrize(("body", "message"), RETURNED.values(), ids=RETURNED)
def test_credentials_that_are_none(project: Path, body: str, message: str) -> None:
    found = loaded(project, f"def credentials(operation):\n    {body}\n")
    with pytest.raises(UpheldError, match=rf"^own_hooks.py:1: .*{message}"):
        found.credentials("GET /a", wait)


SENT = {
    "it raises": ("raise ValueError('no')", r"^own_hooks.py:2: before_request\(\) raised ValueError: no, expected it"),
    "no request": ("return 1", r"before_request\(\) returned int, expected its request"),
    "no target": ("request.target = 'http://x'", r"returned target 'http://x', expected a percent-encoded path"),
    "no bytes": ("request.body = 'x'", r"expected a percent-encoded path, bytes as body"),
    "no header": ("request.headers['a b'] = 'x'", r"returned Request, expected its request, its headers texts"),
}


@pytest.mark.parametrize(("body", "message"), SENT.values(), ids=SENT)
def test_requests_that_are_none(project: Path, body: str, message: str) -> None:
    found = loaded(project, f"def before_request(request):\n    {body}\n")
    with pytest.raises(UpheldError, match=message):
        asyncio.run(found.prepared(build.request(), "GET /a"))


def test_without_a_module_nothing_happens() -> None:
    assert Hooks().run("setup", object(), wait=wait) is None
    assert not any(map(Hooks().has, hooks.NAMES))
