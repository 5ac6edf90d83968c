"""A slow cooker that tells when the stew is ready."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import FastAPI, Query
from fastapi.responses import StreamingResponse

app = FastAPI()
TEXT = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}


class TextResponse(StreamingResponse):
    media_type = "text/plain"


async def until_ready(target: int) -> AsyncIterator[str]:
    degrees = 20
    while degrees != target:
        degrees += 7
        yield f"{degrees}\n"
        await asyncio.sleep(0.05)  # lie: no-answer GET /stew
    yield "ready\n"


@app.get("/stew", response_class=TextResponse, responses=TEXT)
async def stew(target: int = Query(27, ge=21, le=90)):
    return TextResponse(until_ready(target))


async def settle(level: int) -> int:
    while level > 0:
        await asyncio.sleep(0.2)  # lie: no-answer POST /stew/stir
        level -= level // 100
    return level


@app.post("/stew/stir")
async def stir(speed: int = Query(0, ge=0, le=10)) -> int:
    return await settle(speed)
