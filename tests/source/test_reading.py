"""What is read in code: which statuses it can answer, and what a request must be like for it to do so."""

from pathlib import Path

import pytest

from tests.live import loaded
from upheld import source
from upheld.model import ClaimKind, Json, Presence, Reading, Shaped, Where

BODY = """
class Line(BaseModel):
    sku: str
    count: int = Field(alias="Count")
class Order(BaseModel):
    account: str
    cents: int = 0
    note: str | None = None
    lines: list[Line] = []
    day: datetime.date | None = None
    moment: datetime.datetime | None = None
    price: Decimal = Decimal(0)
"""

STATUSES: dict[str, tuple[str, set[int]]] = {
    "a number": ("def f(): raise HTTPException(404)", {404}),
    "a keyword": ("def f(): raise HTTPException(status_code=410)", {410}),
    "a constant of the framework's": ("def f(): raise HTTPException(status.HTTP_423_LOCKED)", {423}),
    "HTTPStatus": ("def f(): raise HTTPException(HTTPStatus.GONE)", {410}),
    "a constant of the module": ("GONE = 410\n@app.get('/')\ndef f(): raise HTTPException(GONE)", {410}),
    "an enum": (
        "class Codes(IntEnum):\n    OLD = 410\n@app.get('/')\ndef f(): raise HTTPException(Codes.OLD)",
        {410},
    ),
    "a subclass that passes it to super": (
        (
            "class Gone(HTTPException):\n    def __init__(self): super().__init__(status_code=410)\n"
            "@app.get('/')\ndef f(): raise Gone"
        ),
        {410},
    ),
    "a parameter passed down": (
        "def fail(code): raise HTTPException(code)\ndef more(code): fail(code)\n@app.get('/')\ndef f(): more(418)",
        {418},
    ),
    "a table of statuses": (
        "TABLE = {'a': 410, 'b': 411}\n@app.get('/')\ndef f(kind: str): raise HTTPException(TABLE[kind])",
        {410, 411},
    ),
    "a domain exception with a class-level status": (
        (
            "class Bad(Exception):\n    status = 400\nclass Worse(Bad):\n    status = 451\n"
            "@app.exception_handler(Bad)\ndef bad(request, error): return JSONResponse({}, error.status)\n"
            "@app.get('/')\ndef f(): raise Worse()"
        ),
        {451},
    ),
    "a response of its own": ("def f(): return JSONResponse({}, status_code=409)", {409}),
    "a redirect": ("def f(): return RedirectResponse('/x')", {307}),
    "a status set": ("def f(response: Response):\n    response.status_code = 202\n    return 1", {202}),
    "plain data": ("def f(): return 1", {200}),
    "a caught exception is none": (
        "def f():\n    try:\n        raise HTTPException(404)\n    except HTTPException:\n        return 1",
        {200},
    ),
    "a dead branch is none": ("def f():\n    if False:\n        raise HTTPException(404)\n    return 1", {200}),
    "after a return is none": ("def f():\n    return 1\n    raise HTTPException(404)", {200}),
    "a constant that never changes decides": (
        "DEBUG = False\n@app.get('/')\ndef f():\n    if DEBUG: raise HTTPException(404)\n    return 1",
        {200},
    ),
    "one that a function changes does not": (
        (
            "count = 0\n@app.get('/')\ndef f():\n    global count\n    count += 1\n"
            "    if count > 3: raise HTTPException(429)\n    return 1"
        ),
        {200, 429},
    ),
    "a dependency": (
        "def check(): raise HTTPException(403)\n@app.get('/', dependencies=[Depends(check)])\ndef f(): return 1",
        {403},
    ),
    "an instance as a dependency": (
        (
            "class Gate:\n    def __init__(self, code): self.code = code\n"
            "    def __call__(self): raise HTTPException(self.code)\n"
            "@app.get('/')\ndef f(it: Annotated[None, Depends(Gate(403))]): return 1"
        ),
        {403},
    ),
    "a dependency of the router": (
        (
            "def check(): raise HTTPException(403)\nrouter = APIRouter()\n@router.get('/')\ndef f(): return 1\n"
            "app.include_router(router, dependencies=[Depends(check)])"
        ),
        {403},
    ),
    "self.x set in __init__, through a class that is only named": (
        (
            "class Repo:\n    def get(self): raise HTTPException(404)\n"
            "class Service:\n    def __init__(self): self.repo = Repo()\n    def find(self): return self.repo.get()\n"
            "@app.get('/')\ndef f(it: Annotated[Service, Depends()]): return it.find()"
        ),
        {404},
    ),
    "an instance of the module": (
        "class Repo:\n    def get(self): raise HTTPException(404)\nrepo = Repo()\n@app.get('/')\ndef f(): return repo.get()",
        {404},
    ),
    "a protocol with one implementation": (
        (
            "class Store(Protocol):\n    def get(self) -> int: ...\n"
            "class Memory:\n    def get(self): raise HTTPException(404)\n"
            "def use(store: Store): return store.get()\ndef made() -> Store: return Memory()\n"
            "@app.get('/')\ndef f(store: Annotated[Store, Depends(made)]): return use(store)"
        ),
        {404},
    ),
    "a table of functions": (
        (
            "def one(): raise HTTPException(404)\ndef two(): raise HTTPException(405)\nBY = {'a': one, 'b': two}\n"
            "@app.get('/')\ndef f(kind: Literal['a', 'b']): return BY[kind]()"
        ),
        {404, 405},
    ),
    "a partial": (
        "def fail(code, x): raise HTTPException(code)\ngone = partial(fail, 410)\n@app.get('/')\ndef f(): return gone(1)",
        {410},
    ),
    "a decorator": (
        (
            "def guarded(inner):\n    @wraps(inner)\n    def outer(*args, **kwargs):\n"
            "        if kwargs['x'] > 9: raise HTTPException(403)\n        return inner(*args, **kwargs)\n    return outer\n"
            "@app.get('/')\n@guarded\ndef f(x: int): return 1"
        ),
        {200, 403},
    ),
    "an inner function and a lambda": (
        "def f(x: int):\n    def fail(): raise HTTPException(418)\n    return (lambda: fail())()",
        {418},
    ),
    "middleware that is a function": (
        (
            "@app.middleware('http')\nasync def gate(request, call_next):\n"
            "    if request.headers.get('x-old') == '1': return JSONResponse({}, 426)\n    return await call_next(request)\n"
            "@app.get('/')\ndef f(): return 1"
        ),
        {200, 426},
    ),
    "middleware that is a class": (
        (
            "class Gate(BaseHTTPMiddleware):\n    async def dispatch(self, request, call_next):\n"
            "        if request.method == 'PUT': return JSONResponse({}, 405)\n"
            "        if 'x-old' in request.headers: return JSONResponse({}, 426)\n        return await call_next(request)\n"
            "app.add_middleware(Gate)\n@app.get('/')\ndef f(): return 1"
        ),
        {200, 426},
    ),
    "middleware that speaks ASGI": (
        (
            "class Gate:\n    def __init__(self, app): self.app = app\n"
            "    async def __call__(self, scope, receive, send):\n"
            "        if Headers(scope=scope).get('x-old'):\n"
            "            await JSONResponse({}, 426)(scope, receive, send)\n            return\n"
            "        await self.app(scope, receive, send)\n"
            "app.add_middleware(Gate)\n@app.get('/')\ndef f(): return 1"
        ),
        {200, 426},
    ),
    "what a dependency makes of an error": (
        (
            "def it():\n    try:\n        yield 1\n    except ValueError:\n        raise HTTPException(400)\n"
            "@app.get('/')\ndef f(x: Annotated[int, Depends(it)]): return x"
        ),
        {200, 400},
    ),
    "match": (
        (
            "def f(kind: str):\n    match kind:\n        case 'a' | 'b': raise HTTPException(410)\n"
            "        case 'c': raise HTTPException(411)\n        case _: return 1"
        ),
        {200, 410, 411},
    ),
}

