"""The order in which an app is asked: without credentials, what is valid, probes, sequences, splices, repeats."""

import json
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

import pytest

from tests.build import exchange, operation, parameter, request
from tests.live import Live, live
from upheld.drive.auth import SignIn
from upheld.drive.family import identifier
from upheld.drive.order import REPEATS, Order
from upheld.drive.wire import Labels
from upheld.model import Credentials, Exchange, Json, Operation, Request
from upheld.schema import Judge

CRUD = """
class New(BaseModel):
    title: str
    pages: int = 1
class Book(New):
    id: int
class Review(BaseModel):
    text: str
books, reviews, log = {}, {}, []
numbers = iter(range(100, 10_000))
def known(book_id: int):
    if book_id not in books:
        raise HTTPException(404)
    return book_id
Known = Annotated[int, Depends(known)]
@app.delete("/books/{book_id}", status_code=204)
def remove(book_id: Known):
    del books[book_id]
@app.post("/books", status_code=201)
def create(new: New) -> Book:
    book = Book(id=next(numbers), **new.model_dump())
    books[book.id] = book
    return book
@app.get("/books/{book_id}")
def read(book_id: Known) -> Book:
    return books[book_id]
@app.put("/books/{book_id}")
def change(book_id: Known, new: New) -> Book:
    books[book_id] = Book(id=book_id, **new.model_dump())
    return books[book_id]
@app.post("/books/{book_id}/reviews", status_code=201)
def review(book_id: Known, new: Review) -> dict[str, int]:
    reviews[book_id] = new
    return {"id": next(numbers)}
@app.get("/books/{book_id}/reviews/{review_id}")
def read_review(book_id: Known, review_id: int) -> Review:
    return reviews[book_id]
@app.get("/health")
def health() -> str:
    return "well"
@app.get("/me")
def me(token: Annotated[str, Depends(OAuth2PasswordBearer("token"))]) -> str:
    return token
"""
NEWS = """
Number = Annotated[int, Path(ge=0, le=100_000)]
@app.get("/echo/{number}")
def echo(number: Number) -> dict[str, int]:
    return {"number": number}
@app.get("/news/{number}")
def news(number: Number) -> dict[str, int]:
    return {f"member{number}": number}
"""
JSON = (("content-type", "application/json"),)
BOOK, REVIEW = b'{"title": "Emma"}', b'{"text": "Good"}'
DRAWN = {
    "DELETE /books/{book_id}": [request("DELETE", "/books/1")],
    "POST /books": [
        request("POST", "/books", headers=JSON, body=BOOK),
        request("POST", "/books", headers=JSON, body=b'{"pages": "x"}'),
    ],
    "GET /books/{book_id}": [request(target="/books/1"), request(target="/books/x")],
    "PUT /books/{book_id}": [request("PUT", "/books/1", headers=JSON, body=BOOK)],
    "POST /books/{book_id}/reviews": [request("POST", "/books/1/reviews", headers=JSON, body=REVIEW)],
    "GET /books/{book_id}/reviews/{review_id}": [request(target="/books/1/reviews/2")],
    "GET /health": [request(target="/health")],
    "GET /me": [request(target="/me", headers=(("authorization", "drawn"),))],
}


def ordered(app: Live, *, budget: int = 60, drawn: Mapping[str, list[Request]] | None = None) -> Order:
    judge = Judge.of(app.contract.document)
    sign_in = SignIn(app.contract, None, lambda _: (200, b""))
    return Order(
        app.contract.operations, DRAWN if drawn is None else drawn, judge, sign_in, Labels(judge), seed=0, budget=budget
    )


def sent(app: Live, order: Order) -> list[list[Exchange]]:
    """Send all that is planned, as a session does; return the exchanges by phase."""
    phases: list[list[Exchange]] = []
    for phase in order.phases():
        found: list[Exchange] = []
        for told, asked in phase:
            found.append(app.session.replay(Exchange(operation=told, request=asked, status=0)))
            order.take(found[-1])
        phases.append(found)
    return phases


