"""The three answers to whether one schema accepts all that another accepts."""

from dataclasses import dataclass
from typing import TypeAlias

from upheld.model import Json


@dataclass(frozen=True, slots=True)
class Refused:
    """Not all is accepted: these values are not, the likeliest first, as far as can be told without a validator."""

    values: tuple[Json, ...]


class Included:
    """All is accepted."""


class Undecided:
    """Neither was shown."""


INCLUDED, UNDECIDED = Included(), Undecided()
Answer: TypeAlias = Included | Refused | Undecided


def refused(*values: Json) -> Answer:
    """Return that some values are refused; undecided where none could be made, which is then `None`."""
    kept = tuple(value for value in values if value is not None)
    return Refused(kept) if kept else UNDECIDED
