"""An app's start-up and shut-down."""

import asyncio
from typing import Any

from upheld.model import AsgiApp, UpheldError


class Lifespan:
    """Runs an app's start-up and shut-down once (ASGI, Lifespan Protocol)."""

    def __init__(self, app: AsgiApp, state: dict[str, Any]) -> None:
        """Take the app, and the state that it may fill for its requests."""
        self._app = app
        self._state = state
        self._inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._started = asyncio.Event()
        self._stopped = asyncio.Event()
        self._failure: str | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the app up. Errors: UpheldError when it says that it cannot."""
        self._inbox.put_nowait({"type": "lifespan.startup"})
        self._task = asyncio.get_running_loop().create_task(self._run())
        await self._started.wait()
        if self._failure is not None:
            raise UpheldError(
                f"the app's start-up failed: {self._failure}, expected a lifespan that starts; "
                "check the settings it needs, `[tool.upheld] env` sets them"
            )

    async def stop(self) -> None:
        """Shut the app down."""
        if self._started.is_set() and self._task is not None and not self._task.done():
            self._inbox.put_nowait({"type": "lifespan.shutdown"})
            await self._stopped.wait()

    async def _run(self) -> None:
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": self._state}
        try:
            await self._app(scope, self._inbox.get, self._send)
        except Exception as error:  # noqa: BLE001 - whatever an app raises at start-up
            if self._failure is None and not self._started.is_set() and self._failing:
                self._failure = _one_line(error)
        finally:
            self._started.set()
            self._stopped.set()

    _failing = False

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "lifespan.startup.complete":
            self._started.set()
        elif message["type"] == "lifespan.startup.failed":
            self._failing = True  # an app that has no lifespan raises without saying so
            self._failure = message.get("message", "").strip().rpartition("\n")[2] or "no reason given"
            self._started.set()
        elif message["type"].startswith("lifespan.shutdown"):
            self._stopped.set()


def _one_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]
