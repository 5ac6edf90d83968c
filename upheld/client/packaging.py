"""What makes the folder a package that pip installs, and what its readers see first."""

import re
import sys

from upheld.client.docstrings import Words
from upheld.client.methods import Method
from upheld.client.models import MARK, ClientError
from upheld.client.naming import snake
from upheld.client.security import Credential, SignIn
from upheld.client.source import text
from upheld.client.statuses import ErrorClass
from upheld.model import Contract

REQUIRES = ("httpx2>=2.16,<3", "pydantic>=2.12,<3")
NEEDED = frozenset({"annotated_types", "httpx2", "pydantic", "pydantic_core", "typing_extensions"})
"""Modules beside Python's own that a client imports."""
BUILT = ("/*.py", "/_runtime/*.py", "/contract.json", "/py.typed", "/README.md")


def _package(folder: str) -> str:
    """Return the name that the package of a folder is imported by. Errors: ClientError where it is taken."""
    name = snake(folder, "client")
    if name in sys.stdlib_module_names or name in NEEDED:
        raise ClientError(
            f"{folder}: a client of that name could not be imported beside the module {name}, expected another name; "
            f"write it to {name}_client"
        )
    return name


def pyproject(contract: Contract, name: str, title: str) -> str:
    """Return the package's `pyproject.toml`: the folder itself is the package, so that it is importable in place, too.

    Version control is not asked what belongs to it: a project may ignore what is generated.
    """
    package = _package(name)
    files = "".join(f"  {text(one)},\n" for one in BUILT)
    said = f"A typed client of {title}"
    requires = "".join(f"  {text(one)},\n" for one in REQUIRES)
    return (
        f"# Written by `{MARK}`; edit the service instead.\n\n"
        '[build-system]\nrequires = ["hatchling>=1.27"]\nbuild-backend = "hatchling.build"\n\n'
        "[project]\n"
        f"name = {text(package.replace('_', '-').strip('-'))}\n"
        f"version = {text(version(contract))}\n"
        f"description = {_toml(said)}\n"
        'readme = "README.md"\n'
        'requires-python = ">=3.11"\n'
        f"dependencies = [\n{requires}]\n\n"
        "[tool.hatch.build]\n"
        "ignore-vcs = true\n"
        f"include = [\n{files}]\n\n"
        "[tool.hatch.build.targets.wheel.sources]\n"
        f'"" = {text(package)}\n'
    )


def version(contract: Contract) -> str:
    """Return the contract's version as packages write theirs (PEP 440); the hash stands in for one that is none."""
    said = str(contract.document.get("info", {}).get("version", "")).strip().removeprefix("v")
    found = re.fullmatch(r"(\d+(?:\.\d+)*)(?:[-_.]?(a|b|rc|alpha|beta|pre)[-_.]?(\d*))?(?:[-+.].*)?", said)
    if found is None:
        return f"0+contract.{contract.sha256[:12]}"
    kinds = {"alpha": "a", "beta": "b", "pre": "rc"}
    pre = f"{kinds.get(found[2], found[2])}{found[3] or '0'}" if found[2] else ""
    return f"{found[1]}{pre}"


def _toml(said: str) -> str:
    """Return a text as TOML writes it: what JSON escapes, and no control characters."""
    whole = "".join(char if char.isprintable() else " " for char in said)
    escaped = " ".join(whole.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def readme(
    words: Words,
    name: str,
    *,
    methods: tuple[Method, ...],
    errors: tuple[ErrorClass, ...],
    credentials: tuple[Credential, ...],
    signing: SignIn | None,
    url: str,
) -> str:
    """Return the package's README: how to install and call it, and a table of its methods."""
    package = snake(name, "client")
    title = " ".join(words.title.split())
    address = url or "https://service.example"
    first = _first(methods)
    parts = [
        f"<!-- Written by `{MARK}`; edit the service instead. -->",
        f"# A client of {title}",
        f"```sh\npip install ./{name}\n```",
    ]
    if first is not None:
        parts.append(_use(words, package, address, first, errors))
    if credentials:
        parts.append(_credentials(package, address, credentials, signing))
    rows = [
        f"| `{one.name}` | `{one.operation.label}` | {_cell(one.summary)} |"
        for one in sorted(methods, key=lambda one: one.name)
    ]
    if rows:
        parts.append("\n".join(["| method | operation | |", "|---|---|---|", *rows]))
    parts.append(
        "Each method's docstring says what it takes, returns and raises, and shows a call. `AsyncClient` has the same "
        "methods, to be awaited.\nEvery documented error is a class in `errors`; an answer that nobody documented is "
        "`UndocumentedResponse`, one that is not as documented\n`ContractMismatch`, and all of them are `ApiError`. "
        "Trouble with the connection is `httpx2.TransportError`."
    )
    return "\n\n".join(parts) + "\n"


def _first(methods: tuple[Method, ...]) -> Method | None:
    """Return the method that shows best what a call is like: one that only reads, and needs little."""
    plain = [one for one in methods if one.operation.method == "GET" and not one.security] or list(methods)
    return min(plain, key=_showing, default=None)


def _showing(method: Method) -> tuple[bool, bool, int]:
    raises = any(reply.error and reply.key == "404" for reply in method.replies)
    at_once = not method.returns.startswith(("Stream", "Download", "None"))
    return (not raises, not at_once, abs(sum(one.required for one in method.arguments) - 1))


def _use(words: Words, package: str, address: str, method: Method, errors: tuple[ErrorClass, ...]) -> str:
    code = words.example(method, method.name, words.waiting)
    lines = [f"    {line}" for line in code.splitlines()]
    models = ", models" if "models." in code else ""
    documented = sorted((reply for reply in method.replies if reply.error), key=lambda one: one.key != "404")
    raised = documented[0].error if documented else errors[0].name if errors else "ApiError"
    return "\n".join([
        "```python",
        f"from {package} import Client, {raised}{models}",
        "",
        f"with Client({text(address)}) as client:",
        "    try:",
        *(f"    {line}" for line in lines),
        f"    except {raised} as error:",
        "        print(error.status, error.exchange.response.text)",
        "```",
    ])  # fmt: skip


def _credentials(package: str, address: str, credentials: tuple[Credential, ...], signing: SignIn | None) -> str:
    given = [
        f'{one.keyword}=("user", "password")' if one.kind == "basic" else f'{one.keyword}="…"' for one in credentials
    ]
    lines = ["```python", f"from {package} import Client", "", f"client = Client({', '.join([text(address), *given])})"]
    if signing is not None:
        lines.append('client.sign_in("user", "password")  # or so: the token is kept and sent')
    return "\n".join([*lines, "```"])


def _cell(said: str) -> str:
    return " ".join(said.split()).replace("|", "\\|")
