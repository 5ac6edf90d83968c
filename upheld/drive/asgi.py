"""Calls an app through ASGI on one event loop, with a limit on every answer's time and size.

asyncio cannot interrupt a call that blocks the loop, so an interval timer looks at the clock and raises in whatever
frame holds the thread; an answer that waits is cancelled, and one that sits in another thread is left behind.
"""

import asyncio
import contextlib
import functools
import selectors
import signal
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, Self
from urllib.parse import unquote_to_bytes, urlsplit

from upheld.drive import frames as own_frames
from upheld.drive.lifespan import Lifespan
from upheld.drive.pools import Pools
from upheld.drive.watch import TRAIL, Trail
from upheld.media import STREAMS, media_type
from upheld.model import AsgiApp, Request

BODY_LIMIT_BYTES = 1 << 20
"""An answer longer than this is cut: what follows would not be judged differently."""
STREAM_MOMENT_S = 0.25
STREAM_CHUNKS = 20
"""An event stream is read until either is reached."""
_TICK_S = 0.02
_BACKGROUND_S = 0.25
"""How long is waited for what an app does after its answer; halved each time that was too short."""
_POLLS_SKIPPED = 32
_GRACE_S = 0.25
"""How long a cancelled answer may take to end before it is left behind."""

Message = dict[str, Any]
Prepare = Callable[[Request], Awaitable[Request]]


class TimeLimitError(BaseException):
    """Raised inside a blocking call of the app; no `except Exception` of the app may swallow it."""


class HangUpError(OSError):
    """What an app's `send` meets once we have hung up, as with a real server."""