@pytest.fixture(scope="module")
def phases(tmp_path_factory: pytest.TempPathFactory) -> list[list[Exchange]]:
    with live(CRUD, tmp_path_factory.mktemp("crud")) as app:
        return sent(app, ordered(app))


def of(found: list[list[Exchange]], label: str) -> list[Exchange]:
    return [seen for phase in found for seen in phase if seen.operation.label == label]


def test_reading_comes_first_and_deleting_last(phases: list[list[Exchange]]) -> None:
    for batch in (phases[:8], [*phases[10:17], phases[18]]):
        methods = [phase[0].operation.method for phase in batch]
        assert ["GET"] * 4 + ["PUT", "POST", "POST", "DELETE"] == methods
    assert 19 == len(phases)


def test_one_phase_asks_one_operation_first(phases: list[list[Exchange]]) -> None:
    counts = [len({seen.operation.label for seen in phase}) for phase in phases]
    assert [1] * 8 == counts[:8]
    assert counts[8] > 1


def test_what_is_stored_by_now_is_read_before_it_is_deleted(phases: list[list[Exchange]]) -> None:
    assert {"GET"} == {seen.operation.method for seen in phases[17]}
    assert "/books/{book_id}" in {seen.operation.path for seen in phases[17]}


def test_secured_operations_are_asked_without_credentials_first(phases: list[list[Exchange]]) -> None:
    asked = of(phases, "GET /me")
    assert [(Credentials.NONE, None)] == [
        (seen.request.credentials, seen.request.header("authorization")) for seen in asked[:1]
    ]
    assert {Credentials.GIVEN} == {seen.request.credentials for seen in asked[1:]}
    assert {"Bearer upheld"} == {seen.request.header("authorization") for seen in asked[1:]}


def test_sequences(phases: list[list[Exchange]]) -> None:
    """Create twice; read, change, review and delete what was created, reading it after each change; then all again."""
    of_books = [seen for seen in phases[8] if seen.operation.label != "GET /books/{book_id}/reviews/{review_id}"]
    steps = [(seen.operation.method, seen.operation.path.count("/"), seen.status) for seen in of_books]
    read, changed, reviewed = ("GET", 2, 200), ("PUT", 2, 200), ("POST", 3, 201)
    below = [read, changed, read, reviewed, read, ("DELETE", 2, 204)]
    gone = [(method, depth, 404) for method, depth in (("GET", 2), ("PUT", 2), ("POST", 3), ("DELETE", 2))]
    assert [("POST", 1, 201), ("POST", 1, 201), *below, *gone] == steps[:12]
    identifier = json.loads(of_books[0].body)["id"]
    assert {f"/books/{identifier}"} == {
        seen.request.target for seen in of_books[2:12] if seen.operation.path.count("/") == 2
    }


SHELF = """
shelf: list[str] = []
@app.get("/books")
def books(limit: int = 10) -> list[str]:
    return shelf[:limit]
@app.get("/books/average")
def average() -> int:
    return len(shelf)
@app.get("/books/{position}")
def book(position: int) -> str:
    return "x"
@app.get("/bookshops")
def bookshops() -> int:
    return 0
@app.post("/books", status_code=201)
def add(title: str) -> int:
    if title == "bad":
        raise HTTPException(409)
    shelf.append(title)
    return len(shelf)
"""


def test_what_is_created_first_is_read_while_it_is_alone(tmp_path: Path) -> None:
    titles = [request("POST", f"/books?title={title}") for title in ("bad", "emma", "ivanhoe")]
    drawn = {
        "POST /books": titles,
        "GET /books": [request(target="/books?limit=3"), request(target="/books")],
        "GET /books/average": [request(target="/books/average")],
        "GET /books/{position}": [request(target="/books/1")],
        "GET /bookshops": [request(target="/bookshops")],
    }
    with live(SHELF, tmp_path) as app:
        found = sent(app, ordered(app, drawn=drawn, budget=8))
    (adding,) = (phase for phase in found[:5] if phase[0].operation.method == "POST")
    assert ["/books?title=bad", "/books?title=emma", "/books", "/books/average", "/books?title=ivanhoe"] == [
        seen.request.target for seen in adding[:5]
    ]
    assert (b'["emma"]', b"1") == (adding[2].body, adding[3].body)


