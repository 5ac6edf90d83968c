"""The same documents have the same diff, byte for byte, whatever order Python keeps its sets in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SEEDS = ("0", "1", "77")
CODE = """
import hashlib, json
from dataclasses import asdict
from tests.diff.corpus import changes, names
told = [[asdict(change) for change in changes(name, way)] for name in names() for way in ("forward", "backward")]
print(hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest())
"""


@pytest.mark.slow
def test_the_same_under_every_hash_seed() -> None:
    root = Path(__file__).parents[2]
    told = {
        subprocess.run(
            [sys.executable, "-c", CODE],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in SEEDS
    }
    assert 1 == len(told)
    assert all(len(line) == 65 for line in told)
