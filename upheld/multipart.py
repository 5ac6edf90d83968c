"""Reads and writes multipart/form-data, with a boundary that never changes (RFC 7578)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

BOUNDARY = "upheld-boundary-7f3c1d"
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One member of a form."""

    name: str
    data: str
    """Decoded as UTF-8; bytes that are not UTF-8 as lone surrogates."""
    filename: str | None = None
    media_type: str | None = None

    @property
    def is_text(self) -> bool:
        """Whether its bytes are UTF-8."""
        return _SURROGATE.search(self.data) is None

    @property
    def text(self) -> str:
        """Its data as a text, each byte that is not UTF-8 a replacement character."""
        return self.data if self.is_text else _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", self.data)


def split(body: bytes, content_type: str) -> list[Part] | None:
    """Return the parts of a body; `None` where it is no multipart body of its boundary."""
    found = re.search(r'boundary="?([^";]+)"?', content_type, re.IGNORECASE)
    if found is None:
        return None
    chunks = (b"\r\n" + body).split(b"\r\n--" + found[1].encode("latin-1"))
    if len(chunks) < 2 or not chunks[-1].startswith(b"--"):
        return None
    parts = []
    for chunk in chunks[1:-1]:
        head, blank, data = chunk.partition(b"\r\n\r\n")
        name = _parameter("name", head)
        if not blank or name is None:
            return None
        media = re.search(rb"(?im)^content-type:\s*(.*?)\s*$", head)
        parts.append(
            Part(
                name=name,
                data=data.decode("utf-8", errors="surrogateescape"),
                filename=_parameter("filename", head),
                media_type=media[1].decode("latin-1") if media else None,
            )
        )
    return parts


def join(parts: Iterable[Part]) -> tuple[bytes, str]:
    """Return a body of these parts and its Content-Type."""
    lines = bytearray()
    for part in parts:
        disposition = f'form-data; name="{_quote(part.name)}"'
        if part.filename is not None:
            disposition += f'; filename="{_quote(part.filename)}"'
        lines += f"--{BOUNDARY}\r\nContent-Disposition: {disposition}\r\n".encode("utf-8", errors="surrogateescape")
        if part.media_type is not None:
            lines += f"Content-Type: {part.media_type}\r\n".encode()
        lines += b"\r\n" + part.data.encode("utf-8", errors="surrogateescape") + b"\r\n"
    lines += f"--{BOUNDARY}--\r\n".encode()
    return bytes(lines), f"multipart/form-data; boundary={BOUNDARY}"


def _parameter(name: str, head: bytes) -> str | None:
    found = re.search(rb"[;\s]" + name.encode() + rb'="((?:[^"\\]|\\.)*)"', head)
    return found[1].decode("utf-8", errors="surrogateescape") if found else None


def _quote(text: str) -> str:
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
