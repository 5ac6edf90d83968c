"""The wiring, on small apps in this process: what a report holds, what settings change, and what stays hidden."""

import errno
import json
import os
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from textwrap import dedent
from typing import Any

import jsonschema_rs
import pytest

from upheld import run
from upheld.contract import ContractError
from upheld.model import Evidence, Finding, Level, Report, Tally, UpheldError
from upheld.report import View, formats, render
from upheld.settings import FixedHeaders, PasswordFlow, Settings

LYING = """
    from fastapi import FastAPI, HTTPException

    app = FastAPI()
    ASKED, SHARED = [], {410: {}}

    @app.get("/books")
    def list_books(limit: int = 10) -> list[str]:
        return ["Orlando"]

    @app.get("/books/{book_id}", responses=SHARED)
    def read_book(book_id: int) -> str:
        ASKED.append(book_id)
        if book_id != 1:
            raise HTTPException(404, "No such book")
        return "Orlando"

    @app.delete("/books/{book_id}", status_code=204)
    def remove_book(book_id: int) -> None:
        raise ZeroDivisionError("shelf")
"""
READ = "GET /books/{book_id}"
REMOVE = "DELETE /books/{book_id}"

Load = Callable[..., str]
NUMBERS = count()


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """Write a module of a name that no other has, and return the target of its app."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])

    def written(source: str, attribute: str = "app") -> str:
        name = f"run_app_{next(NUMBERS)}"
        (tmp_path / f"{name}.py").write_text(dedent(source), encoding="utf-8")
        return f"{name}:{attribute}"

    return written


def check(target: str | None, **settings: Any) -> Report:
    """Check an app of the working directory, with few requests where nothing else is said."""
    return run.check(target, Settings(**{"budget": 25} | settings), root=Path.cwd())


def module(target: str) -> Any:
    """Return the module that a check imported."""
    return sys.modules[target.partition(":")[0]]


def told(report: Report) -> list[tuple[str, str, int | None]]:
    """Return what was found, in short."""
    return [(finding.rule, finding.operation, finding.status) for finding in report.findings]


# A check -----------------------------------------------------------------------------------------------------------


def test_a_report(load: Load) -> None:
    target = load(LYING)
    report = check(target)
    name = target.partition(":")[0]
    assert [("undocumented-status", READ, 404), ("server-error", REMOVE, 500)] == told(report)
    first, second = report.findings
    assert (Level.ERROR, Evidence.OBSERVED, "200, 410, 422") == (first.level, first.evidence, first.documented)
    assert "answered 404; the docs list 200, 410, 422" == first.message
    assert first.location is not None
    assert (f"{name}.py", 15, 'raise HTTPException(404, "No such book")') == (
        first.location.path,
        first.location.line,
        first.location.code,
    )
    assert first.request is not None
    assert ("GET", "/books/0", None) == (first.request.method, first.request.target, first.request.body)
    assert "curl -X GET http://127.0.0.1:8000/books/0" == first.request.curl
    assert first.count > 1
    assert second.location is not None
    assert 'raise ZeroDivisionError("shelf")' == second.location.code
    assert (target, 0) == (report.app, report.seed)
    assert ["GET /books", READ, REMOVE] == [operation.label for operation in report.contract.operations]
    assert report.seconds > 0


def test_coverage(load: Load) -> None:
    report = check(load(LYING))
    assert Tally(documented=3, seen=3) == report.operations
    assert Tally(documented=7, seen=5) == report.responses  # neither 410 nor 204 was ever answered


def test_notes_are_what_the_framework_did(load: Load) -> None:
    notes = {note.about: note.operations for note in check(load(LYING)).notes}
    assert notes
    assert all(1 <= operations <= 3 for operations in notes.values())
    assert sorted(notes) == list(notes)


def test_an_honest_app(load: Load) -> None:
    report = check(load(LYING.replace("{410: {}}", "{404: {}}").replace('raise ZeroDivisionError("shelf")', "return")))
    assert () == report.findings


def test_no_operation(load: Load) -> None:
    report = check(load("from fastapi import FastAPI\napp = FastAPI()"))
    assert ((), 0, Tally(documented=0, seen=0)) == (report.findings, report.requests, report.operations)


def test_a_factory_and_the_app_of_the_settings(load: Load) -> None:
    source = "from fastapi import FastAPI\ndef create_app() -> FastAPI:\n    return FastAPI()"
    target = load(source, "create_app")
    assert target == check(None, app=target).app
    with pytest.raises(UpheldError, match=r'^no app named, expected module:app; write "upheld check main:app", or'):
        check(None)


def test_progress_names_every_operation_once(load: Load) -> None:
    seen: list[tuple[int, int, str]] = []
    run.check(
        load(LYING),
        Settings(budget=5),
        root=Path.cwd(),
        progress=lambda done, total, label: seen.append((done, total, label)),
    )
    assert [(0, 3), (1, 3), (2, 3)] == [(done, total) for done, total, _ in seen]
    assert {"GET /books", READ, REMOVE} == {label for _, _, label in seen}


def test_an_operation_that_no_route_serves(load: Load) -> None:
    target = load(
        """
        from fastapi import FastAPI

        app = FastAPI()
        document = app.openapi()
        document["paths"]["/ghosts"] = {"get": {"responses": {"200": {"description": "Boo"}}}}
        app.openapi = lambda: document
        """
    )
    report = check(target)
    assert [("phantom-operation", "GET /ghosts", None)] == told(report)
    location = report.findings[0].location
    assert location is not None
    assert 6 == location.line


# Settings ----------------------------------------------------------------------------------------------------------

LEVELS: dict[str, tuple[dict[str, Any], list[tuple[str, Level]]]] = {
    "their own": ({}, [(READ, Level.ERROR), (REMOVE, Level.ERROR)]),
    "one rule": (
        {"levels": {"undocumented-status": Level.NOTE}},
        [(READ, Level.NOTE), (REMOVE, Level.ERROR)],
    ),
    "one rule off": ({"levels": {"undocumented-status": Level.OFF}}, [(REMOVE, Level.ERROR)]),
    "off at one operation": (
        {"operation_levels": {REMOVE: {"server-error": Level.OFF}}},
        [(READ, Level.ERROR)],
    ),
    "off but for one operation": (
        {
            "levels": {"undocumented-status": Level.OFF, "server-error": Level.OFF},
            "operation_levels": {READ: {"undocumented-status": Level.WARNING}},
        },
        [(READ, Level.WARNING)],
    ),
    "at another operation": (
        {"operation_levels": {"GET /books": {"server-error": Level.OFF}}},
        [(READ, Level.ERROR), (REMOVE, Level.ERROR)],
    ),
}


@pytest.mark.parametrize(("settings", "expected"), LEVELS.values(), ids=LEVELS)
def test_levels(load: Load, settings: dict[str, Any], expected: list[tuple[str, Level]]) -> None:
    assert expected == [(finding.operation, finding.level) for finding in check(load(LYING), **settings).findings]


@pytest.mark.parametrize("budget", [1, 7, 60])
def test_budget(load: Load, budget: int) -> None:
    target = load(LYING)
    report = check(target, budget=budget)
    assert 0 < report.requests <= 3 * budget
    assert len(module(target).ASKED) <= budget + 1  # a finding is asked for once more, to see its line


def twice(target: str, *seeds: int) -> list[tuple[Report, list[int]]]:
    """Check an app, imported anew, with each seed; return the reports and which books were asked for."""
    found = []
    for seed in seeds:
        sys.modules.pop(target.partition(":")[0], None)
        report = check(target, seed=seed)
        found.append((report, module(target).ASKED))
    return found


def test_a_seed_changes_the_requests_and_not_what_is_found(load: Load) -> None:
    (first, asked), (second, asked_then) = twice(load(LYING), 0, 1)
    assert (0, 1) == (first.seed, second.seed)
    assert asked != asked_then
    assert told(first) == told(second)
    assert [f.location for f in first.findings] == [f.location for f in second.findings]
    assert [f.fingerprint for f in first.findings] == [f.fingerprint for f in second.findings]


def test_the_same_seed_sends_the_same_requests(load: Load) -> None:
    (cold, asked), (warm, asked_then) = twice(load(LYING), 5, 5)
    assert asked == asked_then
    assert (cold.findings, cold.notes, cold.requests) == (warm.findings, warm.notes, warm.requests)


def test_a_fingerprint_stays_when_lines_move(load: Load, tmp_path: Path) -> None:
    target = load(LYING)
    before = check(target)
    path = tmp_path / f"{target.partition(':')[0]}.py"
    path.write_text("# moved\n\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    ((after, _),) = twice(target, 0)
    moved = [
        (f.location.line, g.location.line)
        for f, g in zip(before.findings, after.findings, strict=True)
        if f.location and g.location
    ]
    assert [(15, 18), (20, 23)] == moved
    assert [f.fingerprint for f in before.findings] == [f.fingerprint for f in after.findings]
    assert 2 == len({f.fingerprint for f in after.findings})


def test_the_environment_is_set_before_the_import(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUN_APP_TITLE", "another")
    source = "import os\nfrom fastapi import FastAPI\napp = FastAPI(title=os.environ['RUN_APP_TITLE'])"
    report = check(load(source), env={"RUN_APP_TITLE": "Bookshop"})
    assert "Bookshop" == report.contract.document["info"]["title"]


def test_a_base_url_is_what_the_app_is_called_by(load: Load) -> None:
    source = """
        from fastapi import FastAPI
        from starlette.middleware.trustedhost import TrustedHostMiddleware

        app = FastAPI()
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=["shop.test"])

        @app.get("/books")
        def books() -> int:
            raise ZeroDivisionError("shelf")
    """
    report = check(load(source), base_url="https://shop.test")
    assert [("server-error", "GET /books", 500)] == told(report)
    assert report.findings[0].request is not None
    assert "curl -X GET https://shop.test/books" == report.findings[0].request.curl
    with pytest.raises(UpheldError, match=r"^base_url='http://testserver': "):
        check(load(source))


# What the app does to the process ----------------------------------------------------------------------------------


def test_prints_go_to_standard_error(load: Load, capfd: pytest.CaptureFixture[str]) -> None:
    check(
        load(
            """
            import os
            from fastapi import FastAPI

            print("import")
            app = FastAPI()

            @app.get("/books")
            def books() -> int:
                os.write(1, b"raw\\n")
                print("call")
                return 1
            """
        )
    )
    print("after")  # noqa: T201 - to see that it is led back
    out, err = capfd.readouterr()
    assert "after\n" == out
    assert {"import", "raw", "call"} == set(err.split())


def test_a_standard_output_that_is_closed(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(_descriptor: int) -> int:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))

    with monkeypatch.context() as patch:
        patch.setattr(os, "dup", closed)
        patch.setattr(os, "dup2", lambda _from, _to: closed(1))
        report = check(load(LYING))
    assert 2 == len(report.findings)


def test_the_working_directory_is_restored(load: Load, tmp_path: Path) -> None:
    source = "import os\nfrom fastapi import FastAPI\nos.chdir('/')\napp = FastAPI()"
    check(load(source))
    assert tmp_path == Path.cwd()
    with pytest.raises(ContractError):
        check(load(f"{source}\nraise RuntimeError"))
    assert tmp_path == Path.cwd()


ENDS = {
    "on import": ("raise SystemExit(0)", "pass", ": importing run_app_"),
    "at start-up": ("pass", "raise SystemExit(0)", "the app ended the check: SystemExit: 0 (run_app_"),
}


@pytest.mark.parametrize(("on_import", "at_start", "line"), ENDS.values(), ids=ENDS)
def test_an_app_that_leaves_does_not_end_the_check_well(load: Load, on_import: str, at_start: str, line: str) -> None:
    source = f"""
        from contextlib import asynccontextmanager
        from fastapi import FastAPI

        {on_import}

        @asynccontextmanager
        async def lifespan(app):
            {at_start}
            yield

        app = FastAPI(lifespan=lifespan)
    """
    with pytest.raises(UpheldError) as raised:
        check(load(source))
    assert line in str(raised.value)


def test_nothing_is_left_behind_in_the_framework(load: Load) -> None:
    from fastapi import responses  # noqa: PLC0415 - as it stands before and after

    before = {name: vars(responses.Response).get(name) for name in ("__init__", "status_code")}
    check(load(LYING))
    assert before == {name: vars(responses.Response).get(name) for name in before}


# Secrets -----------------------------------------------------------------------------------------------------------

PASSWORD, TOKEN, KEY = "correct horse", "opaque-token-81723", "key-5f3c0d"
SECURED = """
    from typing import Annotated
    from fastapi import Depends, FastAPI, Form
    from fastapi.security import {scheme}

    app = FastAPI()
    secured = {made}
    PASSWORD = "correct horse"

    @app.post("/token")
    def token(username: Annotated[str, Form()], password: Annotated[str, Form()]) -> dict[str, str]:
        if password != PASSWORD:
            return {{}}
        return {{"access_token": "opaque-token-81723", "token_type": "bearer"}}

    @app.get("/me/{{name}}")
    def me(name: str, credentials: Annotated[str, Depends(secured)]) -> int:
        raise ValueError(f"{{credentials}} is signed in with {{PASSWORD}}")
