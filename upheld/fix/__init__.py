"""Findings to patches: what would make the docs true, or the code where that is plainly right.

`rules/` holds one file a fixable rule, the file's stem is the rule's id. Each has `fix(cases, project)`, which yields a
patch for every finding that it can mend. A patch names places in the files as they are; all patches of a run are
applied together, and each by itself to be shown.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from upheld.fix.rules import ids as fixable
from upheld.fix.rules import page

if TYPE_CHECKING:
    from upheld.fix.mender import Mender
    from upheld.fix.patch import Patch

__all__ = ["Mender", "Patch", "fixable", "page"]


def __getattr__(name: str) -> object:
    """Import what makes patches when it is first asked for: most commands only ask which rules have any.

    Errors: AttributeError for what is not there.
    """
    if name in __all__:
        return getattr(import_module(f"{__name__}.{name.lower()}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
