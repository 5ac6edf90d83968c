"""A document from a file."""

import json
import re
from pathlib import Path

from upheld.contract.canonical import plain
from upheld.contract.errors import ContractError
from upheld.contract.operations import parse, versioned
from upheld.contract.validate import validate_quickly
from upheld.model import Contract, Json

YAML = (".yaml", ".yml")


def read(path: Path) -> Contract:
    """Read a contract from a JSON or YAML file.

    Shapes: UTF-8; statuses stay strings ("404", "4XX"). Nothing serves its operations.
    Errors: as `document` and `validate_quickly`.
    """
    found = document(path)
    validate_quickly(found, path.as_posix())
    return parse(found, app=path.as_posix())


def document(path: Path) -> dict[str, Json]:
    """Read an OpenAPI document from a JSON or YAML file.

    Errors: ContractError, naming file and line, when it cannot be read or is not OpenAPI 3.x.
    """
    name = path.as_posix()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise ContractError(f'{name}: no such file, expected an OpenAPI document; run "upheld export"') from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise ContractError(
            f'{name}: cannot be read ({reason}), expected an OpenAPI document; run "upheld export"'
        ) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ContractError(
            f'{name}:{line}: byte {error.object[error.start]:#04x}, expected UTF-8; run "upheld export"'
        ) from error
    found = plain(_yaml(name, text) if path.suffix.lower() in YAML else _json(name, text))
    versioned(found, f"{name}:{_line(text)}")
    return found  # type: ignore[no-any-return]  # it is a dict, or `versioned` had raised


def _json(name: str, text: str) -> Json:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ContractError(
            f'{name}:{error.lineno}: {error.msg} in column {error.colno}, expected JSON; run "upheld export"'
        ) from error


def _yaml(name: str, text: str) -> Json:
    import yaml  # noqa: PLC0415  # slow to import, and seldom needed

    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        place = f"{name}:{mark.line + 1}" if mark else name
        raise ContractError(
            f'{place}: {" ".join(problem.split())}, expected YAML; run "upheld export" to write it anew'
        ) from error


def _line(text: str) -> int:
    """Return the line in which a document names its version, or the first."""
    found = re.search(r"""^\s*\{?\s*["']?(?:openapi|swagger)["']?\s*:""", text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else 1
