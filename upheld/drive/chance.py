"""Chance, seeded: what `random.Random` draws, in fewer steps."""

import random
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Chance(random.Random):
    """Draws the same as `random.Random` of the same seed."""

    def choice(self, seq: Sequence[Item]) -> Item:  # type: ignore[override]  # sequences alone are chosen from
        """Return one of a sequence. Errors: IndexError for an empty one."""
        bits = len(seq).bit_length()
        drawn = self.getrandbits(bits)
        while drawn >= len(seq):
            if not bits:
                raise IndexError("nothing to choose from")
            drawn = self.getrandbits(bits)
        return seq[drawn]
