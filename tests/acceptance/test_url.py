"""A running server is held to the same rules over HTTP, less those that need the inside."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.acceptance.conftest import PATIENCE_S, ROOT, Ended, Project, environment, the_line
from tests.loopback import free_port

pytestmark = pytest.mark.slow

CORPUS = ROOT / "tests" / "lies"


@contextmanager
def served(project: Project, module: str) -> Iterator[str]:
    """Serve a module's app on loopback; yield the address."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", f"{module}:app", "--port", str(port), "--log-level", "error"]
    log = project.folder.with_name("uvicorn.log")
    with (
        log.open("wb") as out,
        subprocess.Popen(command, cwd=project.folder, env=environment(), stdout=out, stderr=out) as server,
    ):
        try:
            for _ in range(10 * PATIENCE_S):
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    assert server.poll() is None, log.read_text(encoding="utf-8")
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def findings(ended: Ended) -> set[tuple[str, str, int | None]]:
    """Return rule, operation and status of what is more than a note."""
    assert ended.code in (0, 1), ended
    found = json.loads(ended.out)["findings"]
    return {(one["rule"], one["operation"], one["status"]) for one in found if one["level"] != "note"}


SAME = ["lying/bill_splitter", "lying/cargo_manifest", "honest/shape_canvas", "honest/scan_inbox"]


@pytest.mark.parametrize("app", SAME)
def test_the_same_is_found_as_in_process(project: Project, app: str) -> None:
    source = CORPUS / f"{app}.py"
    shutil.copy(source, project.folder)
    inside = findings(project.upheld("check", f"{source.stem}:app", "--format", "json"))
    with served(project, source.stem) as url:
        ended = project.upheld("check", "--url", url, "--format", "json")
    assert inside == findings(ended)
    assert bool(inside) == app.startswith("lying")
    report = json.loads(ended.out)
    assert url == report["app"]
    for found in report["findings"]:
        assert found["location"] is None
        assert url in found["request"]["curl"]


LOCKED = """
    from typing import Annotated
    from fastapi import Depends, FastAPI, HTTPException
    from fastapi.security import APIKeyHeader

    app = FastAPI()
    key = APIKeyHeader(name="X-Key")

    @app.get("/safe", responses={401: {}, 403: {}})
    def safe(given: Annotated[str, Depends(key)]) -> dict[str, str]:
        if given != "s3cret-of-the-shop":
            raise HTTPException(403)
        raise HTTPException(418, f"The key {given} fits, and nobody says what happens then")

    @app.get("/open", openapi_extra={"security": [{"APIKeyHeader": []}]})
    def open_to_all() -> int:
        return 1
"""


def test_a_header_signs_in_and_is_shown_nowhere(project: Project) -> None:
    project.write(shop=LOCKED)
    with served(project, "shop") as url:
        ended = project.upheld("check", "--url", url, "--format", "json", "--header", "X-Key: s3cret-of-the-shop")
    assert {
        ("undocumented-status", "GET /safe", 418),
        ("auth-not-enforced", "GET /open", None),
    } == findings(ended)
    assert "s3cret" not in ended.out + ended.err
    assert "x-key: ***" in ended.out


def test_the_docs_may_be_a_file(project: Project) -> None:
    project.write(shop="from fastapi import FastAPI\napp = FastAPI()\n@app.get('/a')\ndef a() -> int: return 1\n")
    assert 0 == project.upheld("export", "shop:app", "-o", "own.json").code
    document = json.loads((project.folder / "own.json").read_text(encoding="utf-8"))
    document["paths"]["/a"]["get"]["responses"]["200"]["content"]["application/json"]["schema"] = {"type": "string"}
    document["paths"]["/a"]["put"] = {"responses": {"200": {"description": "Put"}}}
    (project.folder / "own.json").write_text(json.dumps(document), encoding="utf-8")
    with served(project, "shop") as url:
        assert set() == findings(project.upheld("check", "--url", url, "--format", "json"))
        expected = {("response-schema-mismatch", "GET /a", 200), ("phantom-operation", "PUT /a", None)}
        told = project.upheld("check", "--url", url, "--contract", "own.json", "--format", "json")
        assert expected == findings(told)
        (project.folder / "contracts").mkdir()
        shutil.copy(project.folder / "own.json", project.folder / "contracts" / "openapi.json")
        assert expected == findings(project.upheld("check", "--url", url, "--format", "json"))


