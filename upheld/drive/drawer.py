"""Draws requests in a process of its own; `upheld.drive.drawing` is its other end."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Self, cast

from upheld.drive import ahead, corpus
from upheld.model import Json, Request, UpheldError


class Drawer:
    """A process that draws requests, ready before the document is; use as a context manager, which ends it."""

    def __init__(self, folder: Path) -> None:
        """Take where drawn requests are stored; where none is, the process starts at once, else once it is needed."""
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        with _starting():
            self._process = ahead.taken() or ahead.start_if_needed(self._folder)
        return self

    def __exit__(self, *exc_info: object) -> None:
        if self._process is not None:
            ahead.stop(self._process)

    def forget(self) -> None:
        """Close this process's ends of the pipes: in a copy of it, which would keep them open."""
        if self._process is not None:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None and not pipe.closed:
                    os.close(pipe.fileno())

    def draw(
        self, document: Mapping[str, Json], labels: Sequence[str], seed: int
    ) -> Iterator[tuple[str, list[Request]]]:
        """Begin to draw for the operations labelled `METHOD /path`; yield each with its requests, in that order.

        Operations that cannot be drawn are left out. Errors: UpheldError when the process fails.
        """
        with _starting():
            process = self._process = self._process or ahead.start()
        questions, answers = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        asked = json.dumps({"document": document, "labels": list(labels), "seed": seed})
        with contextlib.suppress(BrokenPipeError):  # what it answers says why
            questions.write(asked.encode())
            questions.close()
        return self._answered(process, answers)

    @staticmethod
    def _answered(process: "subprocess.Popen[bytes]", answers: IO[bytes]) -> Iterator[tuple[str, list[Request]]]:
        for line in answers:
            answer = json.loads(line)
            if isinstance(answer, dict):
                failure = _failed(answer["error"])
                failure.add_note(answer["traceback"])  # shown with --debug alone
                raise failure
            label, entries = answer
            yield label, [corpus.request(entry) for entry in entries]
        if code := process.wait():
            raise _failed(f"its process ended with {code}")


@contextlib.contextmanager
def _starting() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _failed(f"{sys.executable or 'python'} cannot be started ({error.strerror or error})") from error


def _failed(reason: str) -> UpheldError:
    return UpheldError(
        f"drawing requests failed: {reason}, expected some for each operation; "
        'report it, with what "upheld export" writes'
    )