IMPORTS = """
import datetime, re, time, asyncio, sqlite3, subprocess
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from functools import partial, wraps
from http import HTTPStatus
from typing import Annotated, Literal, Protocol
from starlette.datastructures import Headers
from starlette.middleware.base import BaseHTTPMiddleware
from fastapi import *
from fastapi import concurrency
from pydantic import AfterValidator
from requests import Session
from fastapi.responses import *
from starlette.background import BackgroundTask
from starlette import status
"""


def read(code: str, folder: Path) -> Reading:
    if "@app." not in code and "@router." not in code:
        code = f"@app.get('/')\n{code}"
    with loaded(IMPORTS + code, folder) as application:
        ((_, reading),) = source.read(application, application.contract.operations)
    return reading


@pytest.mark.parametrize(("code", "statuses"), STATUSES.values(), ids=STATUSES)
def test_statuses(code: str, statuses: set[int], tmp_path: Path) -> None:
    reading = read(code, tmp_path)
    assert statuses == {claim.status for claim in reading.claims if claim.kind is ClaimKind.STATUS}
    assert reading.resolved


UNRESOLVED = {
    "a status of the request's": "def f(code: int): raise HTTPException(code)",
    "what the app keeps in its state": "def f(request: Request): return request.app.state.repo.get()",
    "a route class of the project's": (
        "class Own(routing.APIRoute):\n    def get_route_handler(self): return super().get_route_handler()\nrouter = APIRouter(route_class=Own)\n@router.get('/')\ndef f(): return 1\n"
        "app.include_router(router)"
    ),
}


