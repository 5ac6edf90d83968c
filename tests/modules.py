"""What a test imports from a folder of its own, forgotten afterwards: the next test's modules bear the same names."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def forgotten(folder: Path) -> Iterator[None]:
    """Take back what is imported from a folder, packages without an `__init__.py` too, and the search path."""
    modules, path = set(sys.modules), list(sys.path)
    try:
        yield
    finally:
        sys.path[:] = path
        for name in set(sys.modules) - modules:
            spec = sys.modules[name].__spec__
            places = [spec.origin or "", *(spec.submodule_search_locations or ())] if spec else []
            if any(Path(place).is_relative_to(folder) for place in places):
                del sys.modules[name]
