"""What a document says by hand, or in other words than FastAPI's, has a name, a type and a way all the same."""

import asyncio
import datetime as dt
import inspect
import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest

from tests.client.odd import DOCUMENT
from tests.client.packages import imported


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with imported(DOCUMENT, tmp_path_factory.mktemp("odd")) as found:
        yield found


Answer = Callable[[httpx2.Request], httpx2.Response]


def client(package: Any, answer: Answer) -> Any:
    return package.Client(http=httpx2.Client(transport=httpx2.MockTransport(answer)))


def sent(
    package: Any, name: str, *arguments: Any, answer: httpx2.Response | None = None, **named: Any
) -> httpx2.Request:
    """Return what a method sends."""
    seen = []

    def answered(request: httpx2.Request) -> httpx2.Response:
        request.read()
        seen.append(request)
        return answer or httpx2.Response(204)

    getattr(client(package, answered), name)(*arguments, **named)
    return seen[0]


NAMES = [
    "anything", "book_head", "both", "close_", "cursor", "date_", "forms", "get_book", "get_list", "get", "headers",
    "import_",
    "linked", "models_", "only_default", "post_list", "ranges", "styles", "text_form", "uuid", "write_book_books_id_patch",
    "write_book_books_id_put", "没有",
]  # fmt: skip


def test_names(package: Any) -> None:
    own = [name for name in vars(package.Client) if not name.startswith("_")]
    assert sorted([*NAMES, "iter_cursor", "iter_linked"]) == sorted(own)


def test_arguments(package: Any) -> None:
    assert (
        "(self, class_: 'str', self_: 'int', *, größe: 'float', class__query: 'str | None' = None, "
        "a_b: 'int | None' = None, a_b_query: 'int | None' = None, field_1st: 'bool | None' = None, "
        "field: 'str | None' = None, operation: 'str | None' = None, body_query: 'str | None' = None, "
        "body: 'int | None | Unset' = <Unset.UNSET: 'UNSET'>) -> 'str'"
    ) == str(inspect.signature(package.Client.import_))


def test_sent(package: Any) -> None:
    request = sent(
        package, "import_", "a/b", 2, größe=1.5, class__query="c", a_b=1, a_b_query=2, field_1st=True, field="x",
        operation="o", body_query="q", body=None, answer=httpx2.Response(200, json=""),
    )  # fmt: skip
    assert str(request.url) == (
        "https://shop.example/v1/names/a%2Fb/2?class=c&a-b=1&a_b=2&gr%C3%B6%C3%9Fe=1.5&1st=true&%24=x&operation=o&body=q"
    )
    assert request.content == b"null"


def test_styles(package: Any) -> None:
    request = sent(
        package, "styles", [1, 2], [3, 4], deep=package.models.StylesDeep(a=1), pipes=["a", "b|c"], commas=["d", "e,f"],
        doc=[1],
    )  # fmt: skip
    assert str(request.url) == (
        "https://shop.example/v1/styles/.1,2/;matrix=3;matrix=4"
        "?deep%5Ba%5D=1&pipes=a%7Cb%7Cc&commas=d,e%2Cf&doc=%5B1%5D"
    )


def test_headers_that_are_sent_anyway(package: Any) -> None:
    assert (
        "(self, *, x_trace: 'str', host: 'str | None' = None, user_agent: 'str | None' = None, "
        "authorization: 'str | None' = None) -> 'None'"
    ) == str(inspect.signature(package.Client.headers))
    request = sent(package, "headers", x_trace="7", user_agent="mine", authorization="Key k")
    expected = {"host": "shop.example", "user-agent": "mine", "x-trace": "7", "authorization": "Key k"}
    assert expected == {name: request.headers[name] for name in expected}


def test_a_form_that_is_a_text(package: Any) -> None:
    request = sent(package, "text_form", body="a=1&b=2")
    assert ("application/x-www-form-urlencoded", b"a=1&b=2") == (request.headers["content-type"], request.content)


