"""Answers are counted by what they are; a server that closes is connected to anew."""

import asyncio

import pytest

from benchmarks.asking import Asked, ask

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
CASES = {
    "as expected": (GOOD, 4, 0, 2),
    "another status": (b"HTTP/1.1 500 Oh\r\ncontent-length: 2\r\n\r\nok", 0, 4, 2),
    "another length": (b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nok!", 0, 4, 2),
    "of no known length": (b"HTTP/1.1 200 OK\r\n\r\nok", 0, 4, 2),
    "the last of its connection": (GOOD.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"), 4, 0, 4),
    "broken off": (GOOD[:-1], 0, 4, 4),
}


async def answered(answer: bytes) -> tuple[Asked, int]:
    """Ask a server that always answers this; return also how often it was connected to."""
    connections = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(answer)
                await writer.drain()
                if answer == GOOD[:-1]:
                    break
        except asyncio.IncompleteReadError:
            pass
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        seen = await ask(server.sockets[0].getsockname()[1], "/", connections=2, requests=4, body_bytes=2)
        return seen, connections


@pytest.mark.parametrize(("answer", "good", "errors", "connected"), CASES.values(), ids=CASES)
def test_ask(answer: bytes, good: int, errors: int, connected: int) -> None:
    seen, connections = asyncio.run(answered(answer))
    assert (good, errors, connected) == (len(seen.latencies_s), seen.errors, connections)


def test_percentiles() -> None:
    seen = Asked(latencies_s=[number / 1000 for number in range(1, 102)], seconds=2.0)
    assert [51.0, 100.0, 101.0] == [round(seen.percentile_ms(percent), 3) for percent in (50, 99, 100)]
    assert 101 == (seen + Asked(seconds=2.0)).per_second * 4