"""
SECRETS: dict[str, tuple[str, PasswordFlow | FixedHeaders]] = {
    "a password flow": (
        SECURED.format(scheme="OAuth2PasswordBearer", made="OAuth2PasswordBearer(tokenUrl='token')"),
        PasswordFlow(username="ada", password=PASSWORD),
    ),
    "an API key": (
        SECURED.format(scheme="APIKeyHeader", made="APIKeyHeader(name='X-Shop-Key')").replace("correct horse", KEY),
        FixedHeaders(headers={"X-Shop-Key": KEY}),
    ),
}


@pytest.mark.parametrize("form", formats())
@pytest.mark.parametrize(("source", "auth"), SECRETS.values(), ids=SECRETS)
def test_secrets_are_masked(load: Load, source: str, auth: PasswordFlow | FixedHeaders, form: str) -> None:
    report = check(load(source), auth=auth)
    assert ("server-error", "GET /me/{name}", 500) in told(report)
    for held in (True, False):
        text = render(form, report, View(held=held, verbose=True, color=False))
        assert "***" in text
        for secret in (PASSWORD, TOKEN, KEY):
            assert secret not in text


def test_what_the_app_made_is_masked_and_what_we_made_up_is_not(load: Load) -> None:
    source = """
        from typing import Annotated
        from fastapi import Depends, FastAPI
        from fastapi.security import OAuth2PasswordBearer
        from pydantic import BaseModel

        app = FastAPI()

        class Named(BaseModel, extra="allow"):
            name: str

        @app.post("/sessions")
        def sign_in(named: Named) -> dict[str, str]:
            return {"access_token": "made-by-the-app-4711", "name": named.name}

        @app.post("/me")
        def me(named: Named, token: Annotated[str, Depends(OAuth2PasswordBearer("sessions"))]) -> int:
            raise ValueError(f"made-by-the-app-4711 {named.model_extra}")
            return 1
    """
    failed = 'raise ValueError(f"made-by-the-app-4711 {named.model_extra}")'
    for told in (failed, f'if "upheld_extra" in named.model_extra: {failed}'):
        findings = check(load(source.replace(failed, told)), budget=60).findings
        (finding,) = (found for found in findings if found.rule == "server-error")
        assert finding.request is not None
        assert "***" in finding.observed
        assert "made-by-the-app" not in finding.observed
        assert ("upheld_extra" in finding.request.curl) == (told is not failed)


def test_a_job_summary_is_masked(load: Load) -> None:
    from upheld.report import github  # noqa: PLC0415 - the one format that says a second thing

    source, auth = SECRETS["a password flow"]
    text = github.summary(check(load(source), auth=auth), View(held=False, verbose=True))
    assert "GET /me/" in text
    assert PASSWORD not in text
    assert TOKEN not in text


# Reports are what the schema says ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def schema(request: pytest.FixtureRequest) -> jsonschema_rs.Draft202012Validator:
    """The documented schema of the JSON report."""
    path = request.config.rootpath / "upheld" / "report" / "schema.json"
    return jsonschema_rs.Draft202012Validator(json.loads(path.read_bytes()))


def test_every_report_obeys_its_schema(load: Load, schema: jsonschema_rs.Draft202012Validator) -> None:
    target, settings, root = load(LYING), Settings(budget=20), Path.cwd()
    contract, folder = root / settings.contract, root / "generated"
    run.export(target, settings, root=root, out=None)
    reports = [check(target), run.stale(target, settings, root=root, path=contract)]
    contract.write_text(contract.read_text(encoding="utf-8").replace('"Read Book"', '"Fetch Book"'), encoding="utf-8")
    reports += [
        run.stale(target, settings, root=root, path=contract),
        run.stale_client(settings, contract=contract, out=folder),
    ]
    for report in reports:
        schema.validate(json.loads(render("json", report, View())))
    assert [2, 0, 1] == [len(report.findings) for report in reports[:3]]
    assert reports[3].findings


# The committed document --------------------------------------------------------------------------------------------


def test_export(load: Load) -> None:
    target, root = load(LYING), Path.cwd()
    assert Path("contracts/openapi.json") == run.export(target, Settings(), root=root, out=None)
    path = root / "contracts" / "openapi.json"
    text = path.read_text(encoding="utf-8")
    assert text == run.export(target, Settings(), root=root, out=Path("-"))
    assert ["/books", "/books/{book_id}"] == list(json.loads(text)["paths"])
    assert text.endswith("}\n")
    os.utime(path, (1, 1))
    run.export(target, Settings(), root=root, out=None)
    assert 1 == path.stat().st_mtime, "what is up to date is not written again"
    path.write_bytes(b"\xff")
    run.export(target, Settings(), root=root, out=None)
    assert text == path.read_text(encoding="utf-8")


def test_export_outside_of_the_project(load: Load, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = tmp_path_factory.mktemp("elsewhere") / "openapi.json"
    assert out == run.export(load(LYING), Settings(), root=Path.cwd(), out=out)
    assert out.exists()


STALE = {
    "nothing": ("", "", []),
    "an answer": ('"410": {', '"411": {', [f"{READ}: answer 410 added", f"{READ}: answer 411 removed"]),
    "the title": ('"title": "FastAPI"', '"title": "Shop"', [': info.title "Shop" → "FastAPI"']),
    "how it is written": ("{\n", "{\n\n", [": is written differently"]),
}


@pytest.mark.parametrize(("old", "new", "messages"), STALE.values(), ids=STALE)
def test_stale(load: Load, old: str, new: str, messages: list[str]) -> None:
    target, root = load(LYING), Path.cwd()
    path = root / "contracts" / "openapi.json"
    run.export(target, Settings(), root=root, out=None)
    text = path.read_text(encoding="utf-8").replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    report = run.stale(target, Settings(), root=root, path=path)
    assert messages == [f"{finding.operation}: {finding.message}" for finding in report.findings]
    assert {"stale-contract"} >= {finding.rule for finding in report.findings}
    assert (0, target) == (report.requests, report.app)
    assert text == path.read_text(encoding="utf-8")


UNREADABLE = {
    "missing": (None, 'no such file, expected an OpenAPI document; run "upheld export"'),
    "no JSON": (b"{", "Expecting property name enclosed in double quotes in column 2, expected JSON; run"),
    "no UTF-8": (b"\xff", 'byte 0xff, expected UTF-8; run "upheld export"'),
}


@pytest.mark.parametrize(("raw", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_stale_without_a_document_to_compare(load: Load, raw: bytes | None, message: str) -> None:
    root = Path.cwd()
    path = root / "openapi.json"
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(ContractError) as raised:
        run.stale(load(LYING), Settings(), root=root, path=path)
    assert message in f"{raised.value}"


def test_stale_with_the_line_ends_of_windows(load: Load) -> None:
    target, root = load(LYING), Path.cwd()
    path = root / "contracts" / "openapi.json"
    run.export(target, Settings(), root=root, out=None)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert () == run.stale(target, Settings(), root=root, path=path).findings


def test_stale_is_off_where_the_settings_say_so(load: Load) -> None:
    target, root = load(LYING), Path.cwd()
    path = root / "openapi.json"
    path.write_text('{"openapi": "3.1.0", "info": {"title": "", "version": ""}, "paths": {}}', encoding="utf-8")
    settings = Settings(levels={"stale-contract": Level.OFF})
    assert () == run.stale(target, settings, root=root, path=path).findings


# The client --------------------------------------------------------------------------------------------------------


def test_client(load: Load) -> None:
    root = Path.cwd()
    contract, out = root / "contracts" / "openapi.json", root / "generated"
    run.export(load(LYING), Settings(), root=root, out=None)
    written = run.client(root=root, contract=contract, out=out)
    assert {Path("generated", name) for name in ("__init__.py", "_runtime/wire.py", "client.py", "models.py")} < set(
        written
    )
    assert sorted(written) == written
    assert all((root / path).is_file() for path in written)
    fresh = run.stale_client(Settings(), contract=contract, out=out)
    assert () == fresh.findings
    (out / "models.py").write_text("", encoding="utf-8")
    (out / "py.typed").unlink()
    findings: tuple[Finding, ...] = run.stale_client(Settings(), contract=contract, out=out).findings
    assert {"generated: models.py differs", "generated: py.typed is missing"} == {f.message for f in findings}
    assert "" == (out / "models.py").read_text(encoding="utf-8")


def test_client_outside_of_the_project(load: Load, tmp_path_factory: pytest.TempPathFactory) -> None:
    root, out = Path.cwd(), tmp_path_factory.mktemp("elsewhere") / "client"
    run.export(load(LYING), Settings(), root=root, out=None)
    written = run.client(root=root, contract=root / "contracts" / "openapi.json", out=out)
    assert out / "models.py" in written
