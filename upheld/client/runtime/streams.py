"""Answers that are read while they arrive, by callers that wait and by those that do not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from .answers import BrokenBodyError, Items
from .errors import ContractMismatch, Exchange

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator
    from os import PathLike

T = TypeVar("T")


class Stream(Generic[T]):
    """The items of an answer, as they arrive; a context manager that lets go of the connection."""

    def __init__(self, exchange: Exchange, items: Items) -> None:
        self.exchange = exchange
        self._generator = self._arriving(items)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T:
        return next(self._generator)

    def close(self) -> None:
        """Let go of the connection; nothing more arrives."""
        self._generator.close()
        self.exchange.response.close()

    def _arriving(self, items: Items) -> Generator[T]:
        try:
            for chunk in self.exchange.response.iter_bytes():
                yield from items.feed(chunk)
            yield from items.end()
        except BrokenBodyError as error:
            raise ContractMismatch(self.exchange, error.where, error.what) from error
        finally:
            self.exchange.response.close()


class Download(Stream[bytes]):
    """The bytes of an answer; iterated in parts as they arrive, or read or saved whole."""

    @property
    def media_type(self) -> str:
        """The answer's media type, without its parameters."""
        return self.exchange.headers.get("content-type", "").partition(";")[0].strip().lower()

    def read(self) -> bytes:
        """Return what has not been iterated yet."""
        return b"".join(self)

    def save(self, path: str | PathLike[str]) -> int:
        """Write what has not been iterated yet into a file; return how many bytes that were."""
        with self, Path(path).open("wb") as file:
            return sum(map(file.write, self))


class AsyncStream(Generic[T]):
    """The items of an answer, as they arrive; a context manager that lets go of the connection."""

    def __init__(self, exchange: Exchange, items: Items) -> None:
        self.exchange = exchange
        self._generator = self._arriving(items)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        return await anext(self._generator)

    async def close(self) -> None:
        """Let go of the connection; nothing more arrives."""
        await self._generator.aclose()
        await self.exchange.response.aclose()

    async def _arriving(self, items: Items) -> AsyncGenerator[T]:
        try:
            async for chunk in self.exchange.response.aiter_bytes():
                for item in items.feed(chunk):
                    yield item
            for item in items.end():
                yield item
        except BrokenBodyError as error:
            raise ContractMismatch(self.exchange, error.where, error.what) from error
        finally:
            await self.exchange.response.aclose()


class AsyncDownload(AsyncStream[bytes]):
    """The bytes of an answer; iterated in parts as they arrive, or read or saved whole."""

    @property
    def media_type(self) -> str:
        """The answer's media type, without its parameters."""
        return self.exchange.headers.get("content-type", "").partition(";")[0].strip().lower()

    async def read(self) -> bytes:
        """Return what has not been iterated yet."""
        return b"".join([chunk async for chunk in self])

    async def save(self, path: str | PathLike[str]) -> int:
        """Write what has not been iterated yet into a file; return how many bytes that were."""
        async with self:
            with Path(path).open("wb") as file:  # noqa: ASYNC230  # no wait worth a thread and a dependency
                return sum([file.write(chunk) async for chunk in self])
