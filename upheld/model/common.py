"""What every record is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

Json: TypeAlias = Any
"""A JSON value: `None`, `bool`, `int`, `float`, `str`, or a list or string-keyed dict of them."""

Schema: TypeAlias = Mapping[str, Any] | bool
"""A JSON Schema of dialect 2020-12 (OpenAPI 3.1) or of OpenAPI 3.0."""

AsgiApp: TypeAlias = Callable[..., Any]
"""An ASGI 3 application: `await app(scope, receive, send)`."""


class Level(StrEnum):
    """How much a finding weighs; `off` silences a rule."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    OFF = "off"

    @property
    def weight(self) -> int:
        """0 for off up to 3 for error, so that levels compare."""
        return ("off", "note", "warning", "error").index(self)


class UpheldError(Exception):
    """We could not tell: bad input or a bad environment. The command line prints it on one line and exits with 2.

    Word it as place, value seen, value expected, next command.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A line of the user's own code."""

    path: str
    """Relative to the project, with forward slashes; absolute where the file lies outside."""
    line: int
    """Counted from 1."""
    code: str = ""
    """The line's text, stripped."""
    qualname: str = ""
    """The qualified name of the function it stands in, "" at module level."""