@pytest.mark.parametrize("code", UNRESOLVED.values(), ids=UNRESOLVED)
def test_unresolved(code: str, tmp_path: Path) -> None:
    assert not read(code, tmp_path).resolved


RESOLVED = {
    "an app of a class that only documents": (
        "class Own(FastAPI):\n    def openapi(self): return super().openapi()\n    def extra(self): ...\n"
        "app = Own()\n@app.get('/')\ndef f(): return 1"
    ),
    "an app of a class that sets itself up": (
        "class Own(FastAPI):\n    def __init__(self, **more):\n        super().__init__(**more)\n        self.own = 1\n"
        "app = Own()\n@app.get('/')\ndef f(): return 1"
    ),
    "a route class that changes nothing": (
        "class Own(routing.APIRoute): ...\nrouter = APIRouter(route_class=Own)\n@router.get('/')\ndef f(): return 1\n"
        "app.include_router(router)"
    ),
    "what the app's state has by its type": (
        "class Repo:\n    def get(self): return 1\n"
        "def f(request: Request):\n    repo: Repo = request.app.state.repo\n    return repo.get()"
    ),
}


@pytest.mark.parametrize("code", RESOLVED.values(), ids=RESOLVED)
def test_resolved(code: str, tmp_path: Path) -> None:
    assert read(code, tmp_path).resolved


