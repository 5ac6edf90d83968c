"""Files are written all or none, and put back where the second check cannot tell or is interrupted."""

import json
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.build import finding, report
from upheld import files, mending
from upheld.model import UpheldError


def test_written_and_restored(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"a\r\n")
    (tmp_path / "b.py").write_bytes(b"b\n")
    before = mending.write({"a.py": b"A\r\n", "b.py": b"B\n"}, tmp_path)
    assert {"a.py": b"a\r\n", "b.py": b"b\n"} == before
    assert (b"A\r\n", b"B\n") == ((tmp_path / "a.py").read_bytes(), (tmp_path / "b.py").read_bytes())
    mending.restore(before, tmp_path)
    assert (b"a\r\n", b"b\n") == ((tmp_path / "a.py").read_bytes(), (tmp_path / "b.py").read_bytes())


def test_all_or_none(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"a\n")
    with pytest.raises(UpheldError) as raised:
        mending.write({"a.py": b"A\n", "b.py": b"B\n"}, tmp_path)
    assert "cannot be read (No such file or directory), expected a file; run it again" in str(raised.value)
    assert b"a\n" == (tmp_path / "a.py").read_bytes()


def test_all_or_none_where_one_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_bytes(b"old\n")
    whole = files.rewrite

    def full(path: Path, content: bytes) -> None:
        if path.name == "b.py":
            raise UpheldError("b.py: cannot be written (No space left on device), expected room; make some")
        whole(path, content)

    monkeypatch.setattr(files, "rewrite", full)
    with pytest.raises(UpheldError):
        mending.write({"a.py": b"new\n", "b.py": b"new\n"}, tmp_path)
    assert b"old\n" == (tmp_path / "a.py").read_bytes()


def ended(monkeypatch: pytest.MonkeyPatch, result: Any) -> None:
    """Have the second check end so."""

    def run(*_: Any, **__: Any) -> Any:
        if isinstance(result, BaseException):
            raise result
        return result

    monkeypatch.setattr(subprocess, "run", run)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError("no processes left")], ids=["Ctrl-C", "no process"])
def test_interrupted(error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.py").write_bytes(b"old\n")
    before = mending.write({"a.py": b"new\n"}, tmp_path)
    ended(monkeypatch, error)
    with pytest.raises(type(error)):
        mending.again(report(), before, ["fix"], tmp_path)
    assert b"old\n" == (tmp_path / "a.py").read_bytes()


FAILED = {
    "with words": (b"one\nupheld: error: it broke\n", "(it broke)"),
    "without": (b"", "(exit code 2)"),
}


@pytest.mark.parametrize(("said", "reason"), FAILED.values(), ids=FAILED)
def test_failed(said: bytes, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.py").write_bytes(b"old\n")
    before = mending.write({"a.py": b"new\n"}, tmp_path)
    ended(monkeypatch, SimpleNamespace(returncode=2, stdout=b"", stderr=said))
    with pytest.raises(UpheldError) as raised:
        mending.again(report(), before, ["fix"], tmp_path)
    assert (
        f"a.py: with the patch the check fails {reason}; the files are as they were; "
        'look at it with "upheld fix --diff"' == str(raised.value)
    )
    assert b"old\n" == (tmp_path / "a.py").read_bytes()


def test_outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        {"rule": "undocumented-status", "level": "error", "operation": "GET /b", "status": 404, "message": "b"},
        {"rule": "server-error", "level": "error", "operation": "GET /c", "status": None, "message": "c"},
    ]
    said = json.dumps({"findings": found}).encode()
    ended(monkeypatch, SimpleNamespace(returncode=1, stdout=said, stderr=b""))
    first = report(
        finding(rule="undocumented-status", operation="GET /a", status=404),
        finding(rule="undocumented-status", operation="GET /b", status=404),
    )
    outcome = mending.again(first, {"a.py": b""}, ["fix"], tmp_path)
    assert (("a.py",), 1, said.decode()) == (outcome.written, outcome.code, outcome.report)
    assert [["GET /a"], ["GET /b"], ["GET /c"]] == [
        [one.operation for one in group] for group in (outcome.gone, outcome.left, outcome.new)
    ]
