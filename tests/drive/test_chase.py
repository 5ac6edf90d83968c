"""What the code can answer and no request has shown is looked for on things just made."""

from pathlib import Path

import pytest

from tests.build import request
from tests.live import live
from upheld.drive.auth import SignIn
from upheld.drive.order import Order
from upheld.drive.wire import Labels
from upheld.model import Exchange, Request
from upheld.schema import Judge
from upheld.source import read

THINGS = """
import itertools
from datetime import date
from enum import StrEnum
class New(BaseModel):
    name: str = Field(min_length=1, max_length=9)
class Thing(New):
    id: int
    state: str = "new"
things: dict[int, Thing] = {}
numbers = itertools.count(1)
def find(id: int) -> Thing:
    if id not in things:
        raise HTTPException(404)
    return things[id]
Found = Annotated[Thing, Depends(find)]
@app.post("/things", status_code=201)
def make(new: New) -> Thing:
    thing = Thing(id=next(numbers), name=new.name)
    return things.setdefault(thing.id, thing)
def moved(thing: Thing, before: str, after: str) -> Thing:
    if thing.state != before:
        raise HTTPException(409)
    thing.state = after
    return thing
@app.post("/things/{id}/open")
def opened(thing: Found) -> Thing:
    return moved(thing, "new", "open")
"""
CHAINS = {
    "as it was made": """
@app.delete("/things/{id}", status_code=204)
def gone(thing: Found, tag: Annotated[str | None, Header()] = None) -> None:
    if tag == "w-17":
        raise HTTPException(423)
    del things[thing.id]
""",
    "after one change": """
@app.post("/things/{id}/seal")
def seal(thing: Found) -> Thing:
    return moved(thing, "new", "sealed")
@app.post("/things/{id}/wash")
def wash(thing: Found) -> Thing:
    if thing.state == "sealed":
        raise HTTPException(423)
    thing.state = "washed"
    return thing
""",
    "after three changes": """
@app.post("/things/{id}/wash")
def wash(thing: Found) -> Thing:
    if thing.state == "sealed":
        raise HTTPException(423)
    return thing
@app.post("/things/{id}/seal")
def seal(thing: Found) -> Thing:
    return moved(thing, "full", "sealed")
@app.post("/things/{id}/fill")
def fill(thing: Found) -> Thing:
    return moved(thing, "open", "full")
""",
    "once something names it": """
notes: dict[str, int] = {"a": 0}
class Note(BaseModel):
    thing_id: int
    code: str
@app.post("/notes", status_code=201)
def note(new: Note) -> Note:
    if new.thing_id not in things:
        raise HTTPException(404)
    if new.code in notes:
        raise HTTPException(409)
    notes[new.code] = new.thing_id
    return new
@app.delete("/things/{id}", status_code=204)
def gone(thing: Found) -> None:
    if thing.id in notes.values():
        raise HTTPException(423)
    del things[thing.id]
""",
    "for what it is made": """
class Memo(BaseModel):
    name: str
    text: str
    size: int = 1
memos: list[Memo] = []
@app.post("/memos", status_code=201)
def memo(new: Memo) -> int:
    memos.append(new)
    return len(memos) - 1
@app.get("/memos/{id}")
def memo_of(id: int) -> Memo:
    if not 0 <= id < len(memos):
        raise HTTPException(404)
    if memos[id].text.startswith("go: "):
        raise HTTPException(423)
    return memos[id]
""",
    "with all that may be true": """
class Visit(BaseModel):
    paid: bool = False
    day: date = date(2020, 1, 1)
visits: list[Visit] = []
@app.post("/visits", status_code=201)
def visit(new: Visit) -> int:
    visits.append(new)
    return len(visits) - 1
@app.post("/visits/{id}/end")
def end(id: int) -> Visit:
    if not 0 <= id < len(visits):
        raise HTTPException(404)
    if visits[id].paid and visits[id].day > date.today():
        raise HTTPException(423)
    return visits[id]
""",
    "as it is asked": """
class Coin(StrEnum):
    EUR = "EUR"
    JPY = "JPY"
class Spent(BaseModel):
    coin: Coin
    amount: float
tills: list[Coin] = []
@app.post("/tills", status_code=201)
def till(coin: Coin) -> int:
    tills.append(coin)
    return len(tills) - 1
@app.post("/tills/{id}/spend")
def spend(id: int, spent: Spent) -> Spent:
    if not 0 <= id < len(tills):
        raise HTTPException(404)
    if spent.coin != tills[id]:
        raise HTTPException(409)
    if spent.coin is Coin.JPY and spent.amount == 0.5:
        raise HTTPException(423)
    return spent
""",
    "as it was seen last": """
class Sheet(BaseModel):
    name: str
class Kept(Sheet):
    id: int
    version: int = 7
    holder: str = ""
class Change(BaseModel):
    name: str
    version: int
sheets: list[Kept] = []
def sheet_of(id: int) -> Kept:
    if not 0 <= id < len(sheets):
        raise HTTPException(404)
    return sheets[id]
@app.post("/sheets", status_code=201)
def sheet(new: Sheet) -> Kept:
    sheets.append(Kept(id=len(sheets), name=new.name))
    return sheets[-1]
@app.post("/sheets/{id}/hold")
def hold(one: Annotated[Kept, Depends(sheet_of)], by: str) -> Kept:
    one.holder, one.version = by, one.version + 1
    return one
@app.put("/sheets/{id}")
def change(one: Annotated[Kept, Depends(sheet_of)], new: Change) -> Kept:
    if new.version != one.version:
        raise HTTPException(409)
    if one.holder:
        raise HTTPException(423)
    one.name, one.version = new.name, one.version + 1
    return one
""",
    "of the same kind": """
class Box(BaseModel):
    code: str
    parent: str | None = None
boxes: dict[str, Box] = {}
@app.post("/boxes", status_code=201)
def box(new: Box) -> Box:
    if new.code in boxes:
        raise HTTPException(409)
    if new.parent is not None and new.parent not in boxes:
        raise HTTPException(404)
    boxes[new.code] = new
    return new
@app.delete("/boxes/{code}", status_code=204)
def unbox(code: str) -> None:
    if code not in boxes:
        raise HTTPException(404)
    if any(one.parent == code for one in boxes.values()):
        raise HTTPException(423)
    del boxes[code]
""",
    "two of the same kind": """
class Box(BaseModel):
    code: str
    parent: str | None = None
boxes: dict[str, Box] = {}
@app.post("/boxes", status_code=201)
def box(new: Box) -> Box:
    if new.code in boxes:
        raise HTTPException(409)
    if new.parent is not None:
        if new.parent not in boxes:
            raise HTTPException(404)
        if boxes[new.parent].parent is not None:
            raise HTTPException(423)
    boxes[new.code] = new
    return new
""",
    "under a name that it was given": """
shelves: dict[str, str] = {}
@app.put("/shelves/{name}", status_code=201)
def shelf(name: str, new: New) -> New:
    if name in shelves:
        raise HTTPException(409)
    shelves[name] = new.name
    return new
@app.delete("/shelves/{name}", status_code=204)
def gone(name: str, tag: Annotated[str | None, Header()] = None) -> None:
    if name not in shelves:
        raise HTTPException(404)
    if tag == "w-17":
        raise HTTPException(423)
    del shelves[name]
""",
}
JSON = (("content-type", "application/json"),)