ASKED: dict[str, tuple[str, dict[Where, Json]]] = {
    "equality, joined": (
        "if order.account == 'acct_7f3a' and order.cents == 90125 and x_mode == 'debug': boom()",
        {("body", "account"): "acct_7f3a", ("body", "cents"): 90125, ("header", "x-mode"): "debug"},
    ),
    "nested ifs": (
        "if order.account == 'a7':\n        if order.cents == 5: boom()",
        {("body", "account"): "a7", ("body", "cents"): 5},
    ),
    "an early return, negated": (
        "if order.account != 'zz-9': return 1\n    if order.cents == 77: boom()",
        {("body", "account"): "zz-9", ("body", "cents"): 77},
    ),
    "a bound": ("if order.cents > 90000: boom()", {("body", "cents"): 90001}),
    "a range": ("if 500 < order.cents <= 501: boom()", {("body", "cents"): 501}),
    "a remainder": ("if order.cents % 97 == 13 and order.cents > 1000: boom()", {("body", "cents"): 1080}),
    "a sum": ("total = order.cents + 7\n    if total * 2 == 100: boom()", {("body", "cents"): 43}),
    "a table of the module": ("if order.account in BLOCKED: boom()", {("body", "account"): "mallory"}),
    "a limit of a table": (
        "if kind in LIMITS and order.cents > LIMITS[kind]: boom()",
        {("query", "kind"): "gold", ("body", "cents"): 5001},
    ),
    "a helper": ("if is_blocked(order.account): boom()", {("body", "account"): "mallory"}),
    "a length": ("if len(order.account) == 31: boom()", {("body", "account"): "a" * 31}),
    "a prefix": ("if order.account.startswith('ERR-'): boom()", {("body", "account"): "ERR-a"}),
    "a suffix": ("if order.account.endswith('.zip'): boom()", {("body", "account"): "a.zip"}),
    "lower case": ("if order.account.strip().lower() == 'root': boom()", {("body", "account"): "root"}),
    "a part": ("if order.account.split('@')[1] == 'x.org': boom()", {("body", "account"): "a@x.org"}),
    "a slice": ("if order.account[:3] == 'ZZZ': boom()", {("body", "account"): "ZZZa"}),
    "a divisor": ("return 1 / (order.cents - 5)", {("body", "cents"): 5}),
    "absence": ("if order.note is None and order.cents == 3: boom()", {("body", "cents"): 3}),
    "an item": ("if any(line.sku == 'S-1' for line in order.lines): boom()", {("body", "lines", 0, "sku"): "S-1"}),
    "a sum over items, under an alias": (
        "if sum(line.count for line in order.lines) == 12: boom()",
        {("body", "lines", 0, "Count"): 12},
    ),
    "a loop": (
        "for line in order.lines:\n        if line.count == 44: boom()",
        {("body", "lines", 0, "Count"): 44},
    ),
    "a year": ("if order.day and order.day.year == 1903: boom()", {("body", "day"): "1903-01-01"}),
    "a month and a day": (
        "if order.day and order.day.month == 2 and order.day.day == 29: boom()",
        {("body", "day"): "2024-02-29"},
    ),
    "a weekday of a month": (
        "if order.day and order.day.weekday() == 0 and order.day.month == 8: boom()",
        {("body", "day"): "2024-08-05"},
    ),
    "a Friday the 13th of some years": (
        "if order.day and 1990 <= order.day.year < 2000 and order.day.day == 13 and order.day.isoweekday() == 5: boom()",
        {("body", "day"): "1990-04-13"},
    ),
    "a weekday between two days": (
        (
            "lent = (datetime.date(2031, 2, 26), datetime.date(2031, 4, 12))\n"
            "    if order.day and lent[0] <= order.day <= lent[1] and order.day.weekday() == 6: boom()"
        ),
        {("body", "day"): "2031-03-02"},
    ),
    "a day and an hour": (
        (
            "if order.moment and order.moment.weekday() == 5 and order.moment.hour >= 22 and order.moment.minute == 30:"
            " boom()"
        ),
        {("body", "moment"): "2024-01-06T22:30:00+00:00"},
    ),
    "a weekday": ("if order.day and order.day.weekday() == 6: boom()", {("body", "day"): "2024-01-07"}),
    "a decimal": ("if order.price == Decimal('12.50'): boom()", {("body", "price"): 12.5}),
    "an enum": ("if colour is Colour.BLUE: boom()", {("query", "colour"): "blue"}),
    "a cookie": ("if beta == 'on': boom()", {("cookie", "beta"): "on"}),
    "a name read from the request": (
        "if request.query_params.get('trace') == 'all': boom()",
        {("query", "trace"): "all"},
    ),
    "an alias": ("if size == 64: boom()", {("query", "page-size"): 64}),
    "a walrus": ("if (found := order.account) == 'w-1' and found: boom()", {("body", "account"): "w-1"}),
    "a text put together": ("if f'{kind}/{order.account}' == 'a/b': boom()", {("query", "kind"): "a"}),
    "two members that are equal": ("if order.account == kind == 'tw': boom()", {("query", "kind"): "tw"}),
    "a tuple": (
        "if (kind, order.account) == ('k', 'l'): boom()",
        {("query", "kind"): "k", ("body", "account"): "l"},
    ),
    "a divisor of two members in a helper": (
        "def divide(a, b): return divmod(a, b)\n    return divide(order.cents, size - order.cents - 43)",
        {("body", "cents"): 1, ("query", "page-size"): 44},
    ),
    "a key that a table lacks, among conditions": (
        "if order.cents % 5 == 0 and 0 < order.cents <= 35:\n        return BUCKETS[order.cents]",
        {("body", "cents"): 5},
    ),
    "a match of two": (
        "match (kind, order.cents):\n        case ('del', 5): boom()",
        {("query", "kind"): "del", ("body", "cents"): 5},
    ),
}