DIES = """
    import os
    from fastapi import FastAPI

    app = FastAPI()

    @app.get("/ok")
    def ok() -> int:
        return 1

    @app.post("/zz")
    def dies() -> int:
        os._exit(1)
"""


def test_a_server_that_dies(project: Project) -> None:
    project.write(shop=DIES)
    with served(project, "shop") as url:
        line = the_line(project.upheld("check", "--url", url))
    assert line.startswith(f"{url}: the server has gone (Connection refused), requests answered before that: ")
    assert line.endswith("expected it to go on; see in its log what POST /zz did, and start it again")


def test_a_server_without_a_document(project: Project) -> None:
    project.write(shop="from fastapi import FastAPI\napp = FastAPI(openapi_url=None)\n")
    with served(project, "shop") as url:
        line = the_line(project.upheld("check", "--url", url))
        assert (
            f"{url}/openapi.json: answered 404 without a JSON object, expected an OpenAPI document; "
            "name a file of it with --contract"
        ) == line
        line = the_line(project.upheld("check", "--url", url, "--contract", "gone.json"))
    assert line.endswith('gone.json: no such file, expected an OpenAPI document; run "upheld export"')


WRONG: dict[str, tuple[tuple[str, ...], str]] = {
    "nobody there": (
        ("--url", "http://127.0.0.1:1"),
        (
            "http://127.0.0.1:1: no server answers there (Connection refused), expected one that is running; start it, "
            "or mend --url"
        ),
    ),
    "no URL": (
        ("--url", "127.0.0.1:8000"),
        "--url 127.0.0.1:8000: no http or https URL without query, expected http://127.0.0.1:8000; mend the URL",
    ),
    "no port": (
        ("--url", "http://a:99999"),
        "--url http://a:99999: no such port, expected one from 1 to 65535; mend the URL",
    ),
    "a user": (
        ("--url", "http://a:s3cret@b"),
        "--url: it holds a user's name, expected a URL without; sign in with --header",
    ),
    "an app as well": (
        ("shop:app", "--url", "http://a"),
        "--url http://a: shop:app is named as well, expected one thing to ask; leave one of them out",
    ),
    "a base URL as well": (
        ("--base-url", "http://b", "--url", "http://a"),
        "--base-url http://b: --url says what requests call the app by; leave one of them out",
    ),
    "a header alone": (
        ("--header", "X-Key: s3cret"),
        '--header: no --url, expected both; write "upheld check --url http://127.0.0.1:8000 --header …"',
    ),
    "a file alone": (
        ("--contract", "a.json"),
        '--contract: no --url, expected both; write "upheld check --url http://127.0.0.1:8000 --contract …"',
    ),
    "no header": (
        ("--url", "http://a", "--header", "A: 1", "--header", "s3cret"),
        "--header: the second is no header, expected 'Name: value'; mend it",
    ),
    "a header of each request": (
        ("--url", "http://a", "--header", "Host: b"),
        "--header Host: is each request's own, expected a credential; leave it out",
    ),
}


@pytest.mark.parametrize(("arguments", "line"), WRONG.values(), ids=WRONG)
def test_wrong(project: Project, arguments: tuple[str, ...], line: str) -> None:
    assert line == the_line(project.upheld("check", *arguments))


def test_an_environment_proxy_is_not_asked(project: Project) -> None:
    project.write(shop="from fastapi import FastAPI\napp = FastAPI()\n@app.get('/a')\ndef a() -> int: return 1\n")
    with served(project, "shop") as url:
        ended = project.upheld("check", "--url", url, http_proxy="http://127.0.0.1:1", ALL_PROXY="http://127.0.0.1:1")
    assert 0 == ended.code, ended.err


def test_hooks_sign_in_over_http(project: Project) -> None:
    hooks = """
        def credentials(operation):
            return {"X-Key": "s3cret-of-the-shop"} if operation == "GET /safe" else None

        async def before_request(request):
            request.headers["x-from"] = "hook"
    """
    project.write(shop=LOCKED, checks=hooks, pyproject='[tool.upheld]\nhooks = "checks"\n')
    with served(project, "shop") as url:
        ended = project.upheld("check", "--url", url, "--format", "json")
    assert ("undocumented-status", "GET /safe", 418) in findings(ended)
    assert "s3cret" not in ended.out + ended.err
    assert '"x-from": "hook"' in ended.out
