"""The service's client meets all that a check of the service saw: in process and over HTTP, sync and async."""

import json
from pathlib import Path

import pytest

from tests.acceptance.copies import Copy
from tests.test_workflow import clone

pytestmark = pytest.mark.slow

MISSED: list[dict[str, object]] = []
"""What the check may see and the client not meet, each with its reason beside it: nothing."""


def test_the_service(root: Path, tmp_path: Path) -> None:
    copy = Copy(clone(root, tmp_path / "clone"))
    done = copy.run("upheld", "check", "--round-trip", "--format", "json")
    assert (0, True) == (done.code, done.out.startswith("{")), done.err
    report = json.loads(done.out)
    coverage, trip = report["coverage"], report["coverage"]["round_trip"]
    assert trip["modes"] == ["in process, async", "in process, sync", "over HTTP, async", "over HTTP, sync"]
    assert coverage["operations"]["documented"] == trip["called"]
    assert coverage["responses"]["seen"] == trip["seen"]
    assert MISSED == trip["missed"]
    assert [] == report["findings"]
