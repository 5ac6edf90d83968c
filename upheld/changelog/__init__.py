"""Changes as text: one file a format, the file's stem is the format's name; and the changelog of a whole history.

Every format has `render(comparison, view) -> str`: pure, the order of the changes kept, nothing printed.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from upheld.model import Comparison, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a reader wants of a comparison."""

    failing: int = 0
    """How many changes the gate does not let pass."""
    color: bool = False
    """Whether the text may hold ANSI escapes."""


def formats() -> tuple[str, ...]:
    """Return the names of the formats, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")))


def render(name: str, comparison: Comparison, view: View) -> str:
    """Render a comparison in a named format."""
    renderer: Callable[[Comparison, View], str] = importlib.import_module(f"{__name__}.{name}").render
    return renderer(comparison, view)


def chronicle(entries: Iterable[Entry]) -> str:
    """Return the changelog of a contract's history, in Markdown."""
    from upheld.changelog import markdown  # noqa: PLC0415  # which imports us

    return markdown.chronicle(entries)
