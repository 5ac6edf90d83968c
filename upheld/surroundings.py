"""What an app finds around it while it is loaded and asked."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from upheld.contract.errors import told
from upheld.model import UpheldError
from upheld.settings import Settings


@contextlib.contextmanager
def surroundings(settings: Settings, root: Path) -> Iterator[None]:
    """Set the settings' environment, and keep what the app prints, where it moves to and its end from being ours."""
    os.environ.update(settings.env)
    folder = Path.cwd()
    try:
        with _stdout_to_stderr():
            yield
    except SystemExit as error:
        raise UpheldError(
            f"the app ended the check: {told(error, root)}, expected it to go on; take the exit out of that line"
        ) from error
    finally:
        os.chdir(folder)


@contextlib.contextmanager
def _stdout_to_stderr() -> Iterator[None]:
    """Lead to standard error what the app prints, and what programs that it starts print."""
    sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:  # it is closed
        kept = None
    try:
        with contextlib.suppress(OSError):
            os.dup2(2, 1)
        with contextlib.redirect_stdout(sys.stderr):
            yield
    finally:
        if kept is not None:
            os.dup2(kept, 1)
            os.close(kept)
