"""The longest body that the service reads.

Starlette has such a limit too, but answers with plain text, and the documentation promises a problem.
"""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """Ends the reading of a body at its first byte too many, or at once where its announced length is too much."""

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        """Take the application, and how much of a body it reads."""
        self._app = app
        self._most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raise 413 where the body is read, so that the operation answers as it does to anything else."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        announced_bytes = int(announced) if announced.isdecimal() else 0
        taken_bytes = 0

        async def receiving() -> Message:
            nonlocal taken_bytes
            message = await receive()
            taken_bytes += len(message.get("body", b""))
            if max(announced_bytes, taken_bytes) > self._most_bytes:
                raise HTTPException(413, f"A body may have {self._most_bytes} bytes at most.")
            return message

        await self._app(scope, receiving, send)
