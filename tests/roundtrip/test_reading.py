"""What is wrong with what a client made of an answer: by a package whose promises are broken one after another."""

import asyncio
import itertools
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.client.packages import NAME, files
from tests.modules import forgotten
from upheld import contract
from upheld.client import write
from upheld.model import Json, Operation, Request
from upheld.roundtrip.reading import Made, Reader
from upheld.roundtrip.script import Answered, Failing, Failure, Step
from upheld.roundtrip.shipped import Method, Shipped

_numbers = itertools.count()
"""Tests of one process do not see each other's packages."""
BOOK: Json = {
    "type": "object",
    "required": ["title"],
    "properties": {"title": {"type": "string"}, "pages": {"type": "integer"}},
}
PROBLEM: Json = {"type": "object", "required": ["detail"], "properties": {"detail": {"type": "string"}}}


def _answer(schema: Json, media: str = "application/json") -> Json:
    return {"description": "", "content": {media: {"schema": schema}}}


DOCUMENT: Json = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "paths": {
        "/book": {
            "get": {
                "operationId": "get_book",
                "responses": {"200": _answer(BOOK), "404": _answer(PROBLEM), "409": _answer(PROBLEM)},
            }
        },
        "/lines": {
            "get": {
                "operationId": "get_lines",
                "responses": {"200": {"description": "", "content": {"application/jsonl": {"itemSchema": BOOK}}}},
            }
        },
    },
}


class Asked:
    """A package with both of its clients, which get the answers that they are told."""

    def __init__(self, shipped: Shipped, operations: dict[str, Operation]) -> None:
        self.shipped = shipped
        self.operations = operations

    def __call__(self, label: str, status: int, content: bytes, media: str, *, hint: Any = None, items: int | None = None, error: Exception | None = None) -> list[Failure]:  # fmt: skip
        """Return what is wrong for both, which has to be the same."""
        method = self.shipped.methods[label]
        step = Step(
            label=label, request=Request(method="GET", target="/"), answered=Answered(status=status), items=items
        )

        def handle(request: httpx2.Request) -> httpx2.Response:
            if error is not None:
                raise error
            return httpx2.Response(status, headers={"content-type": media}, content=content, request=request)

        transport = httpx2.MockTransport(handle)
        reader = Reader(self.shipped)
        with httpx2.Client(transport=transport) as http:
            client = self.shipped.waiting("http://shop", http=http, retries=0)
            with client.capture() as exchanges:
                made = reader.waited(lambda: method.waits(client), hint or method.returns[0], step)
            found = self._failures(reader, made, method, label, exchanges)

        async def awaited() -> list[Failure]:
            async with httpx2.AsyncClient(transport=transport) as http:
                client = self.shipped.awaiting("http://shop", http=http, retries=0)
                with client.capture() as exchanges:
                    made = await reader.awaited(lambda: method.awaits(client), hint or method.returns[1], step)
                return self._failures(reader, made, method, label, exchanges)

        assert found == asyncio.run(awaited())
        return found

    def _failures(self, reader: Reader, made: Made, method: Method, label: str, exchanges: list[Any]) -> list[Failure]:
        response = exchanges[-1].response if exchanges else None
        return list(reader.failures(made, self.operations[label], method, response))


@pytest.fixture
def asked(tmp_path: Any) -> Iterator[Asked]:
    name = f"{NAME}_reading_{next(_numbers)}"
    write(tmp_path / name, files(DOCUMENT, name))
    read = contract.parse(DOCUMENT, app="openapi.json")
    with forgotten(tmp_path):
        yield Asked(Shipped(tmp_path / name), {operation.label: operation for operation in read.operations})


JSON = "application/json"
HELD: dict[str, tuple[str, int, bytes, str]] = {
    "success": ("GET /book", 200, b'{"title": "Waves", "pages": 7.0}', JSON),
    "more than is documented": ("GET /book", 200, b'{"title": "Waves", "extra": 1}', JSON),
    "documented error": ("GET /book", 404, b'{"detail": "no such book"}', JSON),
    "lines": ("GET /lines", 200, b'{"title": "a"}\n{"title": "b"}\n', "application/jsonl"),
}


@pytest.mark.parametrize(("label", "status", "content", "media"), HELD.values(), ids=HELD)
def test_held(asked: Asked, label: str, status: int, content: bytes, media: str) -> None:
    assert [] == asked(label, status, content, media)


BROKEN: dict[str, tuple[str, int, bytes, str, Failing, str]] = {
    "undocumented": ("GET /book", 500, b"", JSON, Failing.UNDOCUMENTED, "get_book() raised UndocumentedResponse for an undocumented 500"),
    "body": ("GET /book", 200, b'{"title": 1}', JSON, Failing.TYPES, "get_book() raised ContractMismatch for a documented 200, in the body /title: Input should be a valid string, not 1"),
    "error's body": ("GET /book", 404, b"{}", JSON, Failing.TYPES, "get_book() raised ContractMismatch for a documented 404, in the body /detail: Field required, not {}"),
    "item": ("GET /lines", 200, b'{"title": "a"}\n{}\n', "application/jsonl", Failing.TYPES, "get_lines() raised ContractMismatch for a documented 200, in the body /title: Field required, not {}"),
}  # fmt: skip


