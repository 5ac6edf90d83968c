"""Edits of a source that leave all else as it is: `apply`, and what it takes."""

from upheld.fix.edits.apply import apply
from upheld.fix.edits.kinds import (
    Define,
    Edit,
    EditError,
    Entry,
    Import,
    Keyword,
    Move,
    Parameter,
    Place,
    Remove,
    Replace,
    Respond,
    Synchronous,
    Unrespond,
)

__all__ = [
    "Define",
    "Edit",
    "EditError",
    "Entry",
    "Import",
    "Keyword",
    "Move",
    "Parameter",
    "Place",
    "Remove",
    "Replace",
    "Respond",
    "Synchronous",
    "Unrespond",
    "apply",
]
