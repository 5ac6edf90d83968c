"""Both clients: how they take the steps of a call."""

from __future__ import annotations

import inspect
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from .operations import Contract, Operation, Pages
from .steps import (
    Ask,
    AsyncSecret,
    Basic,
    Caller,
    Close,
    OtherContract,
    Read,
    Secret,
    Send,
    Sleep,
    Step,
    Timeout,
    reached,
)
from .streams import AsyncDownload, AsyncStream, Download, Stream

if TYPE_CHECKING:
    import httpx2

S = TypeVar("S")
A = TypeVar("A")
T = TypeVar("T")


class SyncCaller(Caller["httpx2.Client"]):
    """Takes the steps of a call, and waits for each."""

    _download = Download
    _stream = Stream

    def __init__(
        self,
        url: str,
        contract: Contract,
        credentials: Mapping[str, Secret | Basic | None],
        *,
        timeout: Timeout,
        retries: int,
        other_contract: OtherContract,
        openapi_url: str | None,
        http: httpx2.Client | None,
        sleep: Callable[[float], object] | None,
    ) -> None:
        super().__init__(
            url,
            contract,
            credentials,
            timeout=timeout,
            retries=retries,
            other_contract=other_contract,
            openapi_url=openapi_url,
        )
        self._own = http is None
        if http is None:
            from httpx2 import Client  # noqa: PLC0415  # it takes as long as everything else

            http = Client()
        self._http = http
        self._sleep = sleep or time.sleep

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, unless they are of an HTTP client that was handed in."""
        if self._own:
            self._http.close()

    def _call(self, operation: Operation[S, Any], /, **arguments: object) -> S:
        steps = self._steps(operation, arguments)
        try:
            step = next(steps)
            while True:
                try:
                    done = self._take(step)
                except Exception as error:  # noqa: BLE001  # the steps decide whether they go on
                    step = steps.throw(error)
                else:
                    step = steps.send(done)
        except StopIteration as end:
            return cast("S", end.value)

    def _take(self, step: Step) -> object:
        match step:
            case Send():
                return self._http.send(step.request, stream=True, follow_redirects=False)
            case Read():
                return step.response.read()
            case Close():
                step.response.close()
                return None
            case Sleep():
                return self._sleep(step.seconds)
            case Ask():
                return step.secret() if callable(step.secret) else step.secret

    def _pages(self, pages: Pages[T], /, **arguments: object) -> Iterator[T]:
        while True:
            page = self._call(pages.operation, **arguments)
            yield from reached(page, pages.items) or ()
            following = reached(page, pages.following)
            if following in (None, "", arguments.get(pages.argument)):
                return
            arguments[pages.argument] = following


async def _sleep(seconds: float) -> None:
    import asyncio  # noqa: PLC0415  # likewise

    await asyncio.sleep(seconds)


class AsyncCaller(Caller["httpx2.AsyncClient"]):
    """Takes the steps of a call, and awaits each."""

    _download = AsyncDownload
    _stream = AsyncStream

    def __init__(
        self,
        url: str,
        contract: Contract,
        credentials: Mapping[str, AsyncSecret | Basic | None],
        *,
        timeout: Timeout,
        retries: int,
        other_contract: OtherContract,
        openapi_url: str | None,
        http: httpx2.AsyncClient | None,
        sleep: Callable[[float], Awaitable[object]] | None,
    ) -> None:
        super().__init__(
            url,
            contract,
            credentials,
            timeout=timeout,
            retries=retries,
            other_contract=other_contract,
            openapi_url=openapi_url,
        )
        self._own = http is None
        if http is None:
            from httpx2 import AsyncClient  # noqa: PLC0415  # likewise

            http = AsyncClient()
        self._http = http
        self._sleep = sleep or _sleep

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections, unless they are of an HTTP client that was handed in."""
        if self._own:
            await self._http.aclose()

    async def _call(self, operation: Operation[Any, A], /, **arguments: object) -> A:
        steps = self._steps(operation, arguments)
        try:
            step = next(steps)
            while True:
                try:
                    done = await self._take(step)
                except Exception as error:  # noqa: BLE001  # the steps decide whether they go on
                    step = steps.throw(error)
                else:
                    step = steps.send(done)
        except StopIteration as end:
            return cast("A", end.value)

    async def _take(self, step: Step) -> object:
        match step:
            case Send():
                return await self._http.send(step.request, stream=True, follow_redirects=False)
            case Read():
                return await step.response.aread()
            case Close():
                await step.response.aclose()
                return None
            case Sleep():
                return await self._sleep(step.seconds)
            case Ask():
                given = step.secret() if callable(step.secret) else step.secret
                return await given if inspect.isawaitable(given) else given

    async def _pages(self, pages: Pages[T], /, **arguments: object) -> AsyncIterator[T]:
        while True:
            page = await self._call(pages.operation, **arguments)
            for item in reached(page, pages.items) or ():
                yield item
            following = reached(page, pages.following)
            if following in (None, "", arguments.get(pages.argument)):
                return
            arguments[pages.argument] = following
