"""Images for the badges of a hackerspace."""

import struct
import zlib
from typing import Annotated

from fastapi import FastAPI, Path, Response

app = FastAPI(title="Badges")
Level = Annotated[int, Path(ge=0, le=255)]


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(grey: int) -> bytes:
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixel = zlib.compress(bytes([0, grey]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


@app.get("/badges/{grey}", response_class=Response, responses={200: {"content": {"image/*": {}}}})
def badge(grey: Level, vector: bool = False):
    if vector:
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" opacity="{grey / 255:.2f}"/>'
        return Response(drawing, media_type="image/svg+xml")
    return Response(png(grey), media_type="image/png", headers={"Cache-Control": "max-age=60"})
