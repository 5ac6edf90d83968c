"""A file is written whole, where it was asked to be, or not at all."""

import errno
import os
from pathlib import Path

import pytest

from upheld import files
from upheld.model import UpheldError

OLD, NEW = "old\n", "new ✓\n" * 9_999


def names(folder: Path) -> list[str]:
    """Return what lies in a folder, what is hidden too."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file that is to be written over."""
    path = tmp_path / "old"
    path.write_text(OLD, encoding="utf-8")
    return path


def test_new(tmp_path: Path) -> None:
    path = tmp_path / "some" / "folder" / "new"
    files.write(path, NEW)
    assert NEW.encode() == path.read_bytes()
    assert ["new"] == names(path.parent)


def test_over_an_old_one(old: Path) -> None:
    files.write(old, NEW)
    assert NEW.encode() == old.read_bytes()
    assert ["old"] == names(old.parent)


def test_through_a_link(old: Path) -> None:
    link = old.with_name("link")
    link.symlink_to("old")
    files.write(link, NEW)
    assert link.is_symlink()
    assert NEW == old.read_text(encoding="utf-8")


def test_through_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("new")
    files.write(link, NEW)
    assert NEW == (tmp_path / "new").read_text(encoding="utf-8")


def test_to_what_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    files.write(pipe, OLD)
    assert (OLD.encode(), ["pipe"]) == (os.read(reader, 99), names(tmp_path))
    os.close(reader)


def test_to_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UpheldError) as raised:
        files.write(tmp_path, NEW)
    assert f"{tmp_path}: is a folder, expected a file; name one in it" == f"{raised.value}"
    assert [] == names(tmp_path)


def test_below_a_file(old: Path) -> None:
    with pytest.raises(
        UpheldError, match=r"old/new: cannot be written \(.+\), expected a writable folder; make it one$"
    ):
        files.write(old / "new", NEW)
    assert OLD == old.read_text(encoding="utf-8")


FAULTS: dict[str, tuple[str, BaseException, type[BaseException]]] = {
    "the disk is full": ("replace", OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), UpheldError),
    "Ctrl-C": ("replace", KeyboardInterrupt(), KeyboardInterrupt),
    "Ctrl-C, sooner": ("chmod", KeyboardInterrupt(), KeyboardInterrupt),
}


@pytest.mark.parametrize(("step", "fault", "raised"), FAULTS.values(), ids=FAULTS)
def test_the_old_file_stays(
    old: Path, monkeypatch: pytest.MonkeyPatch, step: str, fault: BaseException, raised: type[BaseException]
) -> None:
    def fail(*_args: object) -> None:
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(Path, step, fail)
        with pytest.raises(raised):
            files.write(old, NEW)
    assert (OLD, ["old"]) == (old.read_text(encoding="utf-8"), names(old.parent))


def test_holds(old: Path) -> None:
    assert files.holds(old, OLD)
    assert not files.holds(old, NEW)
    assert not files.holds(old.parent, OLD)
    assert not files.holds(old.with_name("new"), OLD)


def test_a_file_that_cannot_be_read_holds_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", fail)
    assert not files.holds(old, OLD)


PACKAGES: dict[str, tuple[str, str | None]] = {
    "a package": ("json.decoder:app", "json"),
    "a module": ("ast:create_app()", "ast.py"),
    "none that is imported": ("nosuch:app", None),
    "one without a file": ("sys:app", None),
}


@pytest.mark.parametrize(("target", "name"), PACKAGES.values(), ids=PACKAGES)
def test_where_the_app_lies(target: str, name: str | None) -> None:
    found = files.package(target)
    assert name == (found.name if found is not None else None)
