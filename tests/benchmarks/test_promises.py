"""What is kept and lost does not depend on the machine; how quick it is does, and is nobody's test."""

import asyncio
from pathlib import Path

import pytest

from benchmarks import killed, promises
from benchmarks.promised import CALL_S
from benchmarks.servers import apart, served

pytestmark = pytest.mark.slow


def test_sessions(tmp_path: Path) -> None:
    with apart():
        text = promises.sessions(tmp_path)
    assert "\n| closes its session | 200 | 0 | 0 | " in text
    assert "\n| leaves its session open | 15 | 185 | 15 | " in text


def test_killed(tmp_path: Path) -> None:
    with apart():
        text = killed.table(tmp_path)
    assert "\n| a plain background task | 5 | 0 | 0 |\n| the bookshop's recorded job | 5 | 0 | 5 |" in text


def test_blocking(tmp_path: Path) -> None:
    with apart(), served(promises.APP, tmp_path) as server:
        text = promises.blocking(server.port, 20 * CALL_S)
        assert len(promises.BESIDE) == text.count("\n") - 1
        alone, _ = asyncio.run(promises.beside(server.port, "/trivial", "/blocking", 4, 20 * CALL_S))
        assert alone.percentile_ms(50) > 1000 * CALL_S
        assert promises.moments(server.port).count("\n") == 3
