"""Files are written whole or not at all."""

import os
import tempfile
from pathlib import Path

from upheld.model import UpheldError


def write(path: Path, text: str) -> None:
    """Write UTF-8 text to a temporary file beside `path`, then rename it into place; make missing folders.

    Errors: UpheldError, naming the path, when the folder cannot be written or the disk is full; the old file stays.
    """
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        reason = error.strerror or str(error)
        raise UpheldError(f"{path}: cannot be written ({reason}), expected a writable folder; make it one") from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
