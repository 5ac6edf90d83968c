"""The drawing process: `python -m upheld.drive.drawing` reads what to draw and writes requests, an operation a line.

Drawing has a process of its own so that its imports, a third of a second, are done while the app is imported, and so
that nothing it does to a process happens to the app. `upheld.drive.drawer` is the other end.
"""

import gc
import json
import os
import signal
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TextIO

from upheld.drive import corpus, generate
from upheld.model import Json

_GARBAGE_MOST = 200_000
"""What drawing makes is used to the end."""


def main() -> None:
    """Get ready, read `{"document", "labels", "seed"}` to its end, then write `[label, requests]` line by line.

    What fails is written as `{"error": …, "traceback": …}`. Without a document nothing is drawn.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the check, and the check ends this
    gc.set_threshold(_GARBAGE_MOST)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # a library that prints must not be taken for an answer
    with tempfile.TemporaryDirectory(prefix="upheld-") as home:
        try:
            _serve(Path(home), answers)
        except BrokenPipeError:
            pass  # nobody waits for it any more
        except Exception as error:  # noqa: BLE001 - whatever it is, the check says so, and shows where with --debug
            _write(answers, {"error": f"{type(error).__name__}: {error}", "traceback": traceback.format_exc()})


def _serve(home: Path, answers: TextIO) -> None:
    generate.prepare(home)
    gc.freeze()  # Hypothesis collects garbage each time it is given a source of chance: from now on there is little
    asked = json.loads(sys.stdin.read() or "null")
    if asked is not None:
        for label, requests in generate.draw(asked["document"], asked["labels"], asked["seed"]):
            _write(answers, [label, [corpus.entry(request) for request in requests]])


def _write(answers: TextIO, answer: Json) -> None:
    answers.write(f"{json.dumps(answer)}\n")
    answers.flush()


if __name__ == "__main__":
    main()