@dataclass(slots=True)
class Answer:
    """One raw answer."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)
    complete: bool = False
    cut: bool = False
    escaped: BaseException | None = None
    """What left the app before the answer was complete."""
    late: BaseException | None = None
    """What left the app after it."""
    caught: int = 0
    """How many exceptions had met a handler when the answer began."""
    stuck: list[own_frames.Step] | None = None
    """Where it stood when its time was over, innermost first; `None` when it kept its time."""
    trail: Trail = field(default_factory=Trail)


class Caller:
    """An app whose lifespan is running, ready to be called; use as a context manager."""

    def __init__(self, app: AsgiApp, *, base_url: str, time_limit_s: float) -> None:
        """Take the app and the URL that its requests claim to be sent to."""
        self._app = app
        self._url = urlsplit(base_url)
        self._host = (b"host", self._url.netloc.encode())
        self._server = (self._url.hostname, self._url.port or 80)
        self.limit_s = time_limit_s
        """How long an answer may take from now on."""
        self.stream_moment_s = STREAM_MOMENT_S
        """How long an event stream is read from now on."""
        self._pools = Pools()
        self.prepare: Prepare | None = None
        """What changes each request before it is sent."""
        self._loop = _new_loop()
        self._loop.set_exception_handler(lambda *_: None)  # tasks that were left behind have no reader
        self._loop.set_task_factory(_task_of_its_exchange)
        self._state: dict[str, Any] = {}
        self._lifespan: Lifespan | None = None
        self._task: asyncio.Task[Any] | None = None
        self._deadline = float("inf")
        self._expired = False
        self._answer: Answer | None = None
        self._background_s = _BACKGROUND_S

    def __enter__(self) -> Self:
        asyncio.set_event_loop(self._loop)
        self._pools.listen()
        self._lifespan = Lifespan(self._app, self._state)
        try:
            self._loop.run_until_complete(self._lifespan.start())
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exc_info: object) -> None:
        try:
            if self._lifespan is not None:
                with contextlib.suppress(Exception):
                    self._loop.run_until_complete(asyncio.wait_for(self._lifespan.stop(), self.limit_s))
            if tasks := asyncio.all_tasks(self._loop):
                for task in tasks:
                    task.cancel()
                with contextlib.suppress(BaseException):
                    self._loop.run_until_complete(asyncio.wait(tasks, timeout=_GRACE_S))
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        finally:
            self._pools.__exit__()
            asyncio.set_event_loop(None)
            self._loop.close()

    def finish(self, begun: Awaitable[Any]) -> Any:
        """Finish on the app's own loop what was begun between requests."""
        return self._loop.run_until_complete(awaited(begun))

    def call_all(self, requests: Iterator[Request], take: Callable[[Request, Answer], None]) -> None:
        """Send requests one after another, each drawn when the one before it was taken."""
        self._pools.listen()  # also to what was imported meanwhile
        calling = self._loop.create_task(self._call_all(requests, take))
        try:
            with self._clock():
                self._loop.run_until_complete(calling)
        except BaseException:
            calling.cancel()  # or closing down would go on with the other requests
            raise

    async def _call_all(self, requests: Iterator[Request], take: Callable[[Request, Answer], None]) -> None:
        for drawn in requests:
            request = await self.prepare(drawn) if self.prepare is not None else drawn
            answer = await self._call(request)
            if answer.trail.held:
                await self._pools.settle(answer)
            take(request, answer)
            answer.trail.close()

    async def _call(self, request: Request) -> Answer:
        answer = self._answer = Answer()
        finished = self._finished = self._loop.create_future()
        exchange = _Exchange(self, answer, request.sent or b"", finished)
        task = self._task = exchange.task = self._loop.create_task(self._run(self._scope(request), exchange))
        answer.trail.task = task
        self._expired = False
        self._deadline = time.monotonic() + self.limit_s
        try:
            await finished
        finally:
            self._deadline = float("inf")
            if exchange.timer is not None:
                exchange.timer.cancel()
            self._task = None
        exchange.disconnect()
        exchange.task = None
        if not task.done():  # still busy after its answer, or in another thread, or refuses to be cancelled
            if answer.complete:
                self._background_s /= 2
            return answer
        error = None if task.cancelled() else task.exception() or task.result()
        if self._expired or (answer.cut and not answer.complete):
            return answer  # what our own cancellation or hanging up raised is not the app's
        if error is not None:
            if answer.complete:
                answer.late = error
            else:
                answer.escaped = error
        return answer

    async def _run(self, scope: Message, exchange: "_Exchange") -> BaseException | None:
        TRAIL.set(exchange.answer.trail)
        try:
            await self._app(scope, exchange.receive, exchange.send)
        except (SystemExit, asyncio.CancelledError) as error:
            return error  # raised, the one would end the loop, and with it the check; the other would not be kept
        finally:  # whoever waits is woken in the next turn of the loop, when the task is done
            _finish(exchange.finished)
        return None

    def end_soon(self, exchange: "_Exchange") -> None:
        """Leave a complete answer's exchange a moment later, should the app go on after it."""
        self._loop.call_soon(self._await_background, exchange)  # most have returned by then, and need no timer

    def _await_background(self, exchange: "_Exchange") -> None:
        if not exchange.finished.done():
            exchange.timer = self._loop.call_later(self._background_s, _finish, exchange.finished)

    def hang_up_later(self, exchange: "_Exchange") -> asyncio.TimerHandle:
        """Read a stream for a moment only."""
        return self._loop.call_later(self.stream_moment_s, self._hang_up, exchange)

    def _hang_up(self, exchange: "_Exchange") -> None:
        """Disconnect from a stream; an app that does not notice is cancelled."""
        exchange.answer.cut = True
        exchange.disconnect()
        if exchange.task is not None:
            self._loop.call_later(_GRACE_S, exchange.task.cancel)
        self._loop.call_later(2 * _GRACE_S, _finish, exchange.finished)

    def _scope(self, request: Request) -> Message:
        path, _, query = request.target.partition("?")
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in request.headers]
        headers.insert(0, self._host)
        if request.body is not None:
            headers.append((b"content-length", str(request.body_bytes).encode()))
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": self._url.scheme,
            "path": unquote_to_bytes(path).decode("utf-8", errors="replace") if "%" in path else path,
            "raw_path": path.encode("ascii"),
            "query_string": query.encode("ascii"),
            "root_path": "",
            "headers": headers,
            "client": ("127.0.0.1", 50000),
            "server": self._server,
            "state": self._state.copy(),
            "extensions": {},
        }

    # The clock --------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _clock(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
            self._ticker = self._loop.call_later(_TICK_S, self._tick_on_loop)
            try:
                yield
            finally:
                self._ticker.cancel()
            return
        before = signal.signal(signal.SIGALRM, self._tick)
        signal.setitimer(signal.ITIMER_REAL, _TICK_S, _TICK_S)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def _tick_on_loop(self) -> None:
        self._tick(0, None)
        self._ticker = self._loop.call_later(_TICK_S, self._tick_on_loop)

    def _tick(self, _signal: int, frame: FrameType | None) -> None:
        task, answer = self._task, self._answer
        if task is None or answer is None or time.monotonic() < self._deadline or task.done():
            return
        blocked = frame is not None and asyncio.current_task(self._loop) is not None
        if not self._expired and not answer.complete:
            self._expired = True
            stack = list(own_frames.of_stack(frame)) if blocked else _standing(task, answer.trail)
            answer.stuck = stack
        if blocked:
            self._deadline = time.monotonic() + _GRACE_S  # raised again, should the app swallow it
            raise TimeLimitError
        self._deadline = float("inf")
        self._loop.call_soon_threadsafe(self._give_up, task, self._finished)

    def _give_up(self, task: "asyncio.Task[Any]", finished: "asyncio.Future[None]") -> None:
        task.cancel()
        self._loop.call_later(_GRACE_S, _finish, finished)