GIVEN = """
BLOCKED = {"mallory"}
LIMITS = {"gold": 5000}
BUCKETS = {10: "small", 20: "medium", 35: "large"}
class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"
def is_blocked(name: str) -> bool: return name.casefold() in BLOCKED
def boom(): raise HTTPException(418)
@app.post("/")
def f(request: Request, order: Order, x_mode: Annotated[str, Header()] = "", kind: str = "", colour: Colour = Colour.RED,
      beta: Annotated[str | None, Cookie()] = None, size: Annotated[int, Query(alias="page-size")] = 1):
    """


@pytest.mark.parametrize(("condition", "wanted"), ASKED.values(), ids=ASKED)
def test_assignments(condition: str, wanted: dict[Where, Json], tmp_path: Path) -> None:
    """Some assignment asks all of it, by exact values."""
    reading = read(BODY + GIVEN + condition + "\n    return 1", tmp_path)
    exact = [{where: getattr(want, "value", None) for where, want in one.items()} for one in reading.assignments]
    assert [one for one in exact if wanted.items() <= one.items()], exact


LATER: dict[str, str] = {
    "a task": "def f(order: Order, later: BackgroundTasks): later.add_task(look, order)",
    "a task with keywords": "async def f(order: Order, later: BackgroundTasks): later.add_task(look, order=order)",
    "a task that a helper adds": (
        "def f(order: Order, later: BackgroundTasks): add(later, order)\ndef add(to, order): to.add_task(look, order)"
    ),
    "a task of a response": ("def f(order: Order): return JSONResponse({}, background=BackgroundTask(look, order))"),
    "a response that is given tasks": (
        "def f(order: Order):\n    tasks = BackgroundTasks()\n    tasks.add_task(look, order)\n"
        "    answer = JSONResponse({})\n    answer.background = tasks\n    return answer"
    ),
    "a method": "def f(order: Order, later: BackgroundTasks): later.add_task(Looker(1).look, order)",
    "after a yield": "def f(order: Order, kept: Annotated[Kept, Depends(keep)]): kept.orders.append(order)",
    "after a yield, at last": "def f(order: Order, kept: Annotated[Kept, Depends(at_last)]): kept.orders.append(order)",
    "after a yield in with": "def f(order: Order, kept: Annotated[Kept, Depends(within)]): kept.orders.append(order)",
}

