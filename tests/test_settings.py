"""Every setting is read, every wrong one is named in one line, and docs/settings.md knows them all."""

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from upheld.model import Level, Policy, UpheldError
from upheld.settings import FixedHeaders, PasswordFlow, Settings, read

EVERYTHING = """\
[tool.upheld]
app = "service.app:app"
contract = "docs/api.json"
client = "sdk"
round_trip = true
base_url = "https://${HOST}/"
seed = 7
budget = 400
time_limit_s = 2
allow_hosts = ["db.internal", "10.0.0.0/8", "::1"]
fail_on = "warning"
base = "origin/develop"
hooks = "tests.contract"

[tool.upheld.diff]
response_enum = "warning"
response_member = "off"
format = "note"
default = "error"
names = "off"
remove_deprecated = true

[tool.upheld.env]
DATABASE = "sqlite:///:memory:"
KEY = "$SECRET"
PRICE = "5 $$"

[tool.upheld.levels]
undocumented-field = "off"

[tool.upheld.levels."GET /books/{book_id}"]
undocumented-status = "note"

[tool.upheld.auth]
flow = "password"
token_url = "/accounts/token"
username = "ada"
password = "$KEY"
scopes = ["books:write"]
scheme = "OAuth2PasswordBearer"
"""


def write(folder: Path, text: str) -> None:
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")


def test_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "shop.test")
    monkeypatch.setenv("SECRET", "s3cret")
    write(tmp_path, EVERYTHING)
    assert read(tmp_path, rules={"undocumented-field", "undocumented-status"}) == Settings(
        app="service.app:app",
        contract="docs/api.json",
        client="sdk",
        round_trip=True,
        base_url="https://shop.test",
        env={"DATABASE": "sqlite:///:memory:", "KEY": "s3cret", "PRICE": "5 $"},
        seed=7,
        budget=400,
        time_limit_s=2.0,
        allow_hosts=("db.internal", "10.0.0.0/8", "::1"),
        fail_on=Level.WARNING,
        base="origin/develop",
        diff=Policy(
            response_enum=Level.WARNING,
            response_member=Level.OFF,
            format=Level.NOTE,
            default=Level.ERROR,
            names=Level.OFF,
            remove_deprecated=True,
        ),
        hooks="tests.contract",
        levels={"undocumented-field": Level.OFF},
        operation_levels={"GET /books/{book_id}": {"undocumented-status": Level.NOTE}},
        auth=PasswordFlow(
            token_url="/accounts/token",
            username="ada",
            password="s3cret",
            scopes=("books:write",),
            scheme="OAuth2PasswordBearer",
        ),
    )


NOTHING = {"no file": None, "an empty file": "", "no table": "[project]\nname = 'x'\n", "empty": "[tool.upheld]\n"}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_defaults(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        write(tmp_path, text)
    assert Settings() == read(tmp_path)


def test_fixed_headers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "s3cret")
    write(tmp_path, '[tool.upheld.auth]\nheaders = { X-API-Key = "$SECRET" }\n')
    assert FixedHeaders(headers={"X-API-Key": "s3cret"}) == read(tmp_path).auth


SECRETS = {
    "password flow": '[tool.upheld.auth]\nflow = "password"\nusername = "ada"\npassword = "$MISSING"\n',
    "headers": '[tool.upheld.auth]\nheaders = { X-API-Key = "$MISSING" }\n',
}


@pytest.mark.parametrize("text", SECRETS.values(), ids=SECRETS)
def test_only_who_signs_in_needs_secrets(tmp_path: Path, text: str) -> None:
    write(tmp_path, text)
    assert read(tmp_path, signs_in=False).auth is None
    with pytest.raises(UpheldError, match=r"needs \$MISSING, which is not set; export MISSING=… first"):
        read(tmp_path)


def test_secrets_do_not_show() -> None:
    settings = Settings(
        env={"KEY": "s3cret"}, auth=PasswordFlow(username="ada", password="s3cret"), base_url="http://x"
    )
    assert "s3cret" not in repr(settings)
    assert "s3cret" not in repr(FixedHeaders(headers={"a": "s3cret"}))


def top(line: str) -> str:
    return f"[tool.upheld]\n{line}\n"


