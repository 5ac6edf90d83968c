# Written by `upheld client`; edit the service instead.
"""What to make of a server that names another contract."""

from __future__ import annotations

import inspect
import json
import warnings
from importlib import import_module, resources
from typing import Any, Protocol, cast

from .errors import ContractChanged, ContractWarning, Exchange
from .operations import Contract

SHOWN: int = 3
"""How many changes a message names."""


class Breaks(Protocol):
    """What became of the operations, a line a change."""

    breaking: tuple[str, ...]
    undecided: tuple[str, ...]


class Judge(Protocol):
    """`upheld.verdict`, where upheld is installed."""

    def breaks(self, own: dict[str, Any], other: bytes, /) -> Breaks:
        """Compare two contracts."""
        ...


def verdict(contract: Contract, theirs: str, document: bytes | None, exchange: Exchange, *, refuse: bool) -> None:
    """Say nothing where the contracts get along; else warn.

    Errors: ContractChanged instead of a warning, with `refuse`.
    """
    told = _told(contract, document)
    if told is None:
        return
    message = (
        f"{exchange.request.url.copy_with(query=None)} keeps the contract {theirs[:12]}, this client was made from "
        f"{contract.sha256[:12]}; {told}"
    )
    if refuse:
        raise ContractChanged(message, exchange)
    warnings.warn(message, ContractWarning, stacklevel=_level(contract.package))


def _level(package: str) -> int:
    """Return how many frames up the caller's line is: the first outside of the package."""
    frame, level = inspect.currentframe(), 0
    while frame is not None and str(frame.f_globals.get("__name__")).startswith(f"{package}."):
        frame, level = frame.f_back, level + 1
    return level


def _told(contract: Contract, document: bytes | None) -> str | None:
    """Return what is known of the difference; `None` where it breaks nobody."""
    if document is None:
        return "whether that breaks it cannot be told: the server shows no document"
    try:
        judge = cast("Judge", import_module("upheld.verdict"))
    except ImportError:
        return "whether that breaks it cannot be told without upheld: pip install upheld"
    own = resources.files(contract.package).joinpath("contract.json").read_text(encoding="utf-8")
    try:
        found = judge.breaks(cast("dict[str, Any]", json.loads(own)), document)
    except Exception as error:  # noqa: BLE001  # whatever is wrong with a foreign document
        return f"whether that breaks it cannot be told: {error}"
    if found.breaking:
        more = len(found.breaking) - SHOWN
        return f"that breaks it: {'; '.join(found.breaking[:SHOWN])}{f'; and {more} more' if more > 0 else ''}"
    return f"whether that breaks it is undecided: {'; '.join(found.undecided[:SHOWN])}" if found.undecided else None