LOOKING = """
def look(order):
    if order.account == "acct-9": raise RuntimeError
class Looker:
    def __init__(self, x): self.x = x
    def look(self, order): look(order)
class Kept:
    def __init__(self): self.orders = []
    def flush(self):
        for order in self.orders: look(order)
def keep():
    kept = Kept()
    yield kept
    kept.flush()
async def at_last():
    kept = Kept()
    try:
        yield kept
    finally:
        kept.flush()
def within():
    kept = Kept()
    with open("x"):
        yield kept
        kept.flush()
@app.post("/")
"""


@pytest.mark.parametrize("code", LATER.values(), ids=LATER)
def test_what_comes_after_the_answer(code: str, tmp_path: Path) -> None:
    """Its conditions are asked for; what it raises answers nothing, and all of it is followed."""
    reading = read(BODY + LOOKING + code, tmp_path)
    exact = [getattr(one.get(("body", "account")), "value", None) for one in reading.assignments]
    assert "acct-9" in exact
    assert {200} == {claim.status for claim in reading.claims if claim.kind is ClaimKind.STATUS}
    assert reading.resolved


def test_a_path_that_middleware_compares(tmp_path: Path) -> None:
    """The parameters in it are asked for, as the docs' types have them."""
    code = (
        "@app.middleware('http')\nasync def m(request, call_next):\n"
        "    if request.url.path == '/shops/ab/parcels/7': return JSONResponse({}, 418)\n"
        "    return await call_next(request)\n"
        "@app.get('/shops/{shop}/parcels/{number}')\ndef f(shop: str, number: int): return 1"
    )
    exact = [
        {name[1]: getattr(want, "value", 0) for name, want in one.items()} for one in read(code, tmp_path).assignments
    ]
    assert {"shop": "ab", "number": 7} in exact


def test_two_members_within_their_bounds(tmp_path: Path) -> None:
    """Of values that meet a condition together, those are asked for that the docs allow."""
    code = (
        "def f(a: Annotated[int, Query(ge=150, le=900)], b: Annotated[int, Query(ge=300, le=700)]):\n"
        "    return 1 // (a - b - 43)"
    )
    pairs = [[getattr(want, "value", 0) for want in one.values()] for one in read(code, tmp_path).assignments]
    assert [(a, b) for a, b in pairs if a - b == 43 and 150 <= a <= 900 and 300 <= b <= 700]


def test_patterns(tmp_path: Path) -> None:
    """A text for a pattern matches it, also where it was compiled elsewhere."""
    code = "P = re.compile(r'T-\\d{4}')\n@app.get('/')\ndef f(code: str):\n    if P.fullmatch(code): raise HTTPException(418)"
    texts = [getattr(one[("query", "code")], "value", "") for one in read(code, tmp_path).assignments]
    assert any(text.startswith("T-") and len(text) == 6 for text in texts)


def test_presence(tmp_path: Path) -> None:
    """A member that the code only looks for is asked for with no value, and without it."""
    code = "def f(note: str | None = None):\n    if note is None: raise HTTPException(418)\n    return 1"
    wanted = [one[("query", "note")] for one in read(code, tmp_path).assignments]
    assert Presence.ABSENT in wanted
    assert any(want is not Presence.ABSENT for want in wanted)


def test_length_of_a_list(tmp_path: Path) -> None:
    """A list of a length is left to whoever knows what its items are like."""
    code = "@app.post('/')\ndef f(parts: list[int]):\n    if len(parts) == 3: raise HTTPException(418)\n    return 1"
    wanted = [one[("body",)] for one in read(code, tmp_path).assignments]
    assert any(isinstance(want, Shaped) and want.schema["minItems"] == 3 for want in wanted)  # type: ignore[index]


