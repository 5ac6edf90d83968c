"""Files: written whole or not at all; and where those of an app lie."""

import os
import re
import sys
import tempfile
from pathlib import Path

from upheld.model import UpheldError


def write(path: Path, text: str) -> None:
    """Write UTF-8 text to a temporary file beside `path`, then rename it into place; make missing folders.

    A link stays one, and what is no file, such as `/dev/null` or a pipe, is written to as it is.
    Errors: UpheldError, naming the path, when the folder cannot be written or the disk is full; the old file stays.
    """
    _replace(path, text.encode(), 0o666 & ~_umask())


def rewrite(path: Path, content: bytes) -> None:
    """Write other content to a file that exists, as `write` does; what may be done with it stays as it is.

    Errors: UpheldError, likewise.
    """
    try:
        mode = path.stat().st_mode & 0o7777
    except OSError as error:
        raise UpheldError(
            f"{path}: cannot be read ({error.strerror or error}), expected a file; make it one"
        ) from error
    _replace(path, content, mode)


def _replace(path: Path, content: bytes, mode: int) -> None:
    named, temporary = path, None
    try:
        if path.is_dir():
            raise UpheldError(f"{path}: is a folder, expected a file; name one in it")
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        path = Path(os.path.realpath(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        reason = error.strerror or str(error)
        raise UpheldError(f"{named}: cannot be written ({reason}), expected a writable folder; make it one") from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def holds(path: Path, text: str) -> bool:
    """Return whether a file holds just this text; one that cannot be read does not."""
    try:
        return path.is_file() and path.read_bytes() == text.encode()
    except OSError:
        return False


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def package(target: str) -> Path | None:
    """Return where the imported code of `module:app` lies: its package's folder, or its one file."""
    file = getattr(sys.modules.get(re.split("[.:]", target)[0]), "__file__", None)
    if file is None:
        return None
    return Path(file).parent if Path(file).name == "__init__.py" else Path(file)
