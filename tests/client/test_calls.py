"""What a generated client sends arrives as it was meant, and what is answered comes back typed: sync and async."""

import datetime as dt
import decimal
import enum
import io
import pickle
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from fastapi import Body, Cookie, FastAPI, File, Form, Header, HTTPException, Query, Response, UploadFile
from fastapi.responses import PlainTextResponse, RedirectResponse, StreamingResponse
from pydantic import BaseModel, Field

from tests.client.packages import Shop, shop

app = FastAPI(title="Shop")


class Color(enum.StrEnum):
    RED = "red"
    BLUE = "blue"


class Cat(BaseModel):
    kind: Literal["cat"] = "cat"
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"] = "dog"
    name: str | None = None


class Box(BaseModel):
    pets: list[Annotated[Cat | Dog, Field(discriminator="kind")]]
    made: dt.datetime
    day: dt.date | None = None
    id: uuid.UUID
    price: decimal.Decimal
    took: dt.timedelta = dt.timedelta(0)


class Detail(BaseModel):
    detail: str


class Reason(BaseModel):
    reason: int


@app.get("/items/{item_id}/{word}")
def parameters(
    item_id: int,
    word: str,
    tags: Annotated[list[str] | None, Query()] = None,
    color: Color = Color.RED,
    day: dt.date | None = None,
    deep: bool = False,  # noqa: FBT002  # FastAPI hands it in by its name
    page: int = 1,
    x_key: Annotated[str | None, Header()] = None,
    numbers: Annotated[list[int] | None, Header()] = None,
    taste: Annotated[str | None, Cookie()] = None,
) -> dict[str, Any]:
    return {
        "item_id": item_id, "word": word, "tags": tags, "color": color, "day": day, "deep": deep, "page": page,
        "x_key": x_key, "numbers": numbers, "taste": taste,
    }  # fmt: skip


UNSENT = {
    "item_id": 1, "word": "w", "tags": None, "color": "red", "day": None, "deep": False, "page": 1, "x_key": None,
    "numbers": None, "taste": None,
}  # fmt: skip


@app.post("/boxes", status_code=201)
def box(body: Box) -> Box:
    return body


@app.post("/maybe")
def maybe(body: Annotated[int | None, Body()] = 7) -> int | None:
    return body


@app.post("/form")
def form(name: Annotated[str, Form()], tags: Annotated[list[int] | None, Form()] = None) -> dict[str, Any]:
    return {"name": name, "tags": tags}


@app.post("/upload")
async def upload(
    note: Annotated[str, Form()],
    file: UploadFile,
    more: Annotated[list[UploadFile] | None, File()] = None,
    raw: Annotated[bytes | None, File()] = None,
) -> dict[str, Any]:
    return {
        "note": note,
        "file": [file.filename, file.content_type, (await file.read()).decode()],
        "more": [[one.filename, one.content_type] for one in more or ()],
        "raw": None if raw is None else raw.decode(),
    }


@app.delete("/nothing", status_code=204)
def nothing() -> None: ...


@app.get("/text", response_class=PlainTextResponse)
def text() -> str:
    return "Grüße\nan alle\n"


@app.get("/raw", response_class=StreamingResponse)
def raw() -> StreamingResponse:
    return StreamingResponse(iter([b"ab", b"cd"]))


@app.get("/away", response_class=RedirectResponse, status_code=307)
def away() -> str:
    return "/text"


@app.get("/lines")
def lines() -> Iterator[Dog]:
    yield Dog(name="Rex")
    yield Dog()


@app.get("/two/{which}", responses={202: {"model": Detail}})
def two(which: int, response: Response) -> Cat:
    if which:
        response.status_code = 202
        return Response('{"detail": "later"}', 202, media_type="application/json")  # type: ignore[return-value]
    return Cat()


@app.get("/wrong/{status}", responses={404: {"model": Detail}, 410: {"description": "gone"}, "5XX": {"model": Reason}})
def wrong(status: int) -> None:
    if status >= 500:
        raise HTTPException(status) from ValueError()
    raise HTTPException(status, "no such thing")


@app.get("/other", responses={404: {"model": Reason}})
def other() -> None: ...


