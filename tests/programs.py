"""Programs that a machine may not have."""

import os
import shutil

import pytest


def program(*names: str) -> str:
    """Return the path of a program, by the first of its names that there is; without it skip, which CI must not."""
    found = next((path for name in names if (path := shutil.which(name)) is not None), None)
    if found is None and os.environ.get("CI") != "true":
        pytest.skip(f"needs {names[0]}")
    assert found is not None, f"{names[0]} is missing, and CI must not skip this"
    return found