TAKEN = """
class New(BaseModel):
    isbn: str = Field(pattern="^97[89][0-9]{10}$")
    cents: int = Field(ge=0, le=900)
class Order(BaseModel):
    book_id: int
books, orders = [], []
@app.post("/books", status_code=201)
def add(new: New) -> dict[str, int]:
    if any(new.isbn == book.isbn for book in books):
        raise HTTPException(409)
    books.append(new)
    return {"id": len(books)}
@app.post("/orders", status_code=201)
def order(new: Order) -> dict[str, int]:
    if not 0 < new.book_id <= len(books):
        raise HTTPException(404)
    orders.append([books[new.book_id - 1].cents, "open"])
    return {"id": len(orders)}
@app.get("/orders/{number}")
def read(number: int) -> list[int | str]:
    return orders[number - 1] if 0 < number <= len(orders) else []
@app.post("/orders/{number}/pay")
def pay(number: int) -> None:
    orders[number - 1][1] = "paid"
@app.post("/orders/{number}/void")
def void(number: int) -> None:
    orders[number - 1][1] = "void"
"""


@pytest.mark.parametrize("named", [1, 77], ids=["what is there", "what is not there"])
def test_what_an_app_takes_once_is_made_anew_and_made_use_of(named: int, tmp_path: Path) -> None:
    book = request("POST", "/books", headers=JSON, body=b'{"isbn": "9780156949606", "cents": 7}')
    drawn = {
        "POST /books": [book],
        "POST /orders": [request("POST", "/orders", headers=JSON, body=b'{"book_id": %d}' % named)],
        "GET /orders/{number}": [request(target="/orders/1")],
        "POST /orders/{number}/pay": [request("POST", "/orders/1/pay")],
        "POST /orders/{number}/void": [request("POST", "/orders/1/void")],
    }
    with live(TAKEN, tmp_path) as app:
        found = sent(app, ordered(app, drawn=drawn))
    read = {seen.body for seen in found[5] if seen.operation.method == "GET"}
    assert {b'[7,"paid"]', b'[7,"void"]', b'[0,"open"]', b'[900,"open"]'} <= read


LEFT = """
gone = []
@app.get("/me")
def me(token: Annotated[str, Depends(OAuth2PasswordBearer("token"))]) -> str:
    if gone:
        raise HTTPException(410)
    return "Ada"
@app.delete("/me", status_code=204)
def leave(token: Annotated[str, Depends(OAuth2PasswordBearer("token"))]) -> None:
    gone.append(token)
@app.get("/shelf")
def shelf(token: Annotated[str, Depends(OAuth2PasswordBearer("token"))], n: int = 0) -> int:
    return n
"""


def test_who_signs_in_leaves_once_all_else_was_asked(tmp_path: Path) -> None:
    drawn = {
        "GET /me": [request(target="/me")],
        "DELETE /me": [request("DELETE", "/me")],
        "GET /shelf": [request(target="/shelf?n=1"), request(target="/shelf?n=2")],
    }
    with live(LEFT, tmp_path) as app:
        found = sent(app, ordered(app, drawn=drawn))
    asked = [seen for phase in found for seen in phase if seen.request.credentials is Credentials.GIVEN]
    first = next(place for place, seen in enumerate(asked) if seen.operation.method == "DELETE")
    assert 410 not in {seen.status for seen in asked[:first]}
    assert [("/me", 410), ("/shelf?n=1", 200)] == [
        (seen.request.target, seen.status) for seen in asked[first:] if seen.operation.method == "GET"
    ]


