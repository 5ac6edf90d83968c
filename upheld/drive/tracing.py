"""Traces one replayed request, line by line. It halves the speed, so it is for what nothing cheaper could tell."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import CodeType, FrameType
from typing import Any

from upheld.drive.frames import Frames


@dataclass(slots=True)
class Traced:
    """What a replay showed."""

    returned: list[int] = field(default_factory=list)
    """The lines from which the function's calls returned; the last one is where it ended for good."""
    raised: tuple[CodeType, int] | None = None
    """The line of the user's own on which the last exception began."""


@contextmanager
def traced(function: Any, frames: Frames) -> Iterator[Traced]:
    """Record a function's returns, and where exceptions begin in the user's own files.

    `function` may be `None`, or anything that is no Python function: then exceptions alone are recorded.
    """
    found = Traced()
    code = getattr(function, "__code__", None)

    def local(frame: FrameType, event: str, detail: Any) -> Any:
        if event == "return" and frame.f_code is code:
            found.returned.append(frame.f_lineno)
        elif event == "exception" and detail[2] is not None and detail[2].tb_next is None:  # None where an await ends
            found.raised = (frame.f_code, frame.f_lineno)
        return local

    def trace(frame: FrameType, _event: str, _: Any) -> Any:
        return local if frame.f_code is code or frames.own(frame.f_code.co_filename) else None

    # Each has a tracer of its own: one that belongs to this thread, handed to new ones, corrupts what it counts.
    before, before_threads = sys.gettrace(), threading.gettrace()
    threading.settrace(trace)
    sys.settrace(trace)
    try:
        yield found
    finally:
        sys.settrace(before)
        threading.settrace(before_threads)
