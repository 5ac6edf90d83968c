"""What a type takes off a text before it looks at it: the spaces around it.

FastAPI documents a pattern and a length for what is left, and not that anything is taken off. Capitals and small
letters are made only after that look.
"""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

STRIPPED = frozenset({"pattern", "minLength", "maxLength", "enum", "const", "format"})
"""Keywords that a text may keep once it is stripped."""


@cache
def strips(adapter: "TypeAdapter[Any]") -> bool:
    """Return whether a type says anywhere in it that texts are stripped."""
    return "strip_whitespace': True" in repr(adapter.core_schema)