SWITCHED = """
flags = {"closed": False}
class Flags(BaseModel):
    closed: bool
@app.put("/flags")
def switch(new: Flags) -> Flags:
    flags.update(new.model_dump())
    return new
@app.get("/open")
def is_open() -> bool:
    return not flags["closed"]
"""


def test_everything_is_asked_under_each_value_of_a_switch(tmp_path: Path) -> None:
    put = request("PUT", "/flags", headers=JSON, body=b'{"closed": false}')
    with live(SWITCHED, tmp_path) as app:
        found = sent(app, ordered(app, drawn={"PUT /flags": [put], "GET /open": [request(target="/open")]}))
    assert [b'{"closed":true}', b"false", b'{"closed":false}', b"true"] == [seen.body for seen in found[2][-4:]]


def test_nested_sequences_begin_below_what_exists(phases: list[list[Exchange]]) -> None:
    created = [seen for seen in phases[8] if seen.operation.label == "POST /books/{book_id}/reviews"][-2]
    read = [seen for seen in phases[8] if seen.operation.label == "GET /books/{book_id}/reviews/{review_id}"][-1]
    assert (201, 200) == (created.status, read.status)
    assert read.request.target == f"{created.request.target}/{json.loads(created.body)['id']}"


def test_later_requests_name_what_earlier_ones_made(phases: list[list[Exchange]]) -> None:
    later = [seen for phase in phases[9:] for seen in phase if seen.operation.label == "GET /books/{book_id}"]
    assert 200 in {seen.status for seen in later}


@pytest.mark.parametrize("label", DRAWN)
def test_budget(phases: list[list[Exchange]], label: str) -> None:
    """Nobody gets more than the budget; those who have many different requests get nearly all of it, others some repeats."""
    count = len(of(phases, label))
    least = {"POST": 57, "PUT": 57}.get(label.partition(" ")[0], REPEATS)
    most = REPEATS + 1 if label in ("GET /health", "GET /me") else 60
    assert least <= count <= most


def test_what_shows_nothing_new_is_asked_no_more(tmp_path: Path) -> None:
    with live(NEWS, tmp_path) as app:
        drawn = {f"GET /{name}/{{number}}": [request(target=f"/{name}/1")] for name in ("echo", "news")}
        found = sent(app, ordered(app, budget=400, drawn=drawn))
    asked = {label: len(of(found, label)) for label in drawn}
    assert asked["GET /echo/{number}"] < 200
    assert 380 <= asked["GET /news/{number}"] <= 400


def test_nothing_is_asked_twice_in_seeds_and_splices(phases: list[list[Exchange]]) -> None:
    for label in ("POST /books", "GET /books/{book_id}"):
        own = [phase for phase in phases[:8] + phases[10:17] + phases[18:] if phase[0].operation.label == label]
        asked = [seen.request for phase in own for seen in phase if seen.operation.label == label]
        assert len(set(asked)) == len(asked)


def test_all_that_was_drawn_is_asked(phases: list[list[Exchange]]) -> None:
    for label, requests in DRAWN.items():
        if label != "GET /me":
            assert set(requests) <= {seen.request for seen in of(phases, label)}


def test_what_hangs_is_given_up(tmp_path: Path) -> None:
    with live(CRUD, tmp_path) as app:
        order = ordered(app)
        order.give_up(app.operations["POST /books"])
        found = sent(app, order)
    assert [] == of(found, "POST /books")
    assert of(found, "GET /health")


def test_where_nothing_could_be_drawn_the_path_is_asked(tmp_path: Path) -> None:
    with live(CRUD, tmp_path) as app:
        found = sent(app, ordered(app, drawn={}))
    assert "/books/1" == of(found, "GET /books/{book_id}")[0].request.target
    assert {request(target="/health")} == {seen.request for seen in of(found, "GET /health")}


