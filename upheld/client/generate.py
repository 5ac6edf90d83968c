"""A contract to the files of its client package."""

from importlib import resources
from pathlib import Path

from upheld.client.clients import ASYNC, SYNC, Whole, client
from upheld.client.describe import Description, describe
from upheld.client.docstrings import Words, docstrings
from upheld.client.models import MARK
from upheld.client.packaging import pyproject, readme
from upheld.client.records import errors, operations
from upheld.client.security import credentials, sign_in
from upheld.client.source import HEAD, escaped, module
from upheld.model import Contract

PUBLIC = {
    "AsyncClient": "async_client",
    "Client": "client",
    "CONTRACT_SHA256": "operations",
    **dict.fromkeys(("ApiError", "ContractChanged", "ContractMismatch", "ContractWarning", "ErrorResponse", "Exchange",
                     "UndocumentedResponse"), "_runtime.errors"),
    "Event": "_runtime.answers",
    "Redirect": "_runtime.operations",
    **dict.fromkeys(("AsyncDownload", "AsyncStream", "Download", "Stream"), "_runtime.streams"),
    **dict.fromkeys(("File", "UNSET", "Upload"), "_runtime.wire"),
}  # fmt: skip
"""What every package offers, by the module that it comes from."""


def generate(contract: Contract, text: str, *, name: str, source: Path) -> dict[str, str]:
    """Return the files of a client package, by their path within it.

    `text` is the canonical text of the contract, `name` the package's, `source` where the contract was read from.
    Shapes: the same contract and name give the same bytes in any place, on any day and machine.
    Errors: ClientError where no models can be made of its schemas.
    """
    found = describe(contract, source)
    known = credentials(contract)
    signing = sign_in(contract, found.methods)
    title = str(contract.document.get("info", {}).get("title") or name)
    words, url = Words.of(contract, found, title), _url(contract)
    whole = Whole(
        title=title,
        url=url,
        methods=found.methods,
        credentials=known,
        signing=signing,
        docstrings=docstrings(found, words),
    )
    imports = found.types.imports
    return {
        "__init__.py": _package(found, title, source.name),
        "README.md": readme(
            words, name, methods=found.methods, errors=found.errors, credentials=known, signing=signing, url=url
        ),
        "operations.py": module(
            "The operations of the contract.", operations(found.methods, known, signing, contract.sha256), imports
        ),
        **_runtime(),
        "async_client.py": module("The client that does not wait.", client(whole, ASYNC), imports),
        "client.py": module("The client that waits.", client(whole, SYNC), imports),
        "contract.json": text,
        "errors.py": module("The documented errors.", errors(found.errors, title), imports),
        **found.types.files,
        "py.typed": "",
        "pyproject.toml": pyproject(contract, name, title),
    }


def _url(contract: Contract) -> str:
    servers = contract.document.get("servers")
    first = servers[0].get("url") if isinstance(servers, list) and servers and isinstance(servers[0], dict) else None
    return first if isinstance(first, str) and "://" in first and "{" not in first else ""


def _runtime() -> dict[str, str]:
    folder = resources.files("upheld.client").joinpath("runtime")
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".py"))
    return {f"_runtime/{name}": HEAD + folder.joinpath(name).read_text(encoding="utf-8") for name in names}


def _package(found: Description, title: str, source: str) -> str:
    """Return the package's `__init__`: models by their own names, too, where nothing else is called so."""
    names = {**found.types.public, **{one.name: "errors" for one in found.errors}, **PUBLIC}
    made = f"{' '.join(title.split())}, made from {source}"
    said = escaped(f"A client of {made}; written by `{MARK}`, edit the service instead.")
    lines = [
        f'"""{said}"""',
        "",
        "from . import errors, models",
    ]
    for made in sorted(set(names.values())):
        inner = "".join(f"    {name},\n" for name in sorted(names) if names[name] == made)
        lines.append(f"from .{made} import (\n{inner})")
    exported = sorted({*names, "errors", "models"})
    lines += ["", "__all__ = [", *(f'    "{name}",' for name in exported), "]"]
    return "\n".join(lines) + "\n"
