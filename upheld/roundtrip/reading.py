"""What a client made of an answer: a value of the annotated type, or the error of that status, and nothing lost."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx2

from upheld.media import documented_media, is_json, media_type
from upheld.model import Json, Operation
from upheld.roundtrip.alike import unlike_json
from upheld.roundtrip.annotations import body_of, mistyped, streamed
from upheld.roundtrip.script import Failing, Failure, Step
from upheld.roundtrip.select import key
from upheld.roundtrip.shipped import Method, Shipped
from upheld.schema import Judge

ITEMS_MOST = 100
"""So many items of an answer that comes in parts are looked at."""
COMPARED_BYTES = 65_536
"""Longer bodies are not compared with what was made of them."""
_NOTHING = object()


@dataclass(slots=True, kw_only=True)
class Made:
    """What a call came to."""

    value: Any = _NOTHING
    """What was returned, or a documented error's body."""
    error: Exception | None = None
    wrong: str | None = None
    """What is mistyped of a value that was returned, or of an item of it."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Knows what one package promises."""

    shipped: Shipped
    known: dict[object, Any] = field(default_factory=dict)
    """What reads each annotation."""

    # One for each client, since one of them is awaited; what they do is the same.

    def waited(self, call: Any, hint: Any, step: Step) -> Made:
        """Make a call, and look at what it returns, item by item where it comes in parts."""
        try:
            value = call()
            found = Made(value=value, wrong=mistyped(value, hint, self.known))
            if isinstance(value, self.shipped.runtime["streams"].Stream):
                with value:
                    for place, one in enumerate(value if step.items != 0 else ()):
                        found.wrong = found.wrong or mistyped(one, streamed(hint, value), self.known)
                        if place + 1 >= (step.items or ITEMS_MOST):
                            break
        except Exception as error:  # noqa: BLE001 - whatever the client raises
            return Made(error=error)
        return found

    async def awaited(self, call: Any, hint: Any, step: Step) -> Made:
        """Make a call, and look at what it returns, item by item where it comes in parts."""
        try:
            value = await call()
            found = Made(value=value, wrong=mistyped(value, hint, self.known))
            if isinstance(value, self.shipped.runtime["streams"].AsyncStream):
                async with value:
                    place = 0
                    async for one in value if step.items != 0 else _none():
                        found.wrong = found.wrong or mistyped(one, streamed(hint, value), self.known)
                        place += 1
                        if place >= (step.items or ITEMS_MOST):
                            break
        except Exception as error:  # noqa: BLE001 - whatever the client raises
            return Made(error=error)
        return found

    def failures(
        self, made: Made, operation: Operation, method: Method, response: httpx2.Response | None
    ) -> Iterator[Failure]:
        """Say what is wrong with what a call came to."""
        errors, error = self.shipped.runtime["errors"], made.error
        status = response.status_code if response is not None else None
        head = f"{method.name}() raised {type(error).__name__}"
        match error:
            case errors.UndocumentedResponse():
                documented = key(operation, error.status) is not None
                yield Failure(
                    kind=Failing.TYPES if documented else Failing.UNDOCUMENTED,
                    message=f"{head} for {'a documented' if documented else 'an undocumented'} {error.status}",
                    status=error.status,
                )
            case errors.ContractMismatch():
                message = f"{head} for a documented {error.status}, in the {error.where}: {error.what}"
                yield Failure(kind=Failing.TYPES, message=message, status=error.status)
            case errors.ErrorResponse():
                yield from self._mistaken(error, operation, method, response)
            case httpx2.TransportError():
                return  # no answer came, which is the network's doing, or the app's
            case None:
                yield from self._returned(made, operation, method, status, response)
            case _:
                yield Failure(kind=Failing.RAISES, message=f"{head}: {_line(error)}", status=status)

    def _returned(
        self, made: Made, operation: Operation, method: Method, status: int | None, response: httpx2.Response | None
    ) -> Iterator[Failure]:
        if status is not None and status >= 400:
            yield Failure(kind=Failing.TYPES, message=f"{method.name}() returned a value for a {status}", status=status)
        elif made.wrong is not None:
            message = f"{method.name}() returned what is mistyped: {made.wrong}"
            yield Failure(kind=Failing.TYPES, message=message, status=status)
        elif response is not None and (lost := self._lost(made.value, operation, response)) is not None:
            message = f"{method.name}() returned something else than was answered: {lost}"
            yield Failure(kind=Failing.TYPES, message=message, status=status)

    def _mistaken(
        self, error: Any, operation: Operation, method: Method, response: httpx2.Response | None
    ) -> Iterator[Failure]:
        """Say what is wrong with a documented error that was raised."""
        answer = method.record.answer(error.status)
        expected = answer.error if answer is not None else None
        name = type(error).__name__
        wrong = mistyped(error.body, body_of(type(error)), self.known)
        if type(error) is not expected or operation.succeeds(error.status):
            other = "a value" if operation.succeeds(error.status) else getattr(expected, "__name__", "another")
            message = f"{method.name}() raised {name} for {error.status}, expected {other}"
        elif wrong is not None:
            message = f"{method.name}() raised {name} with a body that is mistyped: {wrong}"
        elif response is not None and (lost := self._lost(error.body, operation, response)) is not None:
            message = f"{method.name}() raised {name} with another body than was answered: {lost}"
        else:
            return
        yield Failure(kind=Failing.TYPES, message=message, status=error.status)

    def _lost(self, value: object, operation: Operation, response: httpx2.Response) -> str | None:
        """Return in what a value differs from the JSON that it was made of, documented members only."""
        body = content(response)
        sent = media_type(response.headers.get("content-type"))
        if not body or len(body) > COMPARED_BYTES or not is_json(sent):
            return None
        documented = operation.response(response.status_code)
        entry = documented_media(documented.content, sent) if documented is not None else None
        if entry is None or entry.schema is None or response.request.method == "HEAD":
            return None
        try:
            answered: Json = json.loads(body)
            said = json.loads(self.shipped.runtime["wire"].as_json(value))
        except (ValueError, RecursionError):
            return None
        extra = tuple(Judge.of(operation.document).extra_members(entry.schema, answered))
        return unlike_json(answered, said, extra)


async def _none() -> AsyncIterator[Any]:
    nothing: tuple[Any, ...] = ()
    for one in nothing:
        yield one


def content(response: httpx2.Response) -> bytes:
    """Return what was read of an answer."""
    with suppress(httpx2.ResponseNotRead, httpx2.StreamConsumed, httpx2.StreamClosed):
        return response.content
    return b""


def _line(error: BaseException) -> str:
    return str(error).replace("\n", " ")[:300]
