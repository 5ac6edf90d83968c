"""A client package on disk: whether it is what the contract gives now, and how it is made so."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from upheld.client.models import MARK
from upheld.files import write as write_file
from upheld.model import UpheldError


def stale(out: Path, files: Mapping[str, str]) -> list[str]:
    """Return which files of a package are not what they should be, and why; none means that it is up to date.

    Files that Upheld did not write are left out of account.
    """
    found = [f"{name} {why}" for name, text in files.items() if (why := _wrong(out / name, text))]
    return found + [f"{path.relative_to(out).as_posix()} is left over" for path in _left_over(out, files)]


def write(out: Path, files: Mapping[str, str]) -> None:
    """Write a package, each file whole or not at all, and remove what an earlier contract left.

    Errors: UpheldError, naming the path, when the folder cannot be written.
    """
    for name, text in files.items():
        if _wrong(out / name, text):
            write_file(out / name, text)
    for path in list(_left_over(out, files)):
        try:
            path.unlink()
        except OSError as error:
            raise UpheldError(
                f"{path}: cannot be removed ({error.strerror or error}), expected a writable folder; make it one"
            ) from error


def _wrong(path: Path, text: str) -> str:
    try:
        return "" if path.read_bytes() == text.encode() else "differs"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror or error})"


def _left_over(out: Path, files: Mapping[str, str]) -> Iterator[Path]:
    """Yield files that Upheld wrote for an earlier contract."""
    for path in sorted(path for path in out.rglob("*") if path.suffix in (".py", ".md", ".toml")):
        if path.relative_to(out).as_posix() not in files and path.is_file() and MARK in _first_line(path):
            yield path


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").partition("\n")[0]
    except OSError:
        return ""
