"""An app that runs while its client is asked: in this process, or behind a server at an address of this machine."""

import asyncio
import concurrent.futures
import contextlib
import threading
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import httpx2

from upheld.model import AsgiApp, UpheldError
from upheld.roundtrip.transports import InProcess

T = TypeVar("T")
_STOP_S = 5.0
_POLL_S = 0.005
BACKGROUND_S = 0.25
"""How long is waited for what an app does after its answer; halved each time that was too short."""


class Lifespan(Protocol):
    """An app's start-up and shut-down."""

    def start(self) -> Awaitable[None]:
        """Start the app up. Errors: UpheldError."""

    def stop(self) -> Awaitable[None]:
        """Shut the app down."""


class Counted:
    """An app, and whether it is still busy with what it was asked."""

    def __init__(self, app: AsgiApp) -> None:
        """Take the app."""
        self._app = app
        self._busy = 0
        self._idle = threading.Event()
        self._idle.set()
        self._patience_s = BACKGROUND_S

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Call the app."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        self._busy += 1
        self._idle.clear()
        try:
            await self._app(scope, receive, send)
        finally:
            self._busy -= 1
            if not self._busy:
                self._idle.set()

    def settle(self) -> None:
        """Wait a moment for what the app does after its answers, as a check does."""
        if not self._idle.wait(self._patience_s):
            self._patience_s /= 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """An app that can be asked."""

    url: str
    waiting: Callable[[], httpx2.Client]
    awaiting: Callable[[], httpx2.AsyncClient]
    finish: Callable[[Awaitable[Any]], Any]
    """Finishes on the app's own loop what was begun there."""
    settle: Callable[[], None]
    """Waits a moment for what the app does after its answers."""


Wait = Callable[[Awaitable[Any]], Any]
"""Finishes on the app's own loop what was begun before it starts."""


def in_process(
    app: AsgiApp,
    starting: Callable[[], Lifespan],
    state: dict[str, Any],
    url: str,
    *,
    limit_s: float,
    setup: Callable[[Wait], None],
    ask: Callable[[Reached], T],
) -> T:
    """Run an app on a loop of this thread, and ask it from another; `setup` comes before it starts."""

    async def run() -> T:
        loop = asyncio.get_running_loop()
        lifespan = starting()
        counted = Counted(app)
        transport = InProcess(counted, loop, state, limit_s)
        reached = Reached(
            url=url,
            waiting=lambda: httpx2.Client(transport=transport),
            awaiting=lambda: httpx2.AsyncClient(transport=transport),
            finish=_finisher(loop),
            settle=counted.settle,
        )
        await lifespan.start()
        try:
            return await _asked(ask, reached)
        finally:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(_awaited(lifespan.stop()), _STOP_S)

    return _run(run, setup)


def over_http(app: AsgiApp, host: str | None, setup: Callable[[Wait], None], ask: Callable[[Reached], T]) -> T:
    """Serve an app at a free port of the loopback interface, and ask it from another thread.

    `host` is what requests call it by where that is not its address.
    Errors: UpheldError where it does not start.
    """
    import uvicorn  # noqa: PLC0415 - an app in process does without

    async def run() -> T:
        counted = Counted(app)
        config = uvicorn.Config(
            counted, host="127.0.0.1", port=0, log_config=None, access_log=False, timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(_served(server))
        while not server.started:
            if serving.done():
                raise UpheldError(
                    "uvicorn did not start the app, expected a lifespan that starts; "
                    "check the settings it needs, `[tool.upheld] env` sets them"
                )
            await asyncio.sleep(_POLL_S)
        headers = {"host": host} if host is not None else None
        reached = Reached(
            url=f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}",
            waiting=lambda: httpx2.Client(headers=headers),
            awaiting=lambda: httpx2.AsyncClient(headers=headers),
            finish=_finisher(asyncio.get_running_loop()),
            settle=counted.settle,
        )
        try:
            return await _asked(ask, reached)
        finally:
            server.should_exit = True
            await serving

    return _run(run, setup)


async def _served(server: Any) -> None:
    with contextlib.suppress(SystemExit):  # how it says that the app did not start
        await server.serve()


def _run(run: Callable[[], Coroutine[Any, Any, T]], setup: Callable[[Wait], None]) -> T:
    with asyncio.Runner() as runner:
        runner.get_loop().set_exception_handler(lambda *_: None)  # what an app leaves behind has no reader
        setup(lambda begun: runner.run(_awaited(begun)))
        return runner.run(run())


async def _asked(ask: Callable[[Reached], T], reached: Reached) -> T:
    with concurrent.futures.ThreadPoolExecutor(1, "client") as pool:
        return await asyncio.get_running_loop().run_in_executor(pool, ask, reached)


async def _awaited(begun: Awaitable[T]) -> T:
    return await begun


def _finisher(loop: asyncio.AbstractEventLoop) -> Callable[[Awaitable[Any]], Any]:
    return lambda begun: asyncio.run_coroutine_threadsafe(_awaited(begun), loop).result()
