"""App, file or document to `Contract`: what is promised. The only stage that imports an app."""

from pathlib import Path
from typing import TYPE_CHECKING

from upheld.contract.canonical import canonical
from upheld.contract.compare import compare
from upheld.contract.errors import ContractError
from upheld.contract.operations import parse
from upheld.contract.read import document, read
from upheld.contract.validate import validate, validate_quickly

if TYPE_CHECKING:
    from upheld.model import Application

__all__ = [
    "ContractError",
    "canonical",
    "compare",
    "document",
    "load",
    "parse",
    "read",
    "validate",
    "validate_quickly",
]


def load(target: str, *, root: Path) -> "Application":
    """Import an app and read its contract; see `upheld.contract.application.load`."""
    from upheld.contract import application  # noqa: PLC0415  # FastAPI takes half a second to import

    return application.load(target, root=root)