WRONG = {
    "unknown key": (
        top("budgett = 1"),
        'tool.upheld.budgett is unknown, did you mean "budget"?',
    ),
    "unknown key, nothing like it": (
        top("xyz = 1"),
        (
            "tool.upheld.xyz is unknown, expected one of allow_hosts, app, auth, base, base_url, budget, client, "
            "contract, diff, env, fail_on, hooks, levels, round_trip, seed, time_limit_s"
        ),
    ),
    "base": (top("base = 1"), 'tool.upheld.base = 1, expected a string that is not empty; write base = "origin/main"'),
    "diff is no table": (top("diff = 1"), "tool.upheld.diff = 1, expected a table; write [tool.upheld.diff]"),
    "diff, unknown key": (
        "[tool.upheld.diff]\nresponse_enums = 'off'\n",
        'tool.upheld.diff.response_enums is unknown, did you mean "response_enum"?',
    ),
    "diff, level": (
        "[tool.upheld.diff]\nformat = 'high'\n",
        'tool.upheld.diff.format = "high", expected one of error, warning, note, off; write format = "error"',
    ),
    "diff, flag": (
        "[tool.upheld.diff]\nremove_deprecated = 'yes'\n",
        'tool.upheld.diff.remove_deprecated = "yes", expected true or false; write remove_deprecated = true',
    ),
    "no string": (
        top("app = 3"),
        'tool.upheld.app = 3, expected a string that is not empty; write app = "service.app:app"',
    ),
    "an empty string": (
        top('contract = ""'),
        ('tool.upheld.contract = "", expected a string that is not empty; write contract = "contracts/openapi.json"'),
    ),
    "a string for a number": (
        top('budget = "many"'),
        'tool.upheld.budget = "many", expected a whole number from 1 to 100000; write budget = 200',
    ),
    "a bool for a number": (
        top("seed = true"),
        "tool.upheld.seed = true, expected a whole number from 0 to 4294967295; write seed = 0",
    ),
    "too small": (
        top("time_limit_s = 0"),
        "tool.upheld.time_limit_s = 0, expected seconds from 0.01 to 3600.0; write time_limit_s = 5.0",
    ),
    "not a number": (
        top("time_limit_s = nan"),
        ("tool.upheld.time_limit_s = NaN, expected seconds from 0.01 to 3600.0; write time_limit_s = 5.0"),
    ),
    "a host with a port": (
        top('allow_hosts = ["db.internal:5432"]'),
        (
            'tool.upheld.allow_hosts = ["db.internal:5432"], expected host names, addresses or networks, '
            'without scheme and port; write allow_hosts = ["db.internal", "10.0.0.0/8"]'
        ),
    ),
    "one host that is no array": (
        top('allow_hosts = "db.internal"'),
        ('tool.upheld.allow_hosts = "db.internal", expected an array of strings; write allow_hosts = ["db.internal"]'),
    ),
    "hooks that are a file": (
        top('hooks = "tests/contract.py"'),
        'tool.upheld.hooks = "tests/contract.py", expected a module, dotted; write hooks = "tests.contract"',
    ),
    "a level that cannot fail": (
        top('fail_on = "off"'),
        'tool.upheld.fail_on = "off", expected one of error, warning, note; write fail_on = "error"',
    ),
    "a long value": (
        top(f'base_url = "{"x" * 99}"'),
        (
            f'tool.upheld.base_url = "{"x" * 58}…, expected an http or https URL without query; '
            'write base_url = "http://testserver"'
        ),
    ),
    "unknown level": (
        "[tool.upheld.levels]\nundocumented-field = 'fatal'\n",
        (
            'tool.upheld.levels.undocumented-field = "fatal", expected one of error, warning, note, off; '
            'write undocumented-field = "off"'
        ),
    ),
    "unknown rule": (
        "[tool.upheld.levels]\nundocumented-feild = 'off'\n",
        ('tool.upheld.levels.undocumented-feild is no rule, did you mean "undocumented-field"?'),
    ),
    "unknown rule of an operation": (
        "[tool.upheld.levels.'GET /books']\nx = 'off'\n",
        ('tool.upheld.levels."GET /books".x is no rule, expected one of undocumented-field, undocumented-status'),
    ),
    "no operation": (
        "[tool.upheld.levels.books]\nundocumented-field = 'off'\n",
        (
            "tool.upheld.levels.books is no operation, expected method and documented path; "
            'write [tool.upheld.levels."GET /books/{book_id}"]'
        ),
    ),
    "no table": (
        top("env = 3"),
        "tool.upheld.env = 3, expected a table; write [tool.upheld.env]",
    ),
    "a number in env": (
        "[tool.upheld.env]\nPORT = 8000\n",
        'tool.upheld.env.PORT = a value of type int, expected a string; write PORT = "…"',
    ),
    "a lone dollar": (
        "[tool.upheld.env]\nKEY = 'a$'\n",
        "tool.upheld.env.KEY has a lone $, expected $NAME or ${NAME}; write $$ for a dollar",
    ),
    "unknown flow": (
        "[tool.upheld.auth]\nflow = 'implicit'\n",
        (
            'tool.upheld.auth.flow = "implicit", expected "password", or headers; '
            'write flow = "password" or headers = { X-API-Key = "$SECRET" }'
        ),
    ),
    "no password": (
        "[tool.upheld.auth]\nflow = 'password'\nusername = 'ada'\n",
        'tool.upheld.auth.password is missing, expected a string; write password = "$SECRET"',
    ),
    "a secret of the wrong type": (
        "[tool.upheld.auth]\nflow = 'password'\nusername = 'ada'\npassword = 1234\n",
        (
            "tool.upheld.auth.password = a value of type int, expected a string that is not empty; "
            'write password = "$SECRET"'
        ),
    ),
    "a header of the wrong type": (
        "[tool.upheld.auth.headers]\nX-API-Key = 1234\n",
        ('tool.upheld.auth.headers.X-API-Key = a value of type int, expected a string; write X-API-Key = "$SECRET"'),
    ),
    "a string for an array": (
        "[tool.upheld.auth]\nflow = 'password'\nusername = 'ada'\npassword = 'x'\nscopes = 'read'\n",
        'tool.upheld.auth.scopes = "read", expected an array of strings; write scopes = ["books:write"]',
    ),
    "headers and flow": (
        "[tool.upheld.auth]\nflow = 'password'\nheaders = {}\n",
        "tool.upheld.auth.flow is unknown, expected one of headers, scheme",
    ),
    "tool is no table": ("tool = 3\n", "tool = 3, expected a table; write [tool]"),
    "tool.upheld is no table": (
        "tool.upheld = 3\n",
        "tool.upheld = 3, expected a table; write [tool.upheld]",
    ),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_wrong(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path, text)
    with pytest.raises(UpheldError) as raised:
        read(tmp_path, rules={"undocumented-field", "undocumented-status"})
    assert f"pyproject.toml: {message}" == str(raised.value)


def test_broken_toml(tmp_path: Path) -> None:
    write(tmp_path, "[tool.upheld]\nbudget = \n")
    with pytest.raises(UpheldError, match=r"pyproject\.toml:2: is not TOML \(Invalid value .*\), expected key = value"):
        read(tmp_path)


def test_broken_text(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b"a = '\xff'")
    with pytest.raises(UpheldError, match=r"is not UTF-8 \(byte 5\), expected TOML; save it as UTF-8"):
        read(tmp_path)


def test_not_a_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").mkdir()
    with pytest.raises(UpheldError, match=r"cannot be read \(Is a directory\), expected a file; make it readable"):
        read(tmp_path)


LEVELS = {
    "operation wins": ("undocumented-status", "GET /books/{book_id}", Level.NOTE),
    "rule": ("undocumented-field", "GET /books/{book_id}", Level.OFF),
    "neither": ("undocumented-status", "GET /books", Level.ERROR),
}


@pytest.mark.parametrize(("rule", "operation", "expected"), LEVELS.values(), ids=LEVELS)
def test_level(rule: str, operation: str, expected: Level) -> None:
    settings = Settings(
        levels={"undocumented-field": Level.OFF},
        operation_levels={"GET /books/{book_id}": {"undocumented-status": Level.NOTE}},
    )
    assert expected == settings.level(rule, operation, Level.ERROR)


def test_every_setting_is_explained(root: Path) -> None:
    page = (root / "docs/settings.md").read_text(encoding="utf-8")
    names = {field.name for field in fields(Settings)} - {"operation_levels"}
    assert names == set(tomllib.loads(EVERYTHING)["tool"]["upheld"])
    for name in sorted(names | {field.name for one in (PasswordFlow, Policy) for field in fields(one)} | {"headers"}):
        assert f"`{name}`" in page
