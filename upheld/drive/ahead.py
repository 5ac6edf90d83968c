"""Starts the process that draws requests before anything else is imported: it takes longest to get ready.

Only what Python has loaded already, or needs at once, is imported here.
"""

import os
import subprocess
import sys
from pathlib import Path

STORED = Path(".upheld", "corpus")
"""Where a project's drawn requests are stored, below its root."""
_PROJECT = Path(__file__).parents[2]
_begun: "list[subprocess.Popen[bytes]]" = []


def begin() -> None:
    """Start the process of the next check in this folder, if it will need one. Errors: none, a check says what is."""
    if None in (sys.stdin, sys.stdout, sys.stderr):
        return  # its pipes would be taken for them
    try:
        process = start_if_needed(STORED)
    except OSError:
        return
    if process is not None:
        _begun.append(process)


def taken() -> "subprocess.Popen[bytes] | None":
    """Hand over the process that was begun, if there is one; whoever asks ends it."""
    return _begun.pop() if _begun else None


def end() -> None:
    """End what nobody took."""
    while _begun:
        stop(_begun.pop())


def start_if_needed(folder: Path) -> "subprocess.Popen[bytes] | None":
    """Start the process where nothing is stored: something will have to be drawn. Errors: OSError."""
    return None if any(folder.glob("*.json")) else start()


def start() -> "subprocess.Popen[bytes]":
    """Start the process. Errors: OSError when Python cannot be started."""
    path = [*filter(None, [os.environ.get("PYTHONPATH")]), str(_PROJECT)]
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "upheld.drive.drawing"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path), "PYTHONHASHSEED": "0"},
    )


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End a process, close its pipes and wait for it."""
    process.kill()
    try:
        with process:
            pass
    except OSError:
        pass