BLOCKING = {
    "directly": ("async def f(): time.sleep(1)", ["time.sleep"]),
    "by another name": ("from time import sleep as nap\n@app.get('/')\nasync def f(): nap(1)", ["time.sleep"]),
    "in a helper": ("def wait(): time.sleep(1)\n@app.get('/')\nasync def f(): wait()", ["time.sleep"]),
    "in a dependency": (
        "async def it(): time.sleep(1)\n@app.get('/')\ndef f(x: Annotated[None, Depends(it)]): return 1",
        ["time.sleep"],
    ),
    "by another name of the module": ("import time as t\n@app.get('/')\nasync def f(): t.sleep(1)", ["time.sleep"]),
    "in a lambda": ("nap = lambda: time.sleep(1)\n@app.get('/')\nasync def f(): nap()", ["time.sleep"]),
    "by way of a partial": ("nap = partial(time.sleep, 1)\n@app.get('/')\nasync def f(): nap()", ["time.sleep"]),
    "in a method": (
        "class It:\n    def wait(self): time.sleep(1)\nit = It()\n@app.get('/')\nasync def f(): it.wait()",
        ["time.sleep"],
    ),
    "a program": ("async def f(): subprocess.run(['true'])", ["subprocess.run"]),
    "a program that is waited for": (
        "async def f():\n    it = subprocess.Popen(['true'])\n    it.wait()",
        ["subprocess.Popen", "subprocess.Popen.wait"],
    ),
    "a database": (
        "async def f():\n    with sqlite3.connect(':memory:') as db:\n        return db.execute('SELECT 1').fetchone()",
        ["sqlite3.connect", "sqlite3.Connection.execute"],
    ),
    "a client": (
        "async def f():\n    with Session() as web:\n        web.get('x')",
        ["requests.sessions.Session.get"],
    ),
    "a client of the module": (
        "web = Session()\n@app.get('/')\nasync def f(): return web.get('x').text",
        ["requests.sessions.Session.get"],
    ),
    "in middleware": (
        (
            "@app.middleware('http')\nasync def m(request, call_next):\n    time.sleep(1)\n"
            "    return await call_next(request)\n@app.get('/')\ndef f(): return 1"
        ),
        ["time.sleep"],
    ),
    "in a handler": (
        (
            "class Bad(Exception): ...\n@app.exception_handler(Bad)\nasync def bad(request, error):\n    time.sleep(1)\n"
            "    return JSONResponse({}, 400)\n@app.get('/')\ndef f(): raise Bad"
        ),
        ["time.sleep"],
    ),
    "in a validator": (
        "def slow(x):\n    time.sleep(1)\n    return x\n@app.get('/')\ndef f(x: Annotated[str, AfterValidator(slow)]): return x",
        ["time.sleep"],
    ),
    "for no time": ("async def f(): time.sleep(0)", []),
    "in a plain dependency": (
        "def it(): time.sleep(1)\n@app.get('/')\nasync def f(x: Annotated[None, Depends(it)]): return 1",
        [],
    ),
    "in a stream that runs in a thread": (
        "def lines():\n    time.sleep(1)\n    yield 'a'\n@app.get('/')\nasync def f(): return StreamingResponse(lines())",
        [],
    ),
    "a helper in a thread": (
        "def wait(): time.sleep(1)\n@app.get('/')\nasync def f(): await concurrency.run_in_threadpool(wait)",
        [],
    ),
    "a lambda in a thread": ("async def f(): await asyncio.to_thread(lambda: time.sleep(1))", []),
    "a task of its own": (
        "def wait(): time.sleep(1)\n@app.get('/')\nasync def f(later: BackgroundTasks): later.add_task(wait)",
        [],
    ),
    "an async sleep": ("async def f(): await asyncio.sleep(1)", []),
    "in a thread": ("async def f(): await asyncio.to_thread(time.sleep, 1)", []),
    "in a plain endpoint": ("def f(): time.sleep(1)", []),
}


@pytest.mark.parametrize(("code", "calls"), BLOCKING.values(), ids=BLOCKING)
def test_blocking(code: str, calls: list[str], tmp_path: Path) -> None:
    assert calls == [claim.what for claim in read(code, tmp_path).claims if claim.kind is ClaimKind.BLOCKS]