@pytest.mark.parametrize(("label", "status", "content", "media", "kind", "message"), BROKEN.values(), ids=BROKEN)
def test_broken(asked: Asked, label: str, status: int, content: bytes, media: str, kind: Failing, message: str) -> None:
    assert [Failure(kind=kind, message=message, status=status)] == asked(label, status, content, media)


def test_a_return_type_that_is_not_kept(asked: Asked) -> None:
    (found,) = asked("GET /book", 200, b'{"title": "Waves"}', JSON, hint=int)
    assert (Failing.TYPES, 200) == (found.kind, found.status)
    assert found.message.startswith("get_book() returned what is mistyped: GetBook")
    assert found.message.endswith(" is no int")


def test_items_that_are_not_of_their_type(asked: Asked) -> None:
    stream = asked.shipped.runtime["streams"]
    method = asked.shipped.methods["GET /lines"]
    step = Step(label="GET /lines", request=Request(method="GET", target="/"), answered=Answered(status=200))
    handle = httpx2.MockTransport(
        lambda _: httpx2.Response(200, headers={"content-type": "application/jsonl"}, content=b'{"title": "a"}\n')
    )
    client = asked.shipped.waiting("http://shop", http=httpx2.Client(transport=handle))
    made = Reader(asked.shipped).waited(lambda: method.waits(client), stream.Stream[int], step)
    assert made.wrong is not None
    assert made.wrong.endswith(" is no int")


def test_no_more_items_than_were_seen(asked: Asked) -> None:
    lines = b'{"title": "a"}\n{}\n'
    assert [] == asked("GET /lines", 200, b"{}\n", "application/jsonl", items=0)
    assert [Failing.TYPES] == [one.kind for one in asked("GET /lines", 200, lines, "application/jsonl", items=2)]


def test_no_answer_is_nobody_s_fault(asked: Asked) -> None:
    assert [] == asked("GET /book", 200, b"", JSON, error=httpx2.ConnectError("refused"))


def test_another_exception(asked: Asked) -> None:
    found = asked("GET /book", 200, b"", JSON, error=KeyError("title"))
    assert [Failure(kind=Failing.RAISES, message="get_book() raised KeyError: 'title'")] == found


def _records(asked: Asked) -> dict[str, Any]:
    answers: dict[str, Any] = asked.shipped.methods["GET /book"].record.answers
    return answers


def test_a_documented_status_that_the_client_does_not_know(asked: Asked) -> None:
    del _records(asked)["404"]
    message = "get_book() raised UndocumentedResponse for a documented 404"
    assert [Failure(kind=Failing.TYPES, message=message, status=404)] == asked("GET /book", 404, b"{}", JSON)


def test_an_error_that_is_returned(asked: Asked) -> None:
    records, kind = _records(asked), asked.shipped.runtime["operations"].Answer
    records["404"] = kind(records["200"].content, redirect=True)
    message = "get_book() returned a value for a 404"
    assert [Failure(kind=Failing.TYPES, message=message, status=404)] == asked(
        "GET /book", 404, b'{"title": "a"}', JSON
    )


def test_a_success_that_is_raised(asked: Asked) -> None:
    records = _records(asked)
    records["200"] = records["404"]
    message = "get_book() raised NotFound for 200, expected a value"
    assert [Failure(kind=Failing.TYPES, message=message, status=200)] == asked(
        "GET /book", 200, b'{"detail": "a"}', JSON
    )


def test_a_body_that_loses_something(asked: Asked) -> None:
    records, read = _records(asked), asked.shipped.runtime["answers"].Reads
    problem = records["404"].content[JSON].type
    records["200"].content[JSON] = read("json", problem)
    found = asked("GET /book", 200, b'{"detail": "a", "title": "Waves"}', JSON, hint=problem)
    lost = "get_book() returned something else than was answered: the body /title is not there, meant was 'Waves'"
    assert [Failure(kind=Failing.TYPES, message=lost, status=200)] == found


def test_an_error_whose_body_loses_something(asked: Asked) -> None:
    class Problem(asked.shipped.package.NotFound):  # type: ignore[misc,name-defined]
        @property
        def body(self) -> dict[str, str]:
            return {"detail": "another"}

    records, kind = _records(asked), asked.shipped.runtime["operations"].Answer
    records["404"] = kind(records["404"].content, error=Problem)
    lost = "the body /detail is 'another', meant was 'a'"
    message = f"get_book() raised Problem with another body than was answered: {lost}"
    assert [Failure(kind=Failing.TYPES, message=message, status=404)] == asked(
        "GET /book", 404, b'{"detail": "a"}', JSON
    )


def test_an_error_whose_body_is_mistyped(asked: Asked) -> None:
    class Problem(asked.shipped.package.NotFound):  # type: ignore[misc,name-defined]
        @property
        def body(self) -> int:
            return "a"  # type: ignore[return-value]

    records, kind = _records(asked), asked.shipped.runtime["operations"].Answer
    records["404"] = kind(records["404"].content, error=Problem)
    message = "get_book() raised Problem with a body that is mistyped: str 'a' is no int"
    assert [Failure(kind=Failing.TYPES, message=message, status=404)] == asked(
        "GET /book", 404, b'{"detail": "a"}', JSON
    )
