"""App, file or document to `Contract`: what is promised. The only stage that imports an app."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from upheld.contract.canonical import canonical, sha256
from upheld.contract.errors import ContractError
from upheld.contract.origin import InApp, InFile, InRevision, Origin, origin
from upheld.contract.read import document, read, written
from upheld.contract.validate import validate, validate_quickly

if TYPE_CHECKING:
    from upheld.contract.ancestor import Base, base
    from upheld.contract.application import own_sha256
    from upheld.contract.commits import Commit, History, history
    from upheld.contract.differences import compare
    from upheld.contract.operations import parse
    from upheld.contract.revision import shown
    from upheld.model import Application

__all__ = [
    "Base",
    "Commit",
    "ContractError",
    "History",
    "InApp",
    "InFile",
    "InRevision",
    "Origin",
    "base",
    "canonical",
    "compare",
    "document",
    "history",
    "load",
    "origin",
    "own_sha256",
    "parse",
    "read",
    "sha256",
    "shown",
    "validate",
    "validate_quickly",
    "written",
]

LATE = {
    "Base": "ancestor",
    "Commit": "commits",
    "History": "commits",
    "base": "ancestor",
    "compare": "differences",
    "history": "commits",
    "own_sha256": "application",
    "parse": "operations",
    "shown": "revision",
}
"""What needs git, FastAPI or records, by the module that it stands in; none has the name of its module."""


def load(target: str, *, root: Path) -> "Application":
    """Import an app and read its contract; see `upheld.contract.application.load`."""
    from upheld.contract import application  # noqa: PLC0415  # FastAPI takes half a second to import

    return application.load(target, root=root)


def __getattr__(name: str) -> object:
    """Import what not every command needs when it is first asked for.

    Errors: AttributeError for what is not there.
    """
    if name in LATE:
        return getattr(import_module(f"{__name__}.{LATE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
