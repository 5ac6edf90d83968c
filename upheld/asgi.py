"""Tells clients which contract a server keeps: one line around an app, which knows nothing of it.

    app = ContractHeader(app)

Nothing is imported with this module; what reads the contract is, when the first request arrives.
"""

import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

HEADER = b"upheld-contract"
_SHA256 = re.compile(r"[0-9a-f]{64}")


class ContractHeader:
    """An ASGI app that adds `Upheld-Contract: <sha256>` to every HTTP answer of another.

    `contract` is the committed document's path, or its hash where that is known; else the app is asked for its own
    document, as `upheld export` does. Both are found out once, with the first request. What cannot be found out is
    logged, and answers go without the header: no request fails for it.
    """

    def __init__(self, app: App, contract: str | Path | None = None) -> None:
        self.app = app
        self._contract = contract
        self._sha256: str | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Call the app, its answers named."""
        if scope["type"] != "http" or not (sha256 := self.sha256()):
            await self.app(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                others = [pair for pair in message.get("headers") or () if pair[0].lower() != HEADER]
                message["headers"] = [*others, (HEADER, sha256.encode())]
            await send(message)

        await self.app(scope, receive, told)

    def sha256(self) -> str:
        """Return the contract's hash; "" where it cannot be told."""
        if self._sha256 is None:
            try:
                self._sha256 = self._found()
            except Exception:  # whatever it is, the app's answers come first
                logging.getLogger(__name__).exception("the contract cannot be told, so answers go without its hash")
                self._sha256 = ""
        return self._sha256

    def _found(self) -> str:
        if isinstance(self._contract, str) and _SHA256.fullmatch(self._contract):
            return self._contract
        from upheld import contract  # noqa: PLC0415  # it takes a moment, and an app may be started for other things

        if self._contract is not None:
            return contract.sha256(contract.document(Path(self._contract)))
        return contract.own_sha256(self.app)
