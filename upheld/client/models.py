"""The client's models, written by datamodel-code-generator from the exported contract."""

import ast
from collections.abc import Mapping
from pathlib import Path

from upheld.client.generated import generated
from upheld.model import Json, UpheldError

MARK = "upheld client"
"""Stands in the first line of every file of ours, so that one that is no longer wanted is known."""


class ClientError(UpheldError):
    """A contract that no client can be made of."""


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