def test_where_nothing_valid_was_drawn_the_rest_is_built_on(tmp_path: Path) -> None:
    drawn = {"POST /books": [request("POST", "/books", headers=JSON, body=b'{"title": 1}')]}
    with live(CRUD, tmp_path) as app:
        found = sent(app, ordered(app, drawn=drawn))
    assert 201 in {seen.status for seen in of(found, "POST /books")}


def test_the_same_app_and_seed_are_asked_the_same(tmp_path: Path, phases: list[list[Exchange]]) -> None:
    with live(CRUD, tmp_path) as app:
        again = sent(app, ordered(app))
    assert [[(seen.request, seen.status) for seen in phase] for phase in phases] == [
        [(seen.request, seen.status) for seen in phase] for phase in again
    ]


def test_a_small_budget_is_shared(tmp_path: Path) -> None:
    """The seeds leave some of it for the sequences, and those for the splices."""
    with live(CRUD, tmp_path) as app:
        found = sent(app, ordered(app, budget=10))
    runs = [
        (label, len(list(group))) for label, group in groupby(seen.operation.label for p in found[:8] for seen in p)
    ]
    assert {6} == {count for label, count in runs if label in ("POST /books", "PUT /books/{book_id}")}
    assert 10 == len(of(found, "POST /books"))


CHILD = operation(path="/books/{book_id}", parameters=(parameter("book_id", {"type": "integer"}, "path"),))
CREATOR = operation(method="POST", path="/books")
IDENTIFIERS: dict[str, tuple[Json, dict[str, str], Operation, str | None]] = {
    "by the parameter's name": ({"id": 1, "book_id": 2}, {}, CHILD, "2"),
    "by id": ({"number": 9, "id": 1}, {}, CHILD, "1"),
    "by something that ends in id": ({"bookId": 3}, {}, CHILD, "3"),
    "inside an envelope": ({"ok": True, "data": {"id": 4}}, {}, CHILD, "4"),
    "only what its schema takes": ({"id": "abc", "uid": 5}, {}, CHILD, "5"),
    "by slug, where no schema is known": ({"slug": "emma"}, {}, operation(path="/books/{slug_or_id}"), "emma"),
    "by its place": ({"ok": True}, {"location": "/books/6/"}, CHILD, "6"),
    "by the whole answer": (7, {}, CHILD, "7"),
    "no boolean": (True, {}, CHILD, None),
    "nothing": ({"ok": True}, {}, CHILD, None),
    "an empty place": (None, {"location": "/"}, CHILD, None),
    "no child": ({"id": 1}, {}, CREATOR, None),
}


@pytest.mark.parametrize(("body", "headers", "child", "expected"), IDENTIFIERS.values(), ids=IDENTIFIERS)
def test_identifier(body: Json, headers: dict[str, str], child: Operation, expected: str | None) -> None:
    made = exchange(operation=CREATOR, status=201, body=json.dumps(body).encode(), headers=tuple(headers.items()))
    assert expected == identifier(made, child, Judge({"openapi": "3.1.0"}))


def test_identifier_of_an_answer_that_is_no_json() -> None:
    made = exchange(operation=CREATOR, status=201, body=b"<id>7</id>")
    assert None is identifier(made, CHILD, Judge({"openapi": "3.1.0"}))


LIMITED = """
counted = {"a": 0, "b": 0}
@app.post("/{name}/draws", status_code=201)
def draw(name: Literal["a", "b"]) -> int:
    counted[name] += 1
    if counted[name] > 16: raise HTTPException(429)
    return counted[name]
"""


def test_one_accepted_request_is_repeated(tmp_path: Path) -> None:
    """A limit of each name's own is reached, though every request that is asked in turn stays below it."""
    drawn = {"POST /{name}/draws": [request("POST", f"/{name}/draws") for name in "ab"]}
    with live(LIMITED, tmp_path) as app:
        answers = of(sent(app, ordered(app, budget=200, drawn=drawn)), "POST /{name}/draws")
    assert 429 in {one.status for one in answers}