def test_forms(package: Any) -> None:
    content = sent(package, "forms", for_="x", files=[b"1"], meta=package.models.FormsMeta(a=2)).content
    assert b'name="for"\r\n\r\nx\r\n' in content
    assert b'name="files"; filename="upload"\r\nContent-Type: image/png\r\n\r\n1\r\n' in content
    assert b'name="meta"\r\nContent-Type: application/json\r\n\r\n{"a":2}\r\n' in content


def test_bytes(package: Any) -> None:
    request = sent(package, "anything", body=b"\x00", answer=httpx2.Response(200, json=[1]))
    assert (b"\x00", "application/octet-stream") == (request.content, request.headers["content-type"])


Told = tuple[str, dict[str, Any], str]
ANSWERS: dict[str, tuple[str, httpx2.Response, str]] = {
    "default is a success": ("only_default", httpx2.Response(201, json={"title": "t"}), "OnlyDefaultResponse(title='t')"),
    "default is an error": ("only_default", httpx2.Response(400, json={"title": "t"}), "OtherResponseOnlyDefaultResponse OnlyDefaultResponse(title='t')"),
    "a range": ("ranges", httpx2.Response(206, json=1), "1"),
    "a range of errors": ("ranges", httpx2.Response(404, json={"title": "t"}), "ClientError"),
    "a status in a range": ("ranges", httpx2.Response(499, json=[]), "Status499 []"),
    "default beside ranges": ("ranges", httpx2.Response(500, text="no"), "OtherResponse 'no'"),
    "one of two": ("both", httpx2.Response(200, json=1), "1"),
    "the other": ("both", httpx2.Response(200, text="t"), "'t'"),
    "undocumented": ("both", httpx2.Response(201, text="t"), "UndocumentedResponse"),
    "no success": ("没有", httpx2.Response(410), "Gone None"),
    "no body of head": ("book_head", httpx2.Response(200, headers={"content-length": "3"}), "None"),
    "a uuid": ("uuid", httpx2.Response(200, json="6f2c1a9e-4b0d-4c1e-9f57-0d3a8f1b2c4d"), "UUID('6f2c1a9e-4b0d-4c1e-9f57-0d3a8f1b2c4d')"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "answer", "expected"), ANSWERS.values(), ids=ANSWERS)
def test_answers(package: Any, name: str, answer: httpx2.Response, expected: str) -> None:
    arguments = {"book_head": ["1"]}.get(name, [])
    try:
        told = repr(getattr(client(package, lambda _: answer), name)(*arguments))
    except package.ErrorResponse as error:
        told = f"{type(error).__name__} {error.body!r}"
    except package.ApiError as error:
        told = type(error).__name__
    assert told.startswith(expected)


def pages(request: httpx2.Request) -> httpx2.Response:
    query = request.url.params
    if request.url.path == "/v1/linked":
        page: Any = {None: {"rows": [1, 2], "more": {"from": "x"}}, "x": {"rows": []}}[query.get("from")]
    else:
        page = {None: {"items": ["2026-01-01"], "nextPageToken": "t"}, "t": {"items": [], "nextPageToken": None}}[
            query.get("pageToken")
        ]
    return httpx2.Response(200, content=json.dumps(page), headers={"content-type": "application/json"})


def test_pages(package: Any) -> None:
    assert [1, 2] == list(client(package, pages).iter_linked(size=2))
    assert [dt.date(2026, 1, 1)] == list(client(package, pages).iter_cursor())

    async def awaited() -> list[Any]:
        waiting = package.AsyncClient(http=httpx2.AsyncClient(transport=httpx2.MockTransport(pages)))
        return [item async for item in waiting.iter_linked()]

    assert [1, 2] == asyncio.run(awaited())


def test_same_page(package: Any) -> None:
    """A server that names the page one is on as the next does not keep the client for ever."""
    same = httpx2.Response(200, json={"rows": [1], "more": {"from": "x"}})
    assert [1, 1] == list(client(package, lambda _: same).iter_linked())
