"""`upheld fix`: what can be fixed is listed, shown as a patch, or written and checked again."""

import json
import shutil
import stat
import subprocess
from itertools import count
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Ended

NUMBERS = count()

APP = """\
import time

from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/books/{number}")
def read(number: str) -> str:
    if number != "1":
        raise HTTPException(404, "No such book")
    return "Orlando"


@app.get("/slow")
async def slow() -> str:
    time.sleep(0.1)
    return "slow"
"""

LISTED = """\
GET /books/{{number}} undocumented-status 404
  {path}:11
  document 404 as Detail (changes the docs only)
GET /slow blocking-call
  {path}:17
  make slow a plain def, which FastAPI runs in a thread (changes what the app does)

"""

AFTER = APP.replace(
    """HTTPException

app = FastAPI()
""",
    """HTTPException
from pydantic import BaseModel


class Detail(BaseModel):
    detail: str


app = FastAPI()
""",
).replace(
    '@app.get("/books/{number}")',
    """@app.get(
    "/books/{number}", responses={404: {"model": Detail, "description": "No such book"}}
)""",
)


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write an app with two findings, one of which documentation mends."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.upheld]\nbudget = 10\n", encoding="utf-8")
    path = tmp_path / f"fixed_app_{next(NUMBERS)}.py"
    path.write_text(APP, encoding="utf-8")
    return path


def fix(whole: Cli, path: Path, *arguments: str) -> Ended:
    """Run the command on an app."""
    return whole("fix", f"{path.stem}:app", *arguments)


def applied(path: Path, patch: str, to: Path) -> bytes:
    """Have Git apply a patch to a copy of a file, and return what comes out."""
    to.mkdir()
    shutil.copy(path, to / path.name)
    done = subprocess.run(["git", "apply", "-"], cwd=to, input=patch.encode(), capture_output=True, check=False)  # noqa: S607
    assert (0, b"") == (done.returncode, done.stderr)
    return (to / path.name).read_bytes()


def test_listed(app: Path, whole: Cli) -> None:
    ended = fix(whole, app)
    end = "1 of 2 findings can be fixed.\nNext: upheld fix --diff, or --write\n"
    assert (1, LISTED.format(path=app.name) + end, "") == ended
    both = fix(whole, app, "--behaviour")
    end = "2 of 2 findings can be fixed.\nNext: upheld fix --behaviour --diff, or --write\n"
    assert (1, LISTED.format(path=app.name) + end) == (both.code, both.out)
    assert app.read_text(encoding="utf-8") == APP


def test_diff_is_what_write_writes(app: Path, whole: Cli, tmp_path: Path) -> None:
    ended = fix(whole, app, "--diff")
    assert 1 == ended.code
    patched = applied(app, ended.out, tmp_path / "copy")
    app.chmod(0o750)
    written = fix(whole, app, "--write")
    assert AFTER.encode() == app.read_bytes() == patched
    assert 0o750 == stat.S_IMODE(app.stat().st_mode)
    assert [
        f"wrote {app.name}",
        "gone  GET /books/{number} undocumented-status 404: answered 404; the docs list 200, 422",
        "left  GET /slow blocking-call: time.sleep blocks the event loop, and with it every other request",
        "",
        "1 finding gone, 1 left, 0 new.",
        "Next: upheld export, and read the difference before you commit it",
    ] == written.out.splitlines()
    assert 1 == written.code


def test_write_all(app: Path, whole: Cli) -> None:
    ended = fix(whole, app, "--write", "--behaviour", "--format", "json")
    assert 0 == ended.code
    assert [] == json.loads(ended.out)["findings"]
    assert AFTER.replace("async def", "def") == app.read_text(encoding="utf-8")


