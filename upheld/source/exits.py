"""How a statement is left otherwise than by its end: something raised, returned, yielded, or the next round begins."""

import ast
import inspect
from collections.abc import Sequence

from upheld.model import Location
from upheld.source.values import Known, Thing, Value


class Raised(Exception):  # noqa: N818 - it is what the app raises, and no error of ours
    """An exception of the app's."""

    def __init__(self, value: Value, place: Location | None) -> None:
        """Take the exception and the line that raised it."""
        self.value, self.place = value, place
        self.__suppress_context__ = True

    @property
    def cls(self) -> type | None:
        """The class of the exception; `None` where it is unknown."""
        if isinstance(self.value, Thing):
            return self.value.cls
        if isinstance(self.value, Known):
            return self.value.value if inspect.isclass(self.value.value) else type(self.value.value)
        return None

    def field(self, name: str) -> Value | None:
        """Return an attribute of the exception; `None` where it is unknown."""
        if isinstance(self.value, Thing):
            return self.value.fields.get(name)
        return Known(getattr(self.value.value, name, None)) if isinstance(self.value, Known) else None


class Yielded(Exception):  # noqa: N818 - the way out of a generator
    """A generator's first value."""

    def __init__(self, value: Value) -> None:
        """Take the value."""
        self.value = value
        self.rest: list[Sequence[ast.stmt]] = []
        """What is left to run of each block around the `yield`, the innermost first."""
        self.guarded = False
        """Whether it stands in a `try` that may take what is raised meanwhile."""


class Left(Exception):  # noqa: N818 - the way out of a function
    """What a function returns."""

    def __init__(self, value: Value) -> None:
        """Take the value."""
        self.value = value


class Skipped(Exception):  # noqa: N818 - the way out of a round
    """The rest of a round is not run."""

    def __init__(self, *, last: bool) -> None:
        """Take whether no other round follows."""
        self.last = last
