"""A document from a file, or from what stood in one."""

import codecs
import re
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from upheld.contract import json_text, yaml_text
from upheld.contract.errors import ContractError
from upheld.contract.validate import validate_quickly
from upheld.contract.version import versioned
from upheld.model import Json

if TYPE_CHECKING:
    from upheld.model import Contract

YAML = (".yaml", ".yml")


def read(path: Path) -> "Contract":
    """Read a contract from a JSON or YAML file.

    Shapes: UTF-8; statuses stay strings ("404", "4XX"). Nothing serves its operations.
    Errors: as `document` and `validate_quickly`.
    """
    from upheld.contract.operations import parse  # noqa: PLC0415  # what only compares documents does without records

    found = document(path)
    validate_quickly(found, path.as_posix())
    return parse(found, app=path.as_posix())


def document(path: Path) -> dict[str, Json]:
    """Read an OpenAPI document from a JSON or YAML file.

    Errors: ContractError, naming file and line, when it cannot be read or is not OpenAPI 3.x.
    """
    name = path.as_posix()
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ContractError(f'{name}: no such file, expected an OpenAPI document; run "upheld export"') from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise ContractError(
            f'{name}: cannot be read ({reason}), expected an OpenAPI document; run "upheld export"'
        ) from error
    return written(data, name)


def written(data: bytes, name: str) -> dict[str, Json]:
    """Return the OpenAPI document that some bytes are, YAML where the name ends so; `name` is what errors name.

    Shapes: UTF-8, or UTF-16 that says so by its first two bytes. Errors: as `document`.
    """
    text = _text(data, name)
    parse_text = yaml_text.parse if PurePath(name).suffix.lower() in YAML else json_text.parse
    found = parse_text(text, name)
    versioned(found, f"{name}:{_line(text)}")
    return found  # type: ignore[no-any-return]  # it is a dict, or `versioned` had raised


def _text(data: bytes, name: str) -> str:
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        seen = f"byte {data[error.start]:#04x}"
        raise ContractError(f'{name}:{line}: {seen}, expected UTF-8; run "upheld export"') from error


def _line(text: str) -> int:
    """Return the line in which a document names its version, or the first."""
    found = re.search(r"""^\s*\{?\s*["']?(?:openapi|swagger)["']?\s*:""", text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else 1
