"""What `[tool.upheld]` of `pyproject.toml` says; every setting has a default.

    [tool.upheld]
    app = "service.app:app"
    budget = 400

    [tool.upheld.levels]
    undocumented-field = "off"

    [tool.upheld.levels."GET /books"]
    undocumented-status = "warning"

    [tool.upheld.diff]
    response_enum = "warning"

    [tool.upheld.auth]
    flow = "password"
    username = "ada"
    password = "$BOOKSHOP_PASSWORD"

Values of `base_url`, `env` and `auth` may name environment variables, as `$NAME` or `${NAME}`; `$$` is a dollar sign.
Source: docs/settings.md explains every key to users; a test holds the two together.
"""

import json
import os
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from string import Template
from typing import TypeAlias, TypeGuard

from upheld.model import Json, Level, Policy, UpheldError

FILE = "pyproject.toml"

SEEDS = (0, 2**32 - 1)
BUDGETS = (1, 100_000)
TIME_LIMITS_S = (0.01, 3600.0)
HOST = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?")
BASE_URL = re.compile(r"https?://[^/?#\s]+(/[^?#\s]*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordFlow:
    """Sign in as OAuth 2 asks: user name and password in a form, answered with a bearer token (RFC 6749, 4.3)."""

    token_url: str = "/token"  # noqa: S105 - an address, not a secret
    """Path of the operation that answers with `access_token`, below `base_url`."""
    username: str
    password: str = field(repr=False)
    scopes: tuple[str, ...] = ()
    """Asked for with the token."""
    scheme: str | None = None
    """The documented security scheme that the token is for; `None` for every scheme that takes a bearer token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedHeaders:
    """Sign in by sending the same headers with every request."""

    headers: Mapping[str, str] = field(repr=False)
    """By name, such as `X-API-Key`."""
    scheme: str | None = None
    """The documented security scheme that they are for; `None` for every scheme."""


Auth: TypeAlias = PasswordFlow | FixedHeaders


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that a user can tell Upheld about a project."""

    app: str | None = None
    """The app to check where the command line names none: `module:app`, `module:factory` or `module:factory()`."""
    contract: str = "contracts/openapi.json"
    """The committed document, below the project's folder."""
    client: str | None = None
    """The folder of the generated client, below the project's folder; `None` where there is none."""
    round_trip: bool = False
    """Whether a check has the generated client ask again what was asked, in process and over HTTP."""
    base_url: str = "http://testserver"
    """What requests call the app by; its host is what `TrustedHostMiddleware` sees."""
    env: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Environment variables that are set before the app is imported."""
    seed: int = 0
    """The same seed sends the same requests."""
    budget: int = 200
    """How many requests an operation gets."""
    time_limit_s: float = 5.0
    """How long one request may take, in seconds."""
    allow_hosts: tuple[str, ...] = ()
    """Names, addresses and networks that the app may connect to; this machine it always may."""
    fail_on: Level = Level.ERROR
    """The lowest level that makes a command exit with 1."""
    levels: Mapping[str, Level] = field(default_factory=dict)
    """Other levels than the rules' own, by rule."""
    operation_levels: Mapping[str, Mapping[str, Level]] = field(default_factory=dict)
    """The same for single operations, by label and rule; they win over `levels`."""
    base: str | None = None
    """The branch, tag or commit whose contract `upheld diff` compares with; `None` for `origin/main`, else `main`."""
    diff: Policy = field(default_factory=Policy)
    """What counts as a break where the documents alone do not say."""
    hooks: str | None = None
    """The module of functions that a check calls: `tests.contract`."""
    auth: Auth | None = None
    """How to sign in, so that secured operations are exercised."""

    def level(self, rule: str, operation: str, default: Level) -> Level:
        """Return how much a rule weighs at an operation; `default` where nothing is said."""
        return self.operation_levels.get(operation, {}).get(rule) or self.levels.get(rule) or default


def read(root: Path, *, rules: Collection[str] = (), signs_in: bool = True) -> Settings:
    """Read the settings of the project in `root`; the defaults where it has none.

    `rules` are the ids that `levels` may name, any where it is empty. With `signs_in` off, `auth` is checked for its
    shape and left out, so that a command that sends no request needs no secret.
    Errors: UpheldError, naming key, value and expectation, for a file that is no TOML and for every wrong setting.
    """
    table = _Table(name="tool.upheld", values=_document(root / FILE))
    table.only(field.name for field in fields(Settings) if field.name != "operation_levels")
    env = _env(table.table("env"))
    levels = table.table("levels")
    known = frozenset(rules)
    return Settings(
        app=table.maybe_text("app", "service.app:app"),
        contract=table.text("contract", Settings().contract),
        client=table.maybe_text("client", "generated/client"),
        round_trip=table.flag("round_trip", Settings().round_trip),
        base_url=_base_url(table, os.environ | env),
        env=env,
        seed=table.whole("seed", Settings().seed, *SEEDS),
        budget=table.whole("budget", Settings().budget, *BUDGETS),
        time_limit_s=table.seconds("time_limit_s", Settings().time_limit_s, *TIME_LIMITS_S),
        allow_hosts=_allow_hosts(table),
        fail_on=table.level("fail_on", Settings().fail_on, among=(Level.ERROR, Level.WARNING, Level.NOTE)),
        levels=_levels((key for key in levels.values if not isinstance(levels.values[key], dict)), levels, known),
        operation_levels={
            _label(key, levels): _levels(levels.table(key).values, levels.table(key), known)
            for key, value in levels.values.items()
            if isinstance(value, dict)
        },
        base=table.maybe_text("base", "origin/main"),
        diff=_diff(table.table("diff")),
        hooks=_hooks(table),
        auth=_auth(table.table("auth"), os.environ | env if signs_in else None) if "auth" in table.values else None,
    )


# Tables ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A table of the file: takes values out of it, or says in one line why not."""

    name: str
    values: Mapping[str, Json]
    secret: bool = False
    """Whether its values must not be shown in a message."""

    def wrong(self, key: str, expected: str, example: str) -> UpheldError:
        value = self.values.get(key)
        shown = f"a value of type {type(value).__name__}" if self.secret or key == "password" else _shown(value)
        return UpheldError(f"{FILE}: {self.place(key)} = {shown}, expected {expected}; write {example}")

    def place(self, key: str) -> str:
        return f"{self.name}.{_quoted(key)}" if self.name else _quoted(key)

    def only(self, known: Iterable[str]) -> None:
        names = sorted(known)
        for key in self.values:
            if key not in names:
                raise UpheldError(f"{FILE}: {self.place(key)} is unknown, {_nearest(key, names)}")

    def text(self, key: str, default: str) -> str:
        return self.maybe_text(key, default) or default

    def maybe_text(self, key: str, example: str) -> str | None:
        value = self.values.get(key)
        if key in self.values and not (isinstance(value, str) and value):
            raise self.wrong(key, "a string that is not empty", f"{key} = {_shown(example)}")
        return value

    def texts(self, key: str, example: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not _are_texts(value):
            raise self.wrong(key, "an array of strings", f'{key} = ["{example}"]')
        return tuple(value)

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        value = self.values.get(key, default)
        if type(value) is not int or not low <= value <= high:
            raise self.wrong(key, f"a whole number from {low} to {high}", f"{key} = {default}")
        return value

    def flag(self, key: str, default: bool) -> bool:  # noqa: FBT001 - as its siblings
        value = self.values.get(key, default)
        if type(value) is not bool:
            raise self.wrong(key, "true or false", f"{key} = {_shown(not default)}")
        return value

    def seconds(self, key: str, default: float, low: float, high: float) -> float:
        value = self.values.get(key, default)
        if type(value) not in {int, float} or not low <= value <= high:
            raise self.wrong(key, f"seconds from {low} to {high}", f"{key} = {default}")
        return float(value)

    def level(self, key: str, default: Level, among: Collection[Level] = tuple(Level)) -> Level:
        value = self.values.get(key, default)
        if value not in among:
            raise self.wrong(key, f"one of {', '.join(among)}", f'{_quoted(key)} = "{default}"')
        return Level(value)

    def table(self, key: str) -> "_Table":
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, "a table", f"[{self.place(key)}]")
        return _Table(name=self.place(key), values=value, secret=key in {"env", "headers"})


def _document(path: Path) -> Mapping[str, Json]:
    try:
        document: Json = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UpheldError(f"{path}: cannot be read ({error.strerror}), expected a file; make it readable") from error
    except UnicodeDecodeError as error:
        raise UpheldError(f"{path}: is not UTF-8 (byte {error.start}), expected TOML; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{path}:{line[1]}" if line else f"{path}"
        raise UpheldError(f"{place}: is not TOML ({error}), expected key = value; mend that line") from error
    return _Table(name="tool", values=_Table(name="", values=document).table("tool").values).table("upheld").values


# Settings that take more than one look ----------------------------------------------------------------------------


def _env(table: _Table) -> dict[str, str]:
    for key, value in table.values.items():
        if not isinstance(value, str):
            raise table.wrong(key, "a string", f'{_quoted(key)} = "…"')
    return {key: _expand(value, table.place(key), os.environ) for key, value in table.values.items()}


def _base_url(table: _Table, environ: Mapping[str, str]) -> str:
    default = Settings().base_url
    url = _expand(table.text("base_url", default), table.place("base_url"), environ)
    if not BASE_URL.fullmatch(url):
        raise table.wrong("base_url", "an http or https URL without query", f'base_url = "{default}"')
    return url.rstrip("/")


def _allow_hosts(table: _Table) -> tuple[str, ...]:
    hosts = table.texts("allow_hosts", "db.internal")
    for host in hosts:
        try:
            ip_network(host, strict=False)
        except ValueError:
            if not HOST.fullmatch(host):
                raise table.wrong(
                    "allow_hosts",
                    "host names, addresses or networks, without scheme and port",
                    'allow_hosts = ["db.internal", "10.0.0.0/8"]',
                ) from None
    return hosts


def _hooks(table: _Table) -> str | None:
    name = table.maybe_text("hooks", "tests.contract")
    if name is not None and not re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)*", name):
        raise table.wrong("hooks", "a module, dotted", 'hooks = "tests.contract"')
    return name


def _levels(keys: Iterable[str], table: _Table, rules: Collection[str]) -> dict[str, Level]:
    levels: dict[str, Level] = {}
    for key in keys:
        if rules and key not in rules:
            raise UpheldError(f"{FILE}: {table.place(key)} is no rule, {_nearest(key, sorted(rules))}")
        levels[key] = table.level(key, Level.OFF)
    return levels


def _diff(table: _Table) -> Policy:
    usual = Policy()
    names = [field.name for field in fields(Policy)]
    table.only(names)
    given = {name: table.level(name, getattr(usual, name)) for name in names if name != "remove_deprecated"}
    return Policy(remove_deprecated=table.flag("remove_deprecated", usual.remove_deprecated), **given)


def _label(key: str, table: _Table) -> str:
    if not re.fullmatch(r"[A-Z]+ /.*", key):
        raise UpheldError(
            f"{FILE}: {table.place(key)} is no operation, expected method and documented path; "
            f'write [{table.name}."GET /books/{{book_id}}"]'
        )
    return key


def _auth(table: _Table, environ: Mapping[str, str] | None) -> Auth | None:
    """Return how to sign in; `None` where it was only to be looked at, for want of an environment."""

    def text(key: str) -> str:
        value = table.maybe_text(key, "$SECRET")
        if value is None:
            raise UpheldError(f'{FILE}: {table.place(key)} is missing, expected a string; write {key} = "$SECRET"')
        return value if environ is None else _expand(value, table.place(key), environ)

    scheme = table.maybe_text("scheme", "OAuth2PasswordBearer")
    if "headers" in table.values:
        table.only({"headers", "scheme"})
        headers = table.table("headers")
        for key, value in headers.values.items():
            if not isinstance(value, str):
                raise headers.wrong(key, "a string", f'{_quoted(key)} = "$SECRET"')
        if environ is None:
            return None
        values = {key: _expand(value, headers.place(key), environ) for key, value in headers.values.items()}
        return FixedHeaders(headers=values, scheme=scheme)
    if table.values.get("flow") != "password":
        raise table.wrong("flow", '"password", or headers', 'flow = "password" or headers = { X-API-Key = "$SECRET" }')
    table.only({"flow", *(field.name for field in fields(PasswordFlow))})
    flow = PasswordFlow(
        token_url=table.text("token_url", "/token"),
        username=text("username"),
        password=text("password"),
        scopes=table.texts("scopes", "books:write"),
        scheme=scheme,
    )
    return None if environ is None else flow


def _expand(value: str, place: str, environ: Mapping[str, str]) -> str:
    try:
        return Template(value).substitute(environ)
    except KeyError as error:
        name = error.args[0]
        raise UpheldError(f"{FILE}: {place} needs ${name}, which is not set; export {name}=… first") from None
    except ValueError:
        raise UpheldError(f"{FILE}: {place} has a lone $, expected $NAME or ${{NAME}}; write $$ for a dollar") from None


# Wording --------------------------------------------------------------------------------------------------------


def _are_texts(value: Json) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)


def _nearest(key: str, known: list[str]) -> str:
    if close := get_close_matches(key, known, n=1, cutoff=0.5):
        return f'did you mean "{close[0]}"?'
    return f"expected one of {', '.join(known)}"


def _quoted(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)


def _shown(value: Json) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:59]}…"
