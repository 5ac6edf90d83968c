"""Source text of a generated package: headers, imports that are needed, calls that fit on their line."""

import ast
from collections.abc import Iterable, Mapping

from upheld.client.models import MARK

WIDTH = 120
HEAD = f"# Written by `{MARK}`; edit the service instead.\n"

RUNTIME: Mapping[str, str] = {
    **dict.fromkeys(("Event", "Reads"), "._runtime.answers"),
    **dict.fromkeys(("AsyncCaller", "SyncCaller"), "._runtime.calls"),
    **dict.fromkeys(
        ("ApiError", "ContractChanged", "ContractMismatch", "ContractWarning", "ErrorResponse", "Exchange",
         "UndocumentedResponse"),
        "._runtime.errors",
    ),
    **dict.fromkeys(
        ("Answer", "Contract", "Operation", "Pages", "Redirect", "Scheme", "Token"), "._runtime.operations"
    ),
    **dict.fromkeys(("AsyncSecret", "Basic", "OtherContract", "Secret", "Timeout"), "._runtime.steps"),
    **dict.fromkeys(("AsyncDownload", "AsyncStream", "Download", "Stream"), "._runtime.streams"),
    **dict.fromkeys(("Body", "File", "Member", "Parameter", "UNSET", "Unset", "Upload"), "._runtime.wire"),
    **dict.fromkeys(("CONTRACT", "CONTRACT_SHA256"), ".operations"),
    **dict.fromkeys(("Iterable", "Iterator", "AsyncIterator", "Awaitable", "Callable"), "collections.abc"),
    **dict.fromkeys(("Any", "Final", "TYPE_CHECKING", "cast"), "typing"),
}  # fmt: skip
"""Where each name that the package's code may use comes from."""
SIBLINGS = {"_operations": "operations as _operations", "errors": "errors", "models": "models"}


def module(docstring: str, code: str, imports: Iterable[str]) -> str:
    """Return a module: header, docstring, the imports that its code needs, its code."""
    sources = dict(RUNTIME)
    for line in imports:
        source, _, names = line.removeprefix("from ").partition(" import ")
        sources |= dict.fromkeys(names.split(", "), source)
    tree = ast.parse(code)
    made = {
        node.target.id for node in tree.body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - made
    lazy = "httpx2" in used
    if lazy:  # only its types are needed here, and it takes long to import
        used.add("TYPE_CHECKING")
    needed: dict[str, list[str]] = {}
    for name in sorted(used & sources.keys()):
        needed.setdefault(sources[name], []).append(name)
    standard = [_import(source, names) for source, names in sorted(needed.items()) if source in _STANDARD]
    foreign = [
        _import(source, names)
        for source, names in sorted(needed.items())
        if source not in _STANDARD and not source.startswith(".")
    ]
    siblings = [spelled for name, spelled in SIBLINGS.items() if name in used]
    own = [f"from . import {', '.join(siblings)}"] if siblings else []
    own += [_import(source, names) for source, names in sorted(needed.items()) if source.startswith(".")]
    late = ["if TYPE_CHECKING:\n    import httpx2"] if lazy else []
    groups = [["from __future__ import annotations"], standard, foreign, own, late]
    head = "\n\n".join("\n".join(group) for group in groups if group)
    gap = "\n\n" if tree.body and isinstance(tree.body[0], ast.ClassDef) else "\n"
    return f'{HEAD}"""{docstring}"""\n\n{head}\n{gap}{code.strip()}'.rstrip() + "\n"


_STANDARD = frozenset({"collections.abc", "datetime", "decimal", "typing", "uuid", "ipaddress", "pathlib"})


def _import(source: str, names: list[str]) -> str:
    return call(f"from {source} import ", names, opening="(", bare=True)


def call(
    head: str, parts: Iterable[str], *, indent: int = 0, opening: str = "(", bare: bool = False, tail: int = 0
) -> str:
    """Return `head(a, b)` on one line where it fits, else a part a line.

    `bare` leaves out the parentheses of one line; `tail` is the length of what follows.
    """
    whole = list(parts)
    closing = {"(": ")", "[": "]", "{": "}"}[opening]
    joined = ", ".join(whole)
    line = f"{head}{joined}" if bare else f"{head}{opening}{joined}{closing}"
    if indent + len(line) + tail <= WIDTH and "\n" not in line:
        return line
    pad = " " * indent
    inner = "".join(f"{pad}    {part},\n" for part in whole)
    return f"{head}{opening}\n{inner}{pad}{closing}"


def text(value: str) -> str:
    """Return a text as a literal, in double quotes where that needs no escapes."""
    literal = repr(value)
    return f'"{value}"' if literal == f"'{value}'" and '"' not in value else literal
