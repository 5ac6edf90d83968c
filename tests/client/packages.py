"""Packages generated for a test: written, imported, called in process by both of their clients."""

import asyncio
import importlib
import itertools
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
from fastapi import FastAPI

from tests.modules import forgotten
from upheld import contract
from upheld.client import generate, runtime, write
from upheld.model import AsgiApp

NAME = "shop_client"
RUNTIME = Path(runtime.__file__).parent
_numbers = itertools.count()
"""Tests of one process do not see each other's packages."""


def files(document: dict[str, Any], name: str = NAME) -> dict[str, str]:
    """Return the files of the client of a document."""
    read = contract.parse(document, app="openapi.json")
    return generate(read, contract.canonical(read.document), name=name, source=Path("openapi.json"))


@contextmanager
def imported(document: dict[str, Any], folder: Path) -> Iterator[Any]:
    """Import the client of a document, and forget it afterwards."""
    package = f"{NAME}_{next(_numbers)}"
    write(folder / package, files(document, package))
    # The runtime is the same in every package: taken from where it is written, so that its coverage is seen.
    shutil.rmtree(folder / package / "_runtime")
    (folder / package / "_runtime").symlink_to(RUNTIME)
    with forgotten(folder / package):
        sys.path.insert(0, str(folder))
        importlib.invalidate_caches()
        yield importlib.import_module(package)


class Waiting(httpx2.BaseTransport):
    """An app in process for a client that waits."""

    def __init__(self, app: AsgiApp) -> None:
        self._transport = httpx2.ASGITransport(app, raise_app_exceptions=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        async def answered() -> httpx2.Response:
            answer = await self._transport.handle_async_request(request)
            return httpx2.Response(answer.status_code, headers=answer.headers.raw, content=await answer.aread())

        return asyncio.run(answered())


class Shop:
    """An app and both clients of it, in process; each is asked the same, and has to get the same."""

    def __init__(self, package: Any, app: AsgiApp, **options: Any) -> None:
        self.package = package
        self.app = app
        self.options = options

    def sync(self, **options: Any) -> Any:
        """Return the client that waits."""
        http = httpx2.Client(transport=Waiting(self.app))
        return self.package.Client("http://shop", http=http, **{**self.options, **options})

    def asynchronous(self, **options: Any) -> Any:
        """Return the client that does not."""
        http = httpx2.AsyncClient(transport=httpx2.ASGITransport(self.app, raise_app_exceptions=False))
        return self.package.AsyncClient("http://shop", http=http, **{**self.options, **options})

    def ask(self, name: str, /, *arguments: Any, **named: Any) -> Any:
        """Call a method of both; return what they return, or raise what they raise."""
        told = _outcome(lambda: whole(getattr(self.sync(), name)(*arguments, **named)))

        async def asked() -> Any:
            return await awaited_whole(getattr(self.asynchronous(), name)(*arguments, **named))

        also = _outcome(lambda: asyncio.run(asked()))
        assert str(told[1]) == str(also[1])
        assert type(told[1]) is type(also[1])
        if told[0]:
            return told[1]
        raise told[1]


def whole(answer: Any) -> Any:
    """Return an answer; of a stream its items."""
    if hasattr(answer, "__next__"):
        return list(answer)
    return answer


async def awaited_whole(answer: Any) -> Any:
    """Likewise, of what is to be awaited."""
    found = answer if hasattr(answer, "__anext__") else await answer
    if hasattr(found, "__anext__"):
        return [item async for item in found]
    return found


def _outcome(call: Callable[[], Any]) -> tuple[bool, Any]:
    try:
        return True, call()
    except Exception as error:  # noqa: BLE001  # compared with that of the other client
        return False, error


@contextmanager
def shop(app: FastAPI, folder: Path, **options: Any) -> Iterator[Shop]:
    """Yield an app with the client of its own document."""
    with imported(app.openapi(), folder) as package:
        yield Shop(package, app, **options)
