"""The client's models, written by datamodel-code-generator from the exported contract."""

import ast
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from upheld.client.generated import generated
from upheld.model import Json, UpheldError

MARK = "upheld client"
"""Stands in the first line of every file of ours, so that one that is no longer wanted is known."""


class ClientError(UpheldError):
    """A contract that no client can be made of."""


def render(contract_path: Path) -> dict[str, str]:
    """Return the files of a client package, by their path within it.

    Shapes: `__init__.py`, `models.py` and `py.typed`. The same contract gives the same bytes in any place, on any day
    and machine.
    Errors: ClientError, with the command that mends it, when the contract is missing or broken.
    """
    from upheld.client.types import typed  # noqa: PLC0415  # it is made of what stands below

    document = _document(contract_path)
    types = typed(document, (), contract_path)
    return {"__init__.py": _package(types.public, contract_path.name), **types.files, "py.typed": ""}


def _document(path: Path) -> dict[str, Any]:
    name = path.as_posix()
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ClientError(f'{name}: no such file, expected the exported contract; run "upheld export"') from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise ClientError(f'{name}: cannot be read ({reason}), expected a contract; run "upheld export"') from error
    except json.JSONDecodeError as error:
        raise ClientError(
            f'{name}:{error.lineno}: {error.msg} in column {error.colno}, expected JSON; run "upheld export"'
        ) from error
    except UnicodeDecodeError as error:
        raise ClientError(f'{name}: {error.reason}, expected UTF-8; run "upheld export"') from error
    version = document.get("openapi") if isinstance(document, dict) else None
    if not isinstance(version, str) or not version.startswith("3."):
        raise ClientError(f'{name}: openapi={version!r:.40}, expected 3.x; run "upheld export"')
    return document  # type: ignore[no-any-return]  # a dict, or it would have no version


def modules(schemas: Mapping[str, Json], path: Path) -> dict[str, str]:
    """Return the module of the classes, whose prepared schemas are given by the classes' names.

    Errors: ClientError when datamodel-code-generator stumbles.
    """
    if not schemas:
        return {"models.py": f'"""No models: {path.name} names no schemas; written by `{MARK}`."""\n'}
    try:
        text = generated(schemas, path.name)
    except Exception as error:
        message = " ".join(f"{error}".split())[:300]
        raise ClientError(
            f"{path.as_posix()}: datamodel-code-generator raised {type(error).__name__}: {message}, "
            'expected schemas that it can read; run "upheld export" to see whether the document is valid'
        ) from error
    return {"models.py": f"# Written by `{MARK}`; edit the service instead.\n{text.rstrip()}\n"}


def public(files: Mapping[str, str]) -> dict[str, str]:
    """Return the module that defines each name a caller may want."""
    found: dict[str, str] = {}
    for path, text in files.items():
        for node in ast.parse(text).body:
            match node:
                case ast.ClassDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
                    if not name.startswith("_"):
                        found.setdefault(name, path.removesuffix(".py"))
    return dict(sorted(found.items()))


def _package(names: Mapping[str, str], source: str) -> str:
    lines = [f'"""What the service of {source} takes and gives; written by `{MARK}`, edit the service instead."""', ""]
    for module in sorted(set(names.values())):
        lines += [f"from .{module} import (", *(f"    {name}," for name in names if names[name] == module), ")"]
    if names:
        lines += ["", "__all__ = [", *(f'    "{name}",' for name in names), "]"]
    else:
        lines += ["__all__: list[str] = []"]
    return "\n".join(lines) + "\n"
