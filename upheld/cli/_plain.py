"""Words of the command line that stand for themselves: flags, texts, lists of them, and paths.

Typer has Pydantic convert each, which takes as long to import as two documents to compare. Only where its internals are
as they are in the releases that pyproject.toml admits; elsewhere they are left alone, and only slower.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

AS_IS: Mapping[object, Callable[[Any], object]] = MappingProxyType({bool: bool, str: str, list[str]: list, Path: Path})
"""What each annotation makes of what was typed."""


class _Plain:
    """Stands in for what Typer would make to convert one parameter."""

    def __init__(self, make: Callable[[Any], object]) -> None:
        self._make = make

    def coerce(self, value: object, **_context: object) -> object:
        """Return a value of the parameter's type; what was not given is `None` as before."""
        return None if value is None else self._make(value)


def spare(command: Any) -> None:  # noqa: ANN401 - Typer publishes no type for it
    """Take the plain parameters of a command, and of those below it, as they are typed."""
    for below in getattr(command, "commands", {}).values():
        spare(below)
    for parameter in getattr(command, "params", ()):
        _take(parameter)
    made = getattr(command, "get_help_option", None)
    if made is not None:
        command.get_help_option = lambda context: _take(made(context))  # it is made when it is first asked for


def _take(parameter: Any) -> Any:  # noqa: ANN401 - likewise
    make = AS_IS.get(getattr(getattr(parameter, "type_descriptor", None), "annotation", None))
    if make is not None and getattr(parameter, "_runtime_param", parameter) is None:
        parameter._runtime_param = _Plain(make)  # noqa: SLF001 - it has no other door
    return parameter
