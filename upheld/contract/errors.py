"""The one exception of this stage, and how foreign exceptions are told on one line."""

from pathlib import Path
from types import TracebackType

from upheld.model import UpheldError

LONGEST = 300
"""Characters of a foreign exception's message that are shown; a settings error can run over pages."""


class ContractError(UpheldError):
    """An app, a document or a file that no contract can be made of."""


def told(error: BaseException, root: Path) -> str:
    """Return `ValueError: no key (service/config.py:12)`: class, message and the line of the project that raised."""
    message = " ".join((error.msg if isinstance(error, SyntaxError) else str(error)).split())
    if len(message) > LONGEST:
        message = f"{message[:LONGEST]}…"
    place = _place(error, root)
    return f"{type(error).__name__}{f': {message}' if message else ''}{f' ({place})' if place else ''}"


def relative(path: str, root: Path) -> str:
    """Return a path as reports show it: below the project where it is, with forward slashes."""
    whole = Path(path).resolve()
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else whole.as_posix()


def is_own(path: str, root: Path) -> bool:
    """Whether a file is the project's own code: below its folder, and not in an environment that lies there."""
    whole = Path(path)
    return whole.is_relative_to(root) and "site-packages" not in whole.parts


def _place(error: BaseException, root: Path) -> str:
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return f"{relative(error.filename, root)}:{error.lineno}"
    lines = list(_lines(error.__traceback__))
    own = [line for line in lines if is_own(line[0], root)]
    return f"{relative(own[-1][0], root)}:{own[-1][1]}" if own else ""


def _lines(trace: TracebackType | None) -> list[tuple[str, int]]:
    found = []
    while trace is not None:
        found.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    return found
