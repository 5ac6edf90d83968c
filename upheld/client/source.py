"""Source text of a generated package: headers, imports that are needed, calls that fit on their line."""

import ast
import textwrap
from collections.abc import Iterable, Iterator, Mapping

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
    used = set(_names(tree)) - made
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
    return f'{HEAD}"""{escaped(docstring)}"""\n\n{head}\n{gap}{code.strip()}'.rstrip() + "\n"


def _names(tree: ast.AST) -> Iterator[str]:
    """Yield the names that code takes from around it: in a function, none of those that are its arguments."""
    own = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for statement in function.body
        for node in ast.walk(statement)
        if isinstance(node, ast.Name)
        and node.id in {one.arg for one in [*function.args.args, *function.args.kwonlyargs]}
    }
    yield from (node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in own)


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


def escaped(said: str, indent: int = 0) -> str:
    """Return a text as it stands between three double quotes, its further lines indented."""
    whole = "".join(char if char.isprintable() or char == "\n" else " " for char in said)
    whole = whole.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if "\n" not in whole:
        return f'{whole[:-1]}\\"' if whole.endswith('"') else whole
    first, _, rest = whole.partition("\n")
    pad = " " * indent
    return f"{first}\n{textwrap.indent(rest, pad)}\n{pad}"


def laid(code: str, width: int) -> str:
    """Return an expression laid out as a formatter would: what does not fit on its line stands part by part."""
    return _laid(ast.parse(code, mode="eval").body, width, 0)


def _laid(node: ast.expr, width: int, indent: int, before: int = 0) -> str:
    line = _line(node)
    if indent + before + len(line) <= width:
        return line
    match node:
        case ast.Await(value=inner):
            return f"await {_laid(inner, width, indent, before + 6)}"
        case ast.Call(func=function, args=args, keywords=keywords) if args or keywords:
            parts = [("", one) for one in args] + [(f"{one.arg}=", one.value) for one in keywords]
            return _broken(f"{_line(function)}(", ")", parts, width, indent)
        case ast.List(elts=parts) if parts:
            return _broken("[", "]", [("", one) for one in parts], width, indent)
        case ast.Dict(keys=keys, values=values) if values:
            names = [f"{_line(key)}: " if key is not None else "**" for key in keys]
            return _broken("{", "}", list(zip(names, values, strict=True)), width, indent)
    return line


def _broken(head: str, tail: str, parts: list[tuple[str, ast.expr]], width: int, indent: int) -> str:
    pad = " " * (indent + 4)
    inner = "".join(f"{pad}{name}{_laid(one, width - 1, indent + 4, len(name))},\n" for name, one in parts)
    return f"{head}\n{inner}{' ' * indent}{tail}"


def _line(node: ast.expr) -> str:
    """Return an expression on one line, its texts in double quotes."""
    match node:
        case ast.Constant(value=str(value)):
            return text(value)
        case ast.Await(value=inner):
            return f"await {_line(inner)}"
        case ast.Call(func=function, args=args, keywords=keywords):
            parts = [*map(_line, args), *(f"{one.arg}={_line(one.value)}" for one in keywords)]
            return f"{_line(function)}({', '.join(parts)})"
        case ast.List(elts=parts):
            return f"[{', '.join(map(_line, parts))}]"
        case ast.Tuple(elts=parts):
            return f"({', '.join(map(_line, parts))}{',' if len(parts) == 1 else ''})"
        case ast.Dict(keys=keys, values=values):
            pairs = [
                f"{_line(key)}: {_line(value)}" for key, value in zip(keys, values, strict=True) if key is not None
            ]
            return f"{{{', '.join(pairs)}}}"
        case ast.Constant(value=bytes(value)):
            return f'b"{value.decode()}"' if value.isalnum() else repr(value)
    return ast.unparse(node)
