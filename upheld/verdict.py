"""Whether a client made from one contract gets along with a server that keeps another: what a client asks."""

from collections.abc import Mapping
from dataclasses import dataclass

from upheld import contract
from upheld.diff import compare
from upheld.model import Change, Json, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaks:
    """What became of the operations, a line a change."""

    breaking: tuple[str, ...]
    undecided: tuple[str, ...]


def breaks(own: Mapping[str, Json], other: bytes) -> Breaks:
    """Compare the contract that a client was made from with the document that a server shows.

    Only what reaches an operation counts. Errors: UpheldError where the document cannot be read or compared.
    """
    changes = [change for change in compare(own, contract.written(other, "openapi.json")) if change.operations]
    return Breaks(breaking=_lines(changes, Verdict.BREAKING), undecided=_lines(changes, Verdict.UNDECIDED))


def _lines(changes: list[Change], verdict: Verdict) -> tuple[str, ...]:
    return tuple(f"{change.operations[0]}: {change.message}" for change in changes if change.verdict is verdict)