@app.get("/lies/{about}", responses={200: {"headers": {"X-Seen": {"required": True, "schema": {"type": "string"}}}}})
def lies(about: str) -> list[Cat]:
    if about == "stream":
        seen = {"X-Seen": "yes"}
        return StreamingResponse(iter([b"1"]), media_type="text/event-stream", headers=seen)  # type: ignore[return-value]
    bodies = {"type": '[{"lives": "9"}]', "json": "[", "nan": '[{"lives": NaN}]', "point": '[{"lives": 9.0}]'}
    headers = {} if about == "header" else {"X-Seen": "yes"}
    media = "text/html" if about == "media" else "application/json"
    return Response(bodies.get(about, "[]"), media_type=media, headers=headers)  # type: ignore[return-value]


@app.get("/echo/{path}")
async def echo(path: str) -> str:
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with shop(app, tmp_path_factory.mktemp("calls")) as found:
        yield found


SENT: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "nothing": ({}, {}),
    "a list": ({"tags": ["a b", "c&d", "é"]}, {"tags": ["a b", "c&d", "é"]}),
    "an empty list": ({"tags": []}, {}),
    "an enum": ({"color": "blue"}, {"color": "blue"}),
    "a day": ({"day": dt.date(2026, 2, 3)}, {"day": "2026-02-03"}),
    "a truth": ({"deep": True}, {"deep": True}),
    "a header": ({"x_key": "a, b"}, {"x_key": "a, b"}),
    "a cookie": ({"taste": 'sweet; "sour"'}, {"taste": 'sweet; "sour"'}),
}


@pytest.mark.parametrize(("arguments", "expected"), SENT.values(), ids=SENT)
def test_parameters(made: Shop, arguments: dict[str, Any], expected: dict[str, Any]) -> None:
    assert {**UNSENT, **expected} == made.ask("parameters", 1, "w", **arguments)


@pytest.mark.parametrize("word", ["a b", "a/b?c#d", "..", "%41", "ü", "a.b", ":x;y=z,w"])
def test_path(made: Shop, word: str) -> None:
    if "/" in word:  # a segment to the router once it is decoded: not an operation of the document
        with pytest.raises(made.package.UndocumentedResponse):
            made.ask("echo", word)
    else:
        assert word == made.ask("echo", word)


def test_json(made: Shop) -> None:
    models = made.package.models
    sent = models.BoxInput(
        pets=[models.Cat(lives=3), models.Dog(name="Rex"), models.Dog()],
        made=dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC),
        id=uuid.UUID(int=7),
        price="1.10",
        took=dt.timedelta(minutes=3),
    )
    answer = made.ask("box", body=sent)
    assert isinstance(answer, models.BoxOutput)
    assert [models.Cat, models.Dog, models.Dog] == [type(pet) for pet in answer.pets]
    assert (sent.made, sent.id, sent.price, sent.took) == (answer.made, answer.id, answer.price, answer.took)


def test_null(made: Shop) -> None:
    """`None` is sent as null; what is not given is not sent."""
    assert made.ask("maybe", body=None) is None
    assert made.ask("maybe") == 7
    assert made.ask("maybe", body=made.package.UNSET) == 7


def test_form(made: Shop) -> None:
    assert {"name": "a&b=c", "tags": [1, 2]} == made.ask("form", name="a&b=c", tags=[1, 2])
    assert {"name": "b", "tags": None} == made.ask("form", name="b")


