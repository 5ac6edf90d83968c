"""Readings as they are needed: told by a copy of the process that reads meanwhile, or else read here.

What reads is imported where it reads: a process that is told everything need not have it.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from upheld.model import Application, Operation, Reading


def read(application: Application, operations: Iterable[Operation]) -> Iterator[tuple[str, Reading]]:
    """Read the code behind each of an app's operations, one after another, by label; the app itself is not run."""
    from upheld.source import reading

    yield from reading.read(application, operations)


class Readings(Mapping[str, Reading]):
    """The readings of an app's operations by label, each there once it is asked for."""

    def __init__(self, application: Application, operations: Sequence[Operation], told: Iterable[Any] = ()) -> None:
        """Take what to read, in which order, and where it may come from; what that leaves out is read here."""
        self._operations = {operation.label: operation for operation in operations}
        self._known: dict[str, Reading] = {}
        self._coming = itertools.chain(told, self._rest(application))

    def _rest(self, application: Application) -> Iterator[tuple[str, Reading]]:
        left = [operation for label, operation in self._operations.items() if label not in self._known]
        if left:
            yield from read(application, left)

    def __getitem__(self, label: str) -> Reading:
        """Return the reading of an operation. Errors: KeyError for one that is none of the app's."""
        while label not in self._known and label in self._operations:
            known, reading = next(self._coming)
            self._known[known] = reading
        return self._known[label]

    def __iter__(self) -> Iterator[str]:
        """Yield the operations' labels."""
        return iter(self._operations)

    def __len__(self) -> int:
        """Return how many operations there are."""
        return len(self._operations)