class _Exchange:
    """The two ends that an app is handed for one request."""

    def __init__(self, caller: Caller, answer: Answer, body: bytes, finished: "asyncio.Future[None]") -> None:
        self.answer = answer
        self.finished = finished
        self.task: asyncio.Task[Any] | None = None
        self.timer: asyncio.TimerHandle | None = None
        self._caller = caller
        self._body = body
        self._sent = False
        self._gone: asyncio.Event | None = None
        self._disconnected = False
        self._chunks = 0

    def disconnect(self) -> None:
        self._disconnected = True
        if self._gone is not None:
            self._gone.set()

    async def receive(self) -> Message:
        if not self._sent:
            self._sent = True
            return {"type": "http.request", "body": self._body, "more_body": False}
        if not self._disconnected and not self.answer.complete:
            if self._gone is None:
                self._gone = asyncio.Event()
            await self._gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        answer = self.answer
        kind = message["type"]
        if self._disconnected:
            raise HangUpError("the client has gone")
        if kind == "http.response.start":
            answer.status = message["status"]
            answer.caught = len(answer.trail.caught)
            raw = message.get("headers", ())
            answer.headers = raw if isinstance(raw, list) else list(raw)
            if _is_stream(answer.headers):
                self.timer = self._caller.hang_up_later(self)
        elif kind == "http.response.body":
            answer.body += message.get("body", b"")
            if not message.get("more_body", False):
                answer.complete = True
                if self.timer is not None:
                    self.timer.cancel()
                self._caller.end_soon(self)
                if self._gone is not None:
                    self._gone.set()
                return
            self._chunks += 1
            if len(answer.body) > BODY_LIMIT_BYTES or (self.timer is not None and self._chunks >= STREAM_CHUNKS):
                answer.cut = True
                self.disconnect()
                raise HangUpError("the client has gone")


class _Patient(selectors.DefaultSelector):
    """Asks the system for input only now and then while callbacks are ready: most answers need none."""

    _skipped = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout == 0 and self._skipped < _POLLS_SKIPPED:
            self._skipped += 1
            return []
        self._skipped = 0
        return super().select(timeout)


def _new_loop() -> asyncio.AbstractEventLoop:
    """Make one of Python's own, whatever the app's default: what uvloop looks up and connects to is not heard of."""
    proactor: type[asyncio.AbstractEventLoop] | None = getattr(asyncio, "ProactorEventLoop", None)  # Windows'
    return proactor() if proactor is not None else asyncio.SelectorEventLoop(_Patient())


async def awaited(begun: Awaitable[Any]) -> Any:
    """Make a coroutine of whatever can be awaited."""
    return await begun


def _is_stream(headers: list[tuple[bytes, bytes]]) -> bool:
    types = [value for name, value in headers if name.lower() == b"content-type"]
    return bool(types) and _is_streamed(types[-1])


@functools.lru_cache(maxsize=256)
def _is_streamed(content_type: bytes) -> bool:
    return media_type(content_type.decode("latin-1")) in STREAMS


def _finish(finished: "asyncio.Future[None]") -> None:
    if not finished.done():
        finished.set_result(None)


def _task_of_its_exchange(loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any) -> "asyncio.Task[Any]":
    task = asyncio.Task(coroutine, loop=loop, **options)
    trail = TRAIL.get()
    if trail is not None:
        trail.tasks.append(task)
    return task


def _standing(task: "asyncio.Task[Any]", trail: Trail) -> list[own_frames.Step]:
    """Return where an unfinished answer stands: in the tasks it began, in a worker thread, or where it waits itself."""
    waiting = own_frames.of_awaiting(task.get_coro())
    running = [other for other in reversed(trail.tasks) if not other.done()]
    begun = [step for other in running for step in own_frames.of_awaiting(other.get_coro())]
    waiting = begun + waiting
    if any(code.co_name == "run_sync_in_worker_thread" for code, _, _ in waiting):
        stacks = sys._current_frames()
        for thread in threading.enumerate():
            if "AnyIO worker" in thread.name and thread.ident in stacks:
                busy = list(own_frames.of_stack(stacks[thread.ident]))
                if not any(code.co_filename.endswith("queue.py") for code, _, _ in busy):  # an idle one waits there
                    return busy
    return waiting
