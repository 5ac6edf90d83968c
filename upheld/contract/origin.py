"""Where one side of a comparison is read from: a file, an app, or a file in a revision of git."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from upheld.contract.errors import ContractError

WRITTEN = (".json", ".yaml", ".yml")
"""How the name of a document ends."""
DRIVE = re.compile(r"[A-Za-z]:[\\/]")


@dataclass(frozen=True, slots=True, kw_only=True)
class InFile:
    """A document in a file."""

    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class InApp:
    """What an app promises now."""

    target: str
    """`module:app`, or a factory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InRevision:
    """A document as it was."""

    revision: str
    path: str
    """Relative to the project's folder."""


Origin: TypeAlias = InFile | InApp | InRevision


def origin(text: str, *, root: Path) -> Origin:
    """Say what a side of a comparison names.

    Shapes: `REVISION:path` where what follows the last colon ends in .json, .yaml or .yml; `module:app`; else a file.
    Errors: ContractError for what is neither a file nor one of the others.
    """
    if "\0" in text or not text.strip():
        raise ContractError(f"{text!r} names nothing, {EXPECTED}")
    path = root / text
    if path.is_file() or DRIVE.match(text):
        return InFile(path=path)
    before, colon, after = text.rpartition(":")
    if not colon:
        if text.lower().endswith(WRITTEN) or path.exists():
            return InFile(path=path)  # reading it says what is wrong
        raise ContractError(f'{text}: no such file, {EXPECTED}; write "{text}:contracts/openapi.json" for a revision')
    if after.lower().endswith(WRITTEN):
        if not before:
            raise ContractError(f'{text}: no revision before the colon, {EXPECTED}; write "HEAD{text}"')
        return InRevision(revision=before, path=after)
    return InApp(target=text)


EXPECTED = "expected a file, module:app or REVISION:path/to/openapi.json"