def test_reads(tmp_path: Path) -> None:
    """Names that the code asks the request for, past what it declares."""
    code = (
        "def f(request: Request):\n    request.query_params.get('a')\n    request.headers['X-B']\n"
        "    'c' in request.cookies\n    return 1"
    )
    found = [claim.where for claim in read(code, tmp_path).claims if claim.kind is ClaimKind.READS]
    assert [("query", "a"), ("header", "x-b")] == found


WORDS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "an attribute": ("rows[n].state == 'closed'", (("state", "closed"),)),
    "an item": ("'closed' != rows[n]['state']", (("state", "closed"),)),
    "what is asked for": ("rows[n].get('state') == 'closed'", (("state", "closed"),)),
    "one of several": ("rows[n].state in ('paid', 'sent')", (("state", "paid"), ("state", "sent"))),
    "one of a set": ("rows[n].state not in {'b', 'a'}", (("state", "a"), ("state", "b"))),
    "one of an enum": ("rows[n].state == State.CLOSED", (("state", "closed"),)),
    "one after the other": ("'a' == rows[n].kind == 'b'", (("kind", "a"), ("kind", "b"))),
    "twice the same": ("rows[n].state == 'a' or rows[n].state == 'a'", (("state", "a"),)),
    "how it begins": ("rows[n].state.startswith('re:')", (("state", "re:"),)),
    "how it ends": ("rows[n]['state'].endswith(('a', 'b'))", (("state", "a"), ("state", "b"))),
    "how what is asked for begins": ("x.state.startswith('re:')", ()),
    "no text": ("rows[n].state == 7", ()),
    "no name": ("rows[n] == 'closed'", ()),
    "of the request": ("x.state == 'closed'", ()),
    "of a constant": ("SETTINGS.state == 'closed'", ()),
}


@pytest.mark.parametrize(("condition", "words"), WORDS.values(), ids=WORDS)
def test_words(condition: str, words: tuple[tuple[str, str], ...], tmp_path: Path) -> None:
    """What is stored is compared with these."""
    code = (
        'class State(enum.StrEnum):\n    CLOSED = "closed"\nclass X(BaseModel):\n    state: str\n'
        'class Settings(BaseModel):\n    state: str = "open"\nSETTINGS, rows = Settings(), {}\n'
        f"@app.put('/{{n}}')\ndef f(n: int, x: X):\n    if n in rows and ({condition}): raise HTTPException(409)\n"
        "    rows[n] = x"
    )
    assert words == read(code, tmp_path).words


def test_declared(tmp_path: Path) -> None:
    """The decorator's own keys, with their lines; not what a shared table brings."""
    code = (
        "SHARED = {400: {}}\n@app.get('/', responses={404: {}, '409': {}, status.HTTP_410_GONE: {}, **SHARED})\n"
        "def f(): return 1"
    )
    assert [404, 409, 410] == [*read(code, tmp_path).declared]


def test_deterministic(tmp_path: Path) -> None:
    code = BODY + GIVEN + "if order.account in {'a', 'b', 'c'} and order.cents > 3: boom()\n    return 1"
    first, again = read(code, tmp_path), read(code, tmp_path)
    assert first == again


@pytest.mark.parametrize("told", [0, 1, 2])
def test_readings_that_are_not_told_are_made(told: int, tmp_path: Path) -> None:
    code = "@app.get('/a')\ndef a(): raise HTTPException(410)\n@app.get('/b')\ndef b(): raise HTTPException(423)\n"
    with loaded(IMPORTS + code, tmp_path) as application:
        operations = application.contract.operations
        whole = dict(source.read(application, operations))
        readings = source.Readings(application, operations, iter(list(whole.items())[:told]))
        assert whole["GET /b"] == readings["GET /b"]
        assert whole == dict(readings)
        assert readings.get("GET /c") is None
