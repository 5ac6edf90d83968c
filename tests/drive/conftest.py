"""What the tests of the drive share."""

import pytest

from upheld.drive import asgi


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that the drive waits for by itself takes long."""
    for name, seconds in {"STREAM_MOMENT_S": 0.1, "_GRACE_S": 0.05, "_BACKGROUND_S": 0.1, "_TICK_S": 0.01}.items():
        monkeypatch.setattr(asgi, name, seconds)