def phases(code: str, folder: Path, budget: int) -> tuple[list[Exchange], list[Exchange]]:
    """Send what is planned until the chase is over; return what was seen before it, and in it."""
    with live(THINGS + code, folder) as app:
        operations = app.contract.operations
        judge = Judge.of(app.contract.document)
        drawn = {one.label: [_drawn(one.method, one.path)] for one in operations}
        code_of = dict(read(app.application, operations))
        sign_in = SignIn(app.contract, None, lambda _: (200, b""))
        order = Order(
            operations, drawn, judge, sign_in, Labels(judge), seed=0, budget=budget, readings=code_of
        )  # fmt: skip
        before: list[Exchange] = []
        for number, phase in enumerate(order.phases()):
            found = []
            for told, asked in phase:
                found.append(app.session.replay(Exchange(operation=told, request=asked, status=0)))
                order.take(found[-1])
            if number > order.seeding:
                return before, found
            before += found
    raise AssertionError("there is no chase")


def _drawn(method: str, path: str) -> Request:
    bodies = {
        "/things": b'{"name": "a"}',
        "/notes": b'{"thing_id": 0, "code": "a"}',
        "/shelves/{name}": b'{"name": "a"}',
        "/sheets": b'{"name": "a"}',
        "/sheets/{id}": b'{"name": "a", "version": 0}',
        "/memos": b'{"name": "a", "text": "b"}',
        "/visits": b'{"paid": false}',
        "/tills/{id}/spend": b'{"coin": "EUR", "amount": 1}',
        "/boxes": b'{"code": "abc", "parent": null}',
    }
    target = path.replace("{id}", "0").replace("{name}", "x").replace("{code}", "x")
    target += "?coin=EUR" * (path == "/tills") + "?by=" * path.endswith("/hold")
    sent = bodies.get(path) if method != "DELETE" else None
    return request(method, target, headers=JSON if sent else (), body=sent)


@pytest.mark.parametrize("code", CHAINS.values(), ids=CHAINS)
def test_found(code: str, tmp_path: Path) -> None:
    before, found = phases(code, tmp_path, 200)
    assert 423 not in {seen.status for seen in before}
    assert 423 in {seen.status for seen in found}


def test_what_was_seen_is_not_looked_for(tmp_path: Path) -> None:
    before, found = phases("", tmp_path, 200)
    assert {200, 201, 404, 409, 422} <= {seen.status for seen in before}
    assert [] == found


def test_a_spent_budget_ends_it(tmp_path: Path) -> None:
    before, found = phases(CHAINS["after three changes"], tmp_path, 12)
    assert len(before) + len(found) <= 12 * 5


NEVER = """
@app.post("/things/{id}/wash")
def wash(thing: Found) -> Thing:
    if thing.state == "lost":
        raise HTTPException(423)
    return thing
"""


def test_it_ends_where_nothing_shows_it(tmp_path: Path) -> None:
    _, found = phases(NEVER, tmp_path, 1000)
    assert 0 < len(found) < 20
