"""A package on disk is compared and replaced file by file; what Upheld did not write is let be."""

from pathlib import Path

import pytest

from upheld.client import stale, write
from upheld.model import UpheldError

FILES = {"__init__.py": '"""Written by `upheld client`."""\n', "models.py": "# `upheld client`\n", "py.typed": ""}


def test_fresh(tmp_path: Path) -> None:
    out = tmp_path / "generated" / "shop"
    assert ["__init__.py is missing", "models.py is missing", "py.typed is missing"] == stale(out, FILES)
    write(out, FILES)
    assert FILES == {path.name: path.read_text() for path in sorted(out.iterdir())}
    assert stale(out, FILES) == []


def test_changed(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "models/old.py": "# Written by `upheld client`\n"})
    (tmp_path / "models.py").write_text("edited by hand\n")
    (tmp_path / "py.typed").unlink()
    (tmp_path / "own.py").write_text("# mine\n")
    assert ["models.py differs", "py.typed is missing", "models/old.py is left over"] == stale(tmp_path, FILES)
    write(tmp_path, FILES)
    assert stale(tmp_path, FILES) == []
    assert ["__init__.py", "models", "models.py", "own.py", "py.typed"] == sorted(
        one.name for one in tmp_path.iterdir()
    )


def test_line_ends(tmp_path: Path) -> None:
    """A checkout that turned the line ends is not what the contract gives."""
    write(tmp_path, FILES)
    (tmp_path / "models.py").write_bytes(b"# `upheld client`\r\n")
    assert stale(tmp_path, FILES) == ["models.py differs"]


def test_untouched(tmp_path: Path) -> None:
    """A file that is as it should be is not written again."""
    write(tmp_path, FILES)
    before = (tmp_path / "models.py").stat().st_ino
    write(tmp_path, FILES)
    assert before == (tmp_path / "models.py").stat().st_ino


def test_unwritable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(UpheldError, match=r"file/__init__.py: cannot be written .*; make it one$"):
        write(tmp_path / "file", FILES)


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "models.py").mkdir()
    assert "models.py cannot be read (Is a directory)" in stale(tmp_path, FILES)


def test_left_over_that_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {**FILES, "old.py": "# `upheld client`\n"})

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "unlink", refuse)
    message = f"{tmp_path / 'old.py'}: cannot be removed (Permission denied), expected a writable folder; make it one"
    with pytest.raises(UpheldError) as caught:
        write(tmp_path, FILES)
    assert message == str(caught.value)