def test_one_rule(app: Path, whole: Cli) -> None:
    ended = fix(whole, app, "--rule", "blocking-call", "--behaviour", "--diff")
    changed = [line for line in ended.out.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert ["-async def slow() -> str:", "+def slow() -> str:"] == changed
    nothing = fix(whole, app, "--rule", "phantom-status", "--diff")
    assert (1, "") == (nothing.code, nothing.out)


def test_json(app: Path, whole: Cli) -> None:
    ended = fix(whole, app, "--format", "json")
    fixes = [finding["fix"] for finding in json.loads(ended.out)["findings"]]
    assert ["document 404 as Detail", "make slow a plain def, which FastAPI runs in a thread"] == [
        each["summary"] for each in fixes
    ]
    assert all(each["diff"].startswith(f"--- a/{app.name}\n+++ b/{app.name}\n@@ ") for each in fixes)


SOURCES = {
    "CRLF": APP.replace("\n", "\r\n").encode(),
    "a byte order mark": b"\xef\xbb\xbf" + APP.encode(),
    "a form feed, and no last line end": APP.replace('\n\n\n@app.get("/slow', '\n\n\n\f\n@app.get("/slow')
    .rstrip()
    .encode(),
    "odd separators": APP.replace('return "Orlando"', 'return "Or\u2028lan\x85do"').encode(),
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_bytes_stay(source: bytes, app: Path, whole: Cli, tmp_path: Path) -> None:
    app.write_bytes(source)
    ended = fix(whole, app, "--diff", "--rule", "undocumented-status")
    patched = applied(app, ended.out, tmp_path / "copy")
    fix(whole, app, "--write", "--rule", "undocumented-status")
    assert patched == app.read_bytes()
    assert source[-60:] == patched[-60:]
    assert source[:20] == patched[:20]
    assert source.count(b"\n") == source.count(b"\r\n") or b"\r" not in patched
    assert b"\r" not in source or patched.count(b"\n") == patched.count(b"\r\n")


def test_another_encoding(app: Path, whole: Cli) -> None:
    source = f"# coding: latin-1\n{APP}".replace("No such book", "Kein Buch für Sie").encode("latin-1")
    app.write_bytes(source)
    fix(whole, app, "--write", "--rule", "undocumented-status")
    assert b'"description": "Kein Buch f\xfcr Sie"' in app.read_bytes()


def test_nothing_outside(app: Path, whole: Cli, tmp_path: Path) -> None:
    elsewhere = tmp_path.with_name(f"{tmp_path.name}_elsewhere")
    elsewhere.mkdir()
    real = elsewhere / app.name
    app.rename(real)
    app.symlink_to(real)
    ended = fix(whole, app, "--write")
    assert 1 == ended.code
    assert APP == real.read_text(encoding="utf-8")
    assert app.is_symlink()


def test_nothing_to_fix(app: Path, whole: Cli) -> None:
    app.write_text(
        "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get('/')\ndef a() -> int:\n    return 1\n", "utf-8"
    )
    assert (0, "Nothing to fix.\n", "") == fix(whole, app)
    assert (0, "", "") == fix(whole, app, "--diff")
    assert (0, "Nothing to fix.\n", "") == fix(whole, app, "--write")


REFUSED = {
    "a rule without a fix": (
        ("--rule", "leaked-connection"),
        "'leaked-connection' is no rule with a fix, expected one of auth-not-",
    ),
    "an unknown rule": (("--rule", "nosuch"), "'nosuch' is no rule with a fix, expected one of auth-not-enforced"),
    "both": (("--diff", "--write"), "--diff: --write is there as well, expected one of them; leave one out"),
}


@pytest.mark.parametrize(("arguments", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(arguments: tuple[str, ...], message: str, app: Path, whole: Cli) -> None:
    ended = fix(whole, app, *arguments)
    assert (2, "") == (ended.code, ended.out)
    assert message in " ".join(ended.err.split())


def test_an_app_that_does_not_load(app: Path, whole: Cli) -> None:
    app.write_text("import nosuch_module_at_all\n", encoding="utf-8")
    ended = fix(whole, app, "--write")
    assert (2, "") == (ended.code, ended.out)
    assert ended.err.startswith(f"upheld: error: {app.stem}:app: ")


def test_a_patch_that_breaks_the_app_is_taken_back(app: Path, whole: Cli) -> None:
    check = "from pathlib import Path\n\nif Path(__file__).read_text().count('Detail') > 1:\n    raise SystemError\n"
    source = f"{APP}\n{check}"
    app.write_text(source, encoding="utf-8")
    ended = fix(whole, app, "--write")
    assert (2, "") == (ended.code, ended.out)
    assert ended.err.startswith(f"upheld: error: {app.name}: with the patch the check fails (")
    assert ended.err.endswith('the files are as they were; look at it with "upheld fix --diff"\n')
    assert source == app.read_text(encoding="utf-8")
