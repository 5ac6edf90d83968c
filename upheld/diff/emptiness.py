"""Whether a schema accepts nothing at all: because of what it needs, or since only an endless value would do."""

from collections.abc import Iterator

from upheld.diff import numbers, strings
from upheld.diff.forms import All, Lists, Numbers, Objects, Part, Texts
from upheld.diff.meeting import member
from upheld.diff.nodes import UnderWayError
from upheld.diff.normal import Forms

STEPS_MOST = 2_000
"""A question that takes more steps is answered with no."""


class Emptiness:
    """Answers whether nodes accept nothing for sure, which is remembered.

    A value is finite: along the way to its innermost parts no schema needs itself. So nodes that are asked about while
    they are asked about already accept nothing there.
    """

    def __init__(self, forms: Forms) -> None:
        """Begin with no answers."""
        self._forms = forms
        self._known: dict[All, bool] = {}
        self._under_way: dict[All, int] = {}
        self._lowest: list[int] = []
        self._steps = 0

    def is_empty(self, condition: All) -> bool:
        """Return whether nodes that all apply accept nothing, for sure."""
        if not self._under_way:
            self._steps = 0
        return self._is_empty(condition)

    def is_hollow(self, part: Part) -> bool:
        """Return whether a part accepts nothing, for sure."""
        match part:
            case Texts():
                return strings.is_empty(part)
            case Numbers():
                return numbers.uncovered(part, ()) == []
            case Objects():
                unnamed = (self._forms.accepts(part.names, name) is False for name in part.required if part.names)
                return any(unnamed) or any(self.is_empty(member(part, name)) for name in sorted(part.required))
            case Lists():
                return any(self.is_empty(part.item(at)) for at in range(min(part.low, len(part.prefix) + 1)))
        return False

    def _is_empty(self, condition: All) -> bool:
        if self._forms.nodes.never[0] in condition:
            return True
        if condition in self._known:
            return self._known[condition]
        if condition in self._under_way:
            self._lowest[-1] = min(self._lowest[-1], self._under_way[condition])
            return True
        self._steps += 1
        if self._steps > STEPS_MOST:
            return False
        depth = len(self._under_way)
        self._under_way[condition] = depth
        self._lowest.append(depth)
        try:
            answer = all(self._parts(condition))
        except UnderWayError:
            answer = False
        finally:
            lowest = self._lowest.pop()
            del self._under_way[condition]
        # That something is accepted holds for good; that nothing is, only where no open question was taken for granted.
        if self._steps <= STEPS_MOST and (not answer or lowest >= depth):
            self._known[condition] = answer
        elif answer and self._lowest:
            self._lowest[-1] = min(self._lowest[-1], lowest)
        return answer

    def _parts(self, condition: All) -> Iterator[bool]:
        return (self.is_hollow(part) for part in self._forms.form(condition).parts)