def test_upload(made: Shop, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("from a file")
    package = made.package
    with path.open("rb") as file:
        assert {
            "note": "n",
            "file": ["notes.txt", "text/plain", "from a file"],
            "more": [["upload", "application/octet-stream"], ["a.bin", "image/png"]],
            "raw": "r",
        } == made.ask("upload", note="n", file=file, more=[b"x", package.File(b"y", "a.bin", "image/png")], raw=b"r")
    named = package.File(io.BytesIO(b"z"), name="z.csv")
    assert {"note": "n", "file": ["z.csv", "text/csv", "z"], "more": [], "raw": None} == made.ask(
        "upload", note="n", file=named
    )


def test_answers(made: Shop) -> None:
    package = made.package
    assert made.ask("nothing") is None
    assert made.ask("text") == "Grüße\nan alle\n"
    assert ["Grüße", "an alle"] == made.ask("stream_text")
    assert b"".join(made.ask("raw")) == b"abcd"
    assert package.Redirect(307, "/text") == made.ask("away")
    assert [package.models.Dog(name="Rex"), package.models.Dog(name=None)] == made.ask("lines")
    assert package.models.Cat(kind="cat", lives=9) == made.ask("two", 0)
    assert package.models.Detail(detail="later") == made.ask("two", 1)


def test_download(made: Shop, tmp_path: Path) -> None:
    client = made.sync()
    with client.raw() as answer:
        assert answer.read() == b"abcd"
    assert client.raw().save(tmp_path / "raw") == 4
    assert (tmp_path / "raw").read_bytes() == b"abcd"


ERRORS = {
    404: ("NotFoundDetail", "Detail(detail='no such thing')"),
    410: ("Gone", "{'detail': 'no such thing'}"),
    422: ("UnprocessableContent", ""),
    418: ("UndocumentedResponse", ""),
    503: ("ContractMismatch", ""),
}


@pytest.mark.parametrize(("status", "name", "body"), [(status, *told) for status, told in ERRORS.items()])
def test_errors(made: Shop, status: int, name: str, body: str) -> None:
    with pytest.raises(made.package.ApiError) as caught:
        made.ask("wrong", "no" if status == 422 else status)
    assert name == type(caught.value).__name__
    assert status == caught.value.status == caught.value.exchange.response.status_code
    assert caught.value.exchange.request.method == "GET"
    if body:
        assert body == repr(caught.value.body)


def test_pickled(made: Shop) -> None:
    """An error goes from one process to another, as workers hand them on."""
    with pytest.raises(made.package.ApiError) as caught:
        made.ask("wrong", 404)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  # our own
    assert type(again) is type(caught.value)
    assert (str(again), again.body, again.status) == (str(caught.value), caught.value.body, 404)


def test_hierarchy(made: Shop) -> None:
    errors = made.package.errors
    assert issubclass(errors.NotFoundDetail, errors.NotFound)
    assert issubclass(errors.NotFoundReason, errors.NotFound)
    assert issubclass(errors.NotFound, made.package.ErrorResponse)
    for error in (made.package.UndocumentedResponse, made.package.ContractMismatch, made.package.ErrorResponse):
        assert issubclass(error, made.package.ApiError)


LIES = {
    "type": ("body /0/lives", "Input should be a valid integer, not '9'"),
    "json": ("body", "no JSON, EOF while parsing a list at line 1 column 1: b'['"),
    "nan": ("body", "no JSON, expected value at line 1 column 12: b'[{\"lives\": NaN}]'"),
    "media": ("content-type", "it is text/html; the contract documents application/json"),
    "header": ("header X-Seen", "it is missing"),
}


@pytest.mark.parametrize(("about", "where", "what"), [(about, *told) for about, told in LIES.items()], ids=LIES)
def test_mismatch(made: Shop, about: str, where: str, what: str) -> None:
    with pytest.raises(made.package.ContractMismatch) as caught:
        made.ask("lies", about)
    assert (where, what) == (caught.value.where, caught.value.what)
    assert str(caught.value) == (
        f"GET http://shop/lies/{about} answered 200, and breaks the contract in its {where}: {what}"
    )


def test_another_stream(made: Shop) -> None:
    """Nobody waits for the end of a stream that is not documented as one."""
    with pytest.raises(made.package.ContractMismatch, match="its content-type: it is text/event-stream"):
        made.ask("lies", "stream")


def test_integral(made: Shop) -> None:
    """`9.0` is an integer to JSON Schema, so it is none of the server's faults."""
    assert [made.package.models.Cat(kind="cat", lives=9)] == made.ask("lies", "point")


def test_capture(made: Shop) -> None:
    client = made.sync()
    with client.capture() as exchanges:
        client.text()
        with client.capture() as inner:
            client.with_options(timeout=1.0).nothing()
        made.sync().text()  # another client's
    assert [200, 204] == [one.status for one in exchanges]
    assert [204] == [one.status for one in inner]
    assert exchanges[0].headers["content-type"] == "text/plain; charset=utf-8"
    assert exchanges[0].elapsed_s > 0
