"""A record office: files, parts of files, streams of lines, and answers that are nothing but text."""

from collections.abc import AsyncIterator, Iterator
from io import BytesIO

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, PlainTextResponse, StreamingResponse

app = FastAPI()


def lines() -> Iterator[str]:
    for number in range(1000):
        yield f"{number}\n"


async def bytes_of(size: int) -> AsyncIterator[bytes]:
    for _ in range(size):
        yield b"x" * 65536


@app.get("/csv", response_class=StreamingResponse, responses={200: {"content": {"text/csv": {}}}})
def csv() -> StreamingResponse:
    return StreamingResponse(lines(), media_type="text/csv")


@app.get("/huge", response_class=StreamingResponse, responses={200: {"content": {"application/octet-stream": {}}}})
async def huge() -> StreamingResponse:
    return StreamingResponse(bytes_of(400), media_type="application/octet-stream")


@app.get("/self", response_class=FileResponse, responses={206: {}, 416: {}, 400: {}})
def own() -> str:
    return __file__


@app.get("/text", response_class=PlainTextResponse)
def text(name: str = "x") -> str:
    return name * 2


@app.get("/picture", response_class=Response, responses={200: {"content": {"image/png": {}}}})
def picture() -> Response:
    return Response(BytesIO(b"\x89PNG").getvalue(), media_type="image/png")


@app.get("/broken", response_class=StreamingResponse, responses={200: {"content": {"text/csv": {}}}})
def broken() -> StreamingResponse:
    def halves() -> Iterator[str]:
        yield "a,b\n"
        raise OSError("the tape tore")  # lie: server-error GET /broken 200

    return StreamingResponse(halves(), media_type="text/csv")


@app.get("/gone", response_class=FileResponse)
def gone() -> str:
    return "/nowhere/at/all"  # lie: server-error GET /gone 500
