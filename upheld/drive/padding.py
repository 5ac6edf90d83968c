"""A request whose body is made too long: what keeps the docs otherwise shows the 413 that they promise."""

import re
from dataclasses import replace

from upheld.drive.shape import take_apart
from upheld.media import FORMS, is_json, media_type
from upheld.model import Operation, Padding, Request
from upheld.multipart import BOUNDARY, Part

SIZES_BYTES = (2**16 + 1, 2**20 + 1, 11 * 2**20 + 1)
"""How long bodies are made, one after the other: just past what limits are mostly set to."""
_END = f"\r\n--{BOUNDARY}--\r\n".encode()
_NO_TEXT = re.compile(r"[-+.\d]*|true|false")
"""A value that may be no text, and no longer what it was if it were longer."""


def may_be_too_long(operation: Operation) -> bool:
    """Return whether the docs say that a body may be too long."""
    return operation.body is not None and not operation.documented.isdisjoint({"413", "4XX"})


def padded(request: Request, operation: Operation, size_bytes: int) -> Request | None:
    """Return a request with a body of a length, which says the same as before; `None` where it has none.

    JSON gets blanks at its end, a form a longer file or text, anything else more of what it may end in.
    """
    sent = media_type(request.header("content-type"))
    byte, before = b" ", 0
    if sent in FORMS:
        shape = take_apart(request, operation)
        if shape is None or not shape.form:
            return None
        parts = sorted(shape.form, key=_growing)
        request = shape.with_parts(parts).built()
        byte = _filling(parts[-1])
        before = len(_END) if sent == FORMS[1] else 0
    elif not is_json(sent):
        byte = _of_bytes(request.body or b"")
    if not request.body:
        return None
    length = max(0, size_bytes - len(request.body))
    return replace(request, padding=Padding(byte=byte, length=length, before=before))


def _growing(part: Part) -> int:
    """Rank what may be longer: a file before a text before all else."""
    return 2 if part.filename is not None else _NO_TEXT.fullmatch(part.data) is None


def _filling(part: Part) -> bytes:
    return b"a" if part.filename is None else _of_bytes(part.data.encode("utf-8", errors="surrogateescape"))


def _of_bytes(data: bytes) -> bytes:
    try:
        data.decode()
    except UnicodeDecodeError:
        return b"\0"
    return b"\n"
