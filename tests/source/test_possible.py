"""A declared status is a phantom only where nothing that an operation may run can answer it.

`rare` holds for no value that is ever sent: no request shows what follows from it.
"""

from pathlib import Path

import pytest

from tests.build import exchange
from tests.live import loaded
from upheld import source
from upheld.rules.phantom_status import check

PRELUDE = """
import asyncio, builtins, contextlib, functools, hashlib, importlib, json, operator, sys, threading, typing
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, partial, reduce, singledispatch, wraps
from typing import Annotated, Any, Protocol
import anyio
from fastapi import *
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import *
from pydantic import *
from pydantic_core import core_schema
from starlette.exceptions import HTTPException as Above
from starlette.middleware.base import BaseHTTPMiddleware
app = FastAPI()
def rare(x): return hashlib.sha256(str(x).encode()).hexdigest().startswith("000000")
def refuse(x="", *more):
    if rare(x): raise HTTPException(409)
    return x
def other(x="", *more):
    if rare(x): raise HTTPException(404)
    return x
def harmless(x="", *more): return x
class Taken(Exception): ...
"""

ROUTE = '@app.get("/", responses={409: {}})\n'
"""Stands where a case has `ROUTE`; in front of those that have none."""


def phantoms(code: str, folder: Path) -> list[int | None]:
    """Return the statuses that are called phantoms, one request having been answered with 200."""
    text = code if "responses=" in code or "ROUTE" in code else f"ROUTE{code}"
    with loaded(PRELUDE + text.replace("ROUTE", ROUTE), folder) as application:
        operation = next(one for one in application.contract.operations if "409" in one.documented)
        ((_, reading),) = source.read(application, [operation])
    return [fault.status for fault in check(operation, reading, [exchange(operation=operation)])]


VALIDATORS = {
    "a field validator": (
        "class Order(BaseModel):\n    name: str = ''\n    @field_validator('name')\n    @classmethod\n"
        "    def check(cls, v): return CALL(v)\n"
        "@app.post('/', responses={409: {}})\ndef f(order: Order): return 1"
    ),
    "a field validator that comes first": (
        "class Order(BaseModel):\n    name: str = ''\n    @field_validator('name', mode='before')\n    @classmethod\n"
        "    def check(cls, v, info): return CALL(v)\n"
        "@app.post('/', responses={409: {}})\ndef f(order: Order): return 1"
    ),
    "a model validator": (
        "class Order(BaseModel):\n    name: str = ''\n    @model_validator(mode='after')\n"
        "    def check(self):\n        CALL(self.name)\n        return self\n"
        "@app.post('/', responses={409: {}})\ndef f(order: Order): return 1"
    ),
    "a model validator that wraps": (
        "class Order(BaseModel):\n    name: str = ''\n    @model_validator(mode='wrap')\n    @classmethod\n"
        "    def check(cls, data, handler):\n        CALL(data)\n        return handler(data)\n"
        "@app.post('/', responses={409: {}})\ndef f(order: Order): return 1"
    ),
    "a model within a model": (
        "class Line(BaseModel):\n    name: str\n    @field_validator('name')\n    @classmethod\n"
        "    def check(cls, v): return CALL(v)\n"
        "class Order(BaseModel):\n    lines: list[Line] | None = None\n"
        "@app.post('/', responses={409: {}})\ndef f(order: Order): return 1"
    ),
    "an annotated type": "ROUTEdef f(x: Annotated[str, AfterValidator(lambda v: CALL(v))] = ''): return 1",
    "an annotated type by name": "Name = Annotated[str, BeforeValidator(CALL)]\nROUTEdef f(x: Name = ''): return 1",
    "an annotated type in a list": "Name = Annotated[str, WrapValidator(lambda v, h: CALL(v))]\nROUTEdef f(x: Annotated[list[Name], Query()]): return 1",
    "a type of the app's": (
        "class Code(str):\n    @classmethod\n    def __get_pydantic_core_schema__(cls, source, handler):\n"
        "        return core_schema.no_info_after_validator_function(cls.check, core_schema.str_schema())\n"
        "    @classmethod\n    def check(cls, v): return CALL(v)\nROUTEdef f(x: Code = ''): return 1"
    ),
    "a dataclass": (
        "@dataclass\nclass Order:\n    name: str\n    def __post_init__(self): CALL(self.name)\n"
        "@app.post('/', responses={409: {}})\ndef f(order: Order): return 1"
    ),
    "what a model does at last": (
        "class Order(BaseModel):\n    name: str = ''\n    def model_post_init(self, context): CALL(self.name)\n"
        "@app.post('/', responses={409: {}})\ndef f(order: Order): return 1"
    ),
    "a default that is made": (
        "class Order(BaseModel):\n    name: str = Field(default_factory=lambda: CALL())\n"
        "@app.post('/', responses={409: {}})\ndef f(order: Order): return 1"
    ),
    "a default of a parameter": "ROUTEdef f(x: Annotated[str, Query(default_factory=CALL)]): return 1",
    "a model that the code makes": (
        "class Order(BaseModel):\n    name: str\n    @field_validator('name')\n    @classmethod\n"
        "    def check(cls, v): return CALL(v)\nROUTEdef f(x: str): return Order(name=x).name"
    ),
    "a model that the code validates": (
        "class Order(BaseModel):\n    name: str\n    @field_validator('name')\n    @classmethod\n"
        "    def check(cls, v): return CALL(v)\nROUTEdef f(x: str): return Order.model_validate({'name': x}).name"
    ),
    "an adapter": (
        "adapter = TypeAdapter(Annotated[str, AfterValidator(CALL)])\nROUTEdef f(x: str): return adapter.validate_python(x)"
    ),
    "a serializer of the answer": (
        "class Order(BaseModel):\n    name: str\n    @field_serializer('name')\n    def shown(self, v): return CALL(v)\n"
        "ROUTEdef f(x: str) -> Order: return {'name': x}"
    ),
    "a computed field of the answer": (
        "class Order(BaseModel):\n    name: str\n    @computed_field\n    @property\n    def shown(self) -> str: return CALL(self.name)\n"
        "@app.get('/', responses={409: {}}, response_model=Order)\ndef f(x: str): return {'name': x}"
    ),
    "a response class": (
        "class Own(JSONResponse):\n    def render(self, content):\n        CALL(content)\n        return super().render(content)\n"
        "@app.get('/', responses={409: {}}, response_class=Own)\ndef f(x: str): return x"
    ),
}

SPECIAL = {
    "an item": ("def __getitem__(self, x): return CALL(x)", "box[x]"),
    "an item set": ("def __setitem__(self, x, y): CALL(x)", "box[x] = 1"),
    "an item deleted": ("def __delitem__(self, x): CALL(x)", "del box[x]"),
    "a sum": ("def __add__(self, x): return CALL(x)", "box + x"),
    "a sum from the right": ("def __radd__(self, x): return CALL(x)", "x + box"),
    "a sum in place": ("def __iadd__(self, x): return CALL(x)", "box += x"),
    "equality": ("def __eq__(self, x): return CALL(x)", "box == x"),
    "an order": ("def __lt__(self, x): return CALL(x)", "box < x"),
    "a sign": ("def __neg__(self): return CALL()", "-box"),
    "membership": ("def __contains__(self, x): return CALL(x)", "x in box"),
    "a loop": ("def __iter__(self):\n        CALL()\n        return iter([1])", "[y for y in box]"),
    "a length": ("def __len__(self): return len(CALL('a'))", "len(box)"),
    "truth": ("def __bool__(self): return bool(CALL())", "if box: pass"),
    "a call": ("def __call__(self, x): return CALL(x)", "box(x)"),
    "a property": ("@property\n    def it(self): return CALL()", "box.it"),
    "a cached property": ("@cached_property\n    def it(self): return CALL()", "box.it"),
    "a property set": ("it = property(harmless, CALL)", "box.it = x"),
    "any attribute": ("def __getattr__(self, name): return CALL(name)", "box.it"),
    "each attribute": ("def __getattribute__(self, name): return CALL(name)", "box.it"),
    "an attribute set": ("def __setattr__(self, name, value): CALL(value)", "box.it = x"),
    "a text": ("def __str__(self): return CALL('')", "str(box)"),
    "a text in a text": ("def __format__(self, how): return CALL('')", "f'{box}'"),
    "a hash": ("def __hash__(self): return len(CALL('a'))", "{box: 1}"),
    "with": (
        "def __enter__(self): return CALL()\n    def __exit__(self, *error): pass",
        "with box: pass",
    ),
    "after with": (
        "def __enter__(self): return self\n    def __exit__(self, *error): CALL()",
        "with box: pass",
    ),
    "a static method": ("@staticmethod\n    def it(x): return CALL(x)", "box.it(x)"),
    "a class method": ("@classmethod\n    def it(cls, x): return CALL(x)", "box.it(x)"),
    "a method by its name": ("def it(self, x): return CALL(x)", "getattr(box, 'it')(x)"),
    "a method by a name that is computed": ("def it_a(self, x): return CALL(x)", "getattr(box, f'it_{x}')(x)"),
    "a method by way of a dict": ("def it(self, x): return CALL(x)", "vars(type(box))['it'](box, x)"),
    "a method called from outside": ("def it(self): return CALL()", "operator.methodcaller('it')(box)"),
}

DESCRIPTOR = """
class Described:
    def __get__(self, this, cls=None): return CALL()
    def __set__(self, this, value): CALL(value)
class Box:
    it = Described()
"""

CALLBACKS = {
    "map": "list(map(CALL, [x]))",
    "filter": "list(filter(CALL, [x]))",
    "sorted": "sorted([x, x], key=CALL)",
    "min": "min([x, x], key=CALL)",
    "sort": "[x, x].sort(key=CALL)",
    "reduce": "reduce(CALL, [x, x])",
    "a lambda": "list(map(lambda y: CALL(y), [x]))",
    "a partial": "partial(CALL, x)()",
    "a partial handed over": "list(map(partial(CALL, x), [x]))",
    "a thread": "await run_in_threadpool(CALL, x)",
    "a thread of asyncio's": "await asyncio.to_thread(CALL, x)",
    "a thread of anyio's": "await anyio.to_thread.run_sync(CALL, x)",
    "an executor": "await asyncio.get_running_loop().run_in_executor(None, CALL, x)",
    "an executor of its own": "ThreadPoolExecutor().submit(CALL, x).result()",
    "a task": "await asyncio.create_task(later(x))",
    "a time limit": "await asyncio.wait_for(later(x), 1)",
    "a group": "await asyncio.gather(later(x), later(x))",
    "a dict of functions": "{'a': CALL}[x](x)",
    "a dict of functions, got": "{'a': CALL}.get(x, CALL)(x)",
    "a list of functions": "[run(x) for run in [harmless, CALL]]",
    "the module's names": "globals()['later'](x)",
    "a module's attribute": "getattr(sys.modules[__name__], 'later')(x)",
    "an import": "importlib.import_module(__name__).later(x)",
    "two loops": "[CALL(z) for y in [x] for z in [y]]",
    "a dict comprehension": "{y: CALL(y) for y in [x]}",
    "a cache": "functools.lru_cache(CALL)(x)",
    "a slot of exit": "with contextlib.ExitStack() as stack: stack.callback(CALL, x)",
    "a class made inside": "class It:\n        def run(self): return CALL(x)\n    It().run()",
    "a finally": "try: pass\n    finally: CALL(x)",
    "a walrus": "(y := CALL(x))",
    "a star": "print(*[CALL(x)])",
    "a slice": "'abc'[:len(CALL(x))]",
    "a condition": "1 if x else CALL(x)",
    "an or": "x or CALL(x)",
    "a default": "(lambda y=CALL(x): y)()",
    "a format": "f'{x:>{len(CALL(x))}}'",
    "a delete": "del [CALL(x)][0]",
    "an assert": "assert x, CALL(x)",
    "an inner decorator": "@CALL\n    def g(): ...",
    "a while": "n = 0\n    while n < 5:\n        n += 1\n        if n == 4: CALL(x)",
    "the else of a while": "n = 0\n    while n: pass\n    else: CALL(x)",
    "the twentieth round": "for n in range(30):\n        if n == 20: CALL(x)",
    "the second item": "for n, y in enumerate(x.split(',')):\n        if n == 1: CALL(x)",
    "a count": "n = 0\n    for y in x.split(','):\n        n += 1\n    if n > 5: CALL(x)",
    "a count of a list": "found = []\n    for y in x.split(','):\n        found.append(y)\n    if len(found) > 5: CALL(x)",
}

RAISED = {
    "a name": "error = HTTPException(409)\n    if rare(x): raise error",
    "a function that makes it": "if rare(x): raise made()",
    "a table": "if rare(x): raise TABLE['taken']",
    "a table, got": "if rare(x): raise TABLE.get(x, TABLE['taken'])",
    "a module's object": "if rare(x): raise TAKEN",
    "a module's object within a class": "if rare(x): raise Errors.taken",
    "an enum's member": "if rare(x): raise Kinds.TAKEN.value",
    "the same class": "e = Above(404)\n    if rare(x): raise type(e)(409)",
    "a status computed": "if rare(x): raise HTTPException(400 + 9)",
    "a status read from text": "if rare(x): raise HTTPException(int('409'))",
    "a status of the app's settings": "if rare(x): raise HTTPException(SETTINGS['status'])",
    "a status set later": "e = HTTPException(404)\n    e.status_code = 409\n    if rare(x): raise e",
    "the twentieth of a table": "raise HTTPException(MANY.get(x, 400))",
    "the twentieth of a table, by key": "if x in MANY: raise HTTPException(MANY[x])",
    "something raised again": "try: refuse(x)\n    except HTTPException as e: raise e",
    "what was caught": "try: refuse(x)\n    except HTTPException as e: caught = e\n    else: return 1\n    raise caught",
    "caught by its base": "try: json.loads(x)\n    except (KeyError, ValueError) as e: raise HTTPException(BY[type(e)])",
    "the second kind": "try: json.loads(x)\n    except (KeyError, ValueError) as e:\n        raise HTTPException(409 if isinstance(e, ValueError) else 404)",
    "an attribute that is missing": "try: x.it\n    except AttributeError: raise HTTPException(409)",
    "a name that is missing": "try: it\n    except NameError: raise HTTPException(409)",
    "a comparison that fails": "try: x < 1\n    except TypeError: raise HTTPException(409)",
    "an import that fails": "try: import nowhere\n    except ImportError: raise HTTPException(409)",
    "a loop that fails": "try:\n        for y in x: pass\n    except TypeError: raise HTTPException(409)",
    "a response": "return JSONResponse({}, 409) if rare(x) else 1",
    "a status set by hand": "setattr(response, 'status_code', 409)",
    "a status set": "response.status_code = 409 if rare(x) else 200",
    "a response of a helper's": "return answer(x)",
    "an answer that was kept": "return KEPT if rare(x) else 1",
    "an unknown error in a try": "try:\n        raise ERRORS.pop()\n    except KeyError: return 1",
}

FOR_RAISED = """
def made(): return HTTPException(409)
def answer(x): return JSONResponse({}, status_code=409) if rare(x) else {}
TAKEN = HTTPException(409)
TABLE = {"taken": TAKEN}
SETTINGS = {"status": 409}
MANY = {str(n): 390 + n for n in range(30)}
BY = {KeyError: 404, ValueError: 409}
KEPT = JSONResponse({}, 409)
ERRORS = []
class Errors: taken = TAKEN
class Kinds(Enum): TAKEN = TAKEN
"""

GENERATORS = {
    "after the first": "def g(x):\n    yield 1\n    CALL(x)\nROUTEdef f(x: str): return [y for y in g(x)]",
    "after the first, in a loop": "def g(x):\n    yield 1\n    CALL(x)\nROUTEdef f(x: str):\n    for y in g(x): pass",
    "after the first, in a list": "def g(x):\n    yield 1\n    CALL(x)\nROUTEdef f(x: str): return list(g(x))",
    "after the first, awaited": "async def g(x):\n    yield 1\n    CALL(x)\nROUTEasync def f(x: str):\n    async for y in g(x): pass",
    "of another": "def h(x):\n    yield CALL(x)\ndef g(x):\n    yield from h(x)\nROUTEdef f(x: str): return list(g(x))",
    "in an expression": "def g(x):\n    y = 1 + (yield CALL(x))\nROUTEdef f(x: str): return list(g(x))",
    "a context manager": "@contextmanager\ndef g(x):\n    CALL(x)\n    yield 1\nROUTEdef f(x: str):\n    with g(x): pass",
    "after a context manager": "@contextmanager\ndef g(x):\n    yield 1\n    CALL(x)\nROUTEdef f(x: str):\n    with g(x): pass",
    "at last in a context manager": "@contextmanager\ndef g(x):\n    try: yield 1\n    finally: CALL(x)\nROUTEdef f(x: str):\n    with g(x) as y: return y",
    "what a context manager makes of an error": (
        "@contextmanager\ndef g():\n    try: yield 1\n    except KeyError as e: CALL(e)\nROUTEdef f(x: str):\n    with g(): json.loads(x)"
    ),
    "what a context manager makes of the app's error": (
        "@contextmanager\ndef g():\n    try: yield 1\n    except Taken as e: CALL(e)\nROUTEdef f(x: str):\n    with g():\n        if rare(x): raise Taken"
    ),
    "an async context manager": "@asynccontextmanager\nasync def g(x):\n    yield 1\n    CALL(x)\nROUTEasync def f(x: str):\n    async with g(x): pass",
    "what a dependency makes of an error": (
        "def g():\n    try: yield 1\n    except ValueError as e: CALL(e)\nROUTEdef f(x: str, y: Annotated[int, Depends(g)]): return json.loads(x)"
    ),
}

HANDLED = {
    "a library's error": "@app.exception_handler(ValueError)\ndef told(request, error): return JSONResponse({}, 409)\nROUTEdef f(x: str): return json.loads(x)",
    "an error of the language's": "@app.exception_handler(LookupError)\ndef told(request, error): return JSONResponse({}, 409)\nROUTEdef f(x: str): return [1][len(x)]",
    "the app's error": "@app.exception_handler(Taken)\ndef told(request, error): return JSONResponse({}, 409)\nROUTEdef f(x: str):\n    if rare(x): raise Taken",
    "the app's error, handed over": "@app.exception_handler(Taken)\ndef told(request, error): return JSONResponse({}, 409)\ndef g(y):\n    if rare(y): raise Taken\nROUTEdef f(x: str): return list(map(g, x))",
    "any error": "@app.exception_handler(Exception)\ndef told(request, error): return JSONResponse({}, 409)\nROUTEdef f(x: str): return json.loads(x)",
    "a status": "@app.exception_handler(404)\ndef told(request, error): return JSONResponse({}, 409)\nROUTEdef f(x: str):\n    if rare(x): raise HTTPException(404)",
    "every status": "@app.exception_handler(Above)\ndef told(request, error): return JSONResponse({}, error.status_code + 5)\nROUTEdef f(x: str):\n    if rare(x): raise HTTPException(404)",
    "what a security utility raises": "from fastapi.security import HTTPBearer\n@app.exception_handler(Above)\ndef told(request, error): return JSONResponse({}, error.status_code + 8)\nROUTEdef f(x: Annotated[Any, Depends(HTTPBearer())]): return 1",
    "an object's method": "class Teller:\n    def told(self, request, error): return JSONResponse({}, 409)\napp.add_exception_handler(Taken, Teller().told)\nROUTEdef f(x: str):\n    if rare(x): raise Taken",
    "middleware": "@app.middleware('http')\nasync def m(request, call_next):\n    if rare(request.url): return JSONResponse({}, 409)\n    return await call_next(request)\nROUTEdef f(x: str): return 1",
    "middleware that changes the answer": "@app.middleware('http')\nasync def m(request, call_next):\n    answer = await call_next(request)\n    if rare(request.url): answer.status_code = 409\n    return answer\nROUTEdef f(x: str): return 1",
    "middleware that catches": "@app.middleware('http')\nasync def m(request, call_next):\n    try: return await call_next(request)\n    except ValueError: return JSONResponse({}, 409)\nROUTEdef f(x: str): return json.loads(x)",
    "middleware made by a function": "def made(status):\n    async def m(request, call_next):\n        if rare(request.url): return JSONResponse({}, status)\n        return await call_next(request)\n    return m\napp.middleware('http')(made(409))\nROUTEdef f(x: str): return 1",
    "middleware with a status": "class M(BaseHTTPMiddleware):\n    def __init__(self, app, status):\n        super().__init__(app)\n        self.status = status\n    async def dispatch(self, request, call_next):\n        if rare(request.url): return JSONResponse({}, self.status)\n        return await call_next(request)\napp.add_middleware(M, status=409)\nROUTEdef f(x: str): return 1",
    "middleware that speaks ASGI": "class M:\n    def __init__(self, app): self.app = app\n    async def __call__(self, scope, receive, send):\n        async def changed(message):\n            if message['type'] == 'http.response.start' and rare(scope): message['status'] = 409\n            await send(message)\n        await self.app(scope, receive, changed)\napp.add_middleware(M)\nROUTEdef f(x: str): return 1",
    "a function around the app": "def around(inner):\n    async def m(scope, receive, send):\n        if rare(scope): return await JSONResponse({}, 409)(scope, receive, send)\n        await inner(scope, receive, send)\n    return m\napp.add_middleware(around)\nROUTEdef f(x: str): return 1",
}

ELSEWHERE = {
    "an enum that makes a member": (
        "class Kind(Enum):\n    A = 'a'\n    @classmethod\n    def _missing_(cls, value): return refuse(value)\n"
        "ROUTEdef f(kind: Kind): return 1"
    ),
    "what a metaclass makes": (
        "class Meta(type):\n    def __call__(cls, x): return refuse(x)\nclass Box(metaclass=Meta): ...\n"
        "ROUTEdef f(x: str): return str(Box(x))"
    ),
    "what a class makes": (
        "class Box:\n    def __new__(cls, x): return refuse(x)\nROUTEdef f(x: str): return str(Box(x))"
    ),
    "a function for each type": (
        "@singledispatch\ndef g(x): return x\n@g.register\ndef _(x: str): return refuse(x)\nROUTEdef f(x: str): return g(x)"
    ),
    "a response that answers by itself": (
        "class Own(JSONResponse):\n    async def __call__(self, scope, receive, send):\n        self.status_code = 409\n"
        "        await super().__call__(scope, receive, send)\nROUTEdef f(x: str): return Own({})"
    ),
    "an exception thrown into a generator": "ROUTEdef f(x: str):\n    if rare(x): (y for y in x).throw(HTTPException(409))",
    "an exception of a future": (
        "ROUTEasync def f(x: str):\n    it = asyncio.get_running_loop().create_future()\n"
        "    it.set_exception(HTTPException(409))\n    await it"
    ),
    "a listener": "import atexit\n@atexit.register\ndef listener(x=''): return refuse(x)\nROUTEdef f(x: str): return 1",
    "a listener that is registered": "import atexit\natexit.register(refuse)\nROUTEdef f(x: str): return 1",
    "a method that a library has marked": (
        "def marked(f):\n    f.for_library = 1\n    return f\nclass Row:\n    @marked\n    def check(self, x): return refuse(x)\n"
        "ROUTEdef f(x: str): return str(Row())"
    ),
    "an object that is made later": (
        "class Service:\n    def take(self, x): return refuse(x)\nservice = None\ndef start():\n    global service\n"
        "    service = Service()\nROUTEdef f(x: str): return service.take(x)"
    ),
    "a function that is put there later": (
        "take = harmless\ndef start():\n    global take\n    take = refuse\nROUTEdef f(x: str): return take(x)"
    ),
    "an object of the context's": (
        "import contextvars\nclass Service:\n    def take(self, x): return refuse(x)\n"
        "current = contextvars.ContextVar('current')\nROUTEdef f(x: str): return current.get().take(x)"
    ),
    "an object of the app's state": (
        "class Service:\n    def take(self, x): return refuse(x)\nROUTEdef f(x: str): return app.state.service.take(x)"
    ),
    "an object that a library finds": (
        "class Row:\n    def take(self, x): return refuse(x)\nROUTEdef f(x: str): return json.loads(x, object_hook=Row).take(x)"
    ),
    "a status in the words of a call": "WORDS = {'status_code': 409}\nROUTEdef f(x: str):\n    if rare(x): raise HTTPException(**WORDS)",
}


SERVICE = "class Service:\n    def take(self, x): return CALL(x)\n"
PROMISED = {
    "a variable": (
        f"{SERVICE}ROUTEdef f(x: str, request: Request):\n"
        "    service: Service = request.app.state.service\n    return service.take(x)"
    ),
    "what a dependency returns": (
        f"{SERVICE}def service(request: Request) -> Service: return request.app.state.service\n"
        "ROUTEdef f(x: str, service: Annotated[Service, Depends(service)]): return service.take(x)"
    ),
    "what a function returns": (
        f"{SERVICE}def service(request) -> 'Service': return request.app.state.service\n"
        "ROUTEdef f(x: str, request: Request): return service(request).take(x)"
    ),
    "a cast": (
        f"{SERVICE}ROUTEdef f(x: str, request: Request):\n"
        "    return typing.cast(Service, request.app.state.service).take(x)"
    ),
    "a class of which there are others": (
        "class Base:\n    def take(self, x): return x\nclass Service(Base):\n    def take(self, x): return CALL(x)\n"
        "ROUTEdef f(x: str, request: Request):\n    service: Base = request.app.state.service\n    return service.take(x)"
    ),
    "a protocol of two": (
        "class Taker(Protocol):\n    def take(self, x): ...\n"
        "class One:\n    def take(self, x): return x\nclass Two:\n    def take(self, x): return CALL(x)\n"
        "ROUTEdef f(x: str, request: Request):\n    taker: Taker = request.app.state.taker\n    return taker.take(x)"
    ),
    "a service or none": (
        f"{SERVICE}ROUTEdef f(x: str, request: Request):\n"
        "    service: Service | None = request.app.state.service\n    return service.take(x)"
    ),
    "what a library's object returns": (
        "import sqlite3\nROUTEdef f(x: str, request: Request):\n"
        "    database: sqlite3.Connection = request.app.state.database\n    return CALL(database.execute(x))"
    ),
}
SHEET = (
    "class Sheet:\n    def __init__(self, name): self.name = name\n    def told(self): return CALL(self.name)\n"
    "table: dict[str, Sheet] = {}\nrows: list[Sheet] = []\npairs: list[tuple[int, Sheet]] = []\n"
    "class Shelf:\n    rows: list[Sheet] = []\nshelf = Shelf()\n"
    "@app.post('/')\ndef add(x: str):\n    table[x] = Sheet(x)\n    rows.append(Sheet(x))\n    pairs.append((1, Sheet(x)))\n"
    "    shelf.rows.append(Sheet(x))\n"
)
STORED = {
    "an item of a table": "table[x].told()",
    "what a table gets": "table.get(x).told()",
    "the values of a table": "[one.told() for one in table.values()]",
    "the pairs of a table": "[one.told() for _, one in table.items()]",
    "the items of a list": "[one.told() for one in rows]",
    "an item of a list": "rows[0].told()",
    "a pair of a list": "[one.told() for _, one in pairs]",
}
PROMISED |= {f"a store: {label}": f"{SHEET}ROUTEdef f(x: str): return {use}" for label, use in STORED.items()}
KEEPERS = {
    "its __init__": "class Keeper:\n    def __init__(self): self.rows: dict[str, Sheet] = {}\n",
    "the __init__ above it": (
        "class Base:\n    def __init__(self): self.rows: dict[str, Sheet] = {}\nclass Keeper(Base): pass\n"
    ),
    "its class": "class Keeper:\n    rows: dict[str, Sheet]\n    def __init__(self): self.rows = {}\n",
    "the class above it": "class Base:\n    rows: dict[str, Sheet] = {}\nclass Keeper(Base): pass\n",
    "a text in its class": "class Keeper:\n    rows: 'dict[str, Sheet]'\n    def __init__(self): self.rows = {}\n",
    "a text in its __init__": "class Keeper:\n    def __init__(self): self.rows: 'dict[str, Sheet]' = {}\n",
}
KEEPING = "keeper = Keeper()\n@app.post('/')\ndef add(x: str): keeper.rows[x] = Sheet(x)\n"
PROMISED |= {
    f"a store as {label} has it": f"{SHEET}{kept}{KEEPING}ROUTEdef f(x: str): return keeper.rows[x].told()"
    for label, kept in KEEPERS.items()
}
UNSAID = {
    "a store whose type cannot be read": (
        "class Keeper:\n    def __init__(self): self.rows: dict[str, Missing] = {}\nkeeper = Keeper()\n"
        "@app.post('/')\ndef add(x: str): keeper.rows[x] = refuse\nROUTEdef f(x: str): return keeper.rows[x](x)"
    ),
    "a store of functions": (
        "table: dict[str, typing.Callable] = {}\n@app.post('/')\ndef add(x: str): table[x] = refuse\n"
        "ROUTEdef f(x: str): return table[x](x)"
    ),
    "a store of anything": (
        "table: dict[str, Any] = {}\n@app.post('/')\ndef add(x: str): table[x] = refuse\n"
        "ROUTEdef f(x: str): return table[x](x)"
    ),
    "a store without a type": (
        "table = {}\n@app.post('/')\ndef add(x: str): table[x] = refuse\nROUTEdef f(x: str): return table[x](x)"
    ),
    "one of a list": ("ROUTEdef f(x: str, request: Request):\n    for take in request.app.state.takers: take(x)"),
    "the first of a list": (
        "ROUTEdef f(x: str, request: Request):\n    take, *_ = request.app.state.takers\n    return take(x)"
    ),
    "the next of a list": ("ROUTEdef f(x: str, request: Request):\n    return next(iter(request.app.state.takers))(x)"),
    "one that a table gets": ("ROUTEdef f(x: str, request: Request):\n    return request.app.state.table.get(x)(x)"),
    "one or another": ("ROUTEdef f(x: str, request: Request):\n    return (request.app.state.take or harmless)(x)"),
    "one of several": (
        "ROUTEdef f(x: str, request: Request):\n    return [take(x) for take in request.app.state.takers]"
    ),
    "an attribute that is asked for": (
        "ROUTEdef f(x: str, request: Request):\n    return getattr(request.app.state, 'take')(x)"
    ),
    "an item of the request's state": ("ROUTEdef f(x: str, request: Request):\n    return request.state.takers[0](x)"),
    "what a context manager hands out": (
        "ROUTEdef f(x: str, request: Request):\n    with request.app.state.take(x): return 1"
    ),
    "what the scope has": ("ROUTEdef f(x: str, request: Request):\n    return request.scope['app'].state.take(x)"),
    "a table": (
        "ROUTEdef f(x: str, request: Request):\n"
        "    table: dict[str, Any] = request.app.state.table\n    return table[x](x)"
    ),
    "a function": (
        "ROUTEdef f(x: str, request: Request):\n"
        "    take: typing.Callable[[str], Any] = request.app.state.take\n    return take(x)"
    ),
    "anything": ("ROUTEdef f(x: str, request: Request):\n    take: Any = request.app.state.take\n    return take(x)"),
    "a route class that puts something around the endpoint": (
        "class Own(routing.APIRoute):\n    def __init__(self, *args, **more):\n        super().__init__(*args, **more)\n"
        "        self.app = self.app\nrouter = APIRouter(route_class=Own)\n"
        "@router.get('/', responses={409: {}})\ndef f(x: str): return x\napp.include_router(router)"
    ),
    "an app whose middleware is found by another": (
        "app.build_middleware_stack = app.build_middleware_stack\nROUTEdef f(x: str): return x"
    ),
    "a subclass of the app's class that answers": (
        "class Own(FastAPI):\n    async def __call__(self, scope, receive, send): await super().__call__(scope, receive, send)\n"
        "app = Own()\nROUTEdef f(x: str): return x"
    ),
    "a subclass of the app's class that finds middleware": (
        "class Own(FastAPI):\n    def build_middleware_stack(self): return super().build_middleware_stack()\n"
        "app = Own()\nROUTEdef f(x: str): return x"
    ),
}


def _special(method: str, use: str) -> list[str]:
    box = f"class Box:\n    {method}\n"
    return [
        f"{box}ROUTEdef f(x: str):\n    box = Box()\n    {use}\n    return 1",
        f"{box}BOX = Box()\nROUTEdef f(x: str):\n    box = BOX\n    {use}\n    return 1",
        f"{box}def made() -> Box: return Box()\nROUTEdef f(x: str, box: Annotated[Box, Depends(made)]):\n    {use}\n    return 1",
    ]


def _cases() -> dict[str, str]:
    found = {f"validators: {label}": code for label, code in VALIDATORS.items()}
    for label, (method, use) in SPECIAL.items():
        for at, code in enumerate(_special(method, use)):
            found[f"special {at}: {label}"] = code
    for use in ("box.it", "box.it = x"):
        for at, code in enumerate(_special("", use)):
            found[f"descriptor {at}: {use}"] = DESCRIPTOR + code.partition("\n    \n")[2]
    for label, use in CALLBACKS.items():
        found[f"callbacks: {label}"] = (
            f"async def later(x): return CALL(x)\nROUTEasync def f(x: str):\n    {use}\n    return 1"
        )
    for group, codes in {"generators": GENERATORS, "promised": PROMISED}.items():
        found |= {f"{group}: {label}": code for label, code in codes.items()}
    return found


CALLING = _cases()
SILENT = {
    *(
        label
        for label in CALLING
        if label.endswith((": a method by a name that is computed", ": a method by way of a dict"))
    ),
    "special 1: each attribute",
    "callbacks: an executor",
    "callbacks: an executor of its own",
    "callbacks: the module's names",
    "callbacks: an import",
    "callbacks: a cache",
    "callbacks: a slot of exit",
    "callbacks: a class made inside",
    "callbacks: an inner decorator",
}
"""What may call anything, so that nothing is ever said."""


@pytest.mark.parametrize("code", CALLING.values(), ids=CALLING)
def test_what_is_called(code: str, tmp_path: Path) -> None:
    """Where it may answer with the status, that is no phantom."""
    assert [] == phantoms(code.replace("CALL", "refuse"), tmp_path)


@pytest.mark.parametrize("label", [label for label in CALLING if label not in SILENT])
def test_what_answers_with_another(label: str, tmp_path: Path) -> None:
    """Where it may only answer with another status, it is one."""
    assert [409] == phantoms(CALLING[label].replace("CALL", "other"), tmp_path)


@pytest.mark.parametrize("body", RAISED.values(), ids=RAISED)
def test_what_is_raised(body: str, tmp_path: Path) -> None:
    code = f"{FOR_RAISED}ROUTEdef f(x: str, response: Response):\n    {body}\n    return 1"
    assert [] == phantoms(code, tmp_path)


@pytest.mark.parametrize("code", HANDLED.values(), ids=HANDLED)
def test_what_is_handled(code: str, tmp_path: Path) -> None:
    assert [] == phantoms(code, tmp_path)


@pytest.mark.parametrize("code", ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_is_found_elsewhere(code: str, tmp_path: Path) -> None:
    assert [] == phantoms(code, tmp_path)


ADDING = "@app.post('/')\ndef add(key: str, value: str):\n    table[key] = made(value)\n"
KEPT = {
    "a text": ("str", "{}", "table[x] == 'gone'"),
    "a text beside others": ("str", "{'a': 'here'}", "table[x] == 'gone'"),
    "a text that a table gets": ("str", "{'a': 'here'}", "table.get(x) == 'gone'"),
    "a number": ("int", "{'a': 1}", "table[x] > 5"),
    "truth": ("bool", "{}", "table[x]"),
    "truth beside falsehood": ("bool", "{'a': False}", "table[x]"),
    "what is in a text": ("str", "{'a': 'here'}", "'gone' in table[x]"),
    "a member": ("Sheet", "{}", "table[x].gone"),
    "a member beside others": ("Sheet", "{'a': Sheet('')}", "table[x].gone"),
    "a member of what a table gets": ("Sheet", "{}", "(table.get(x) or Sheet('')).gone"),
    "a member's text": ("Sheet", "{'a': Sheet('')}", "table[x].name == 'gone'"),
    "a property": ("Sheet", "{}", "table[x].tag == '\"gone\"'"),
    "a list": ("list", "{'a': []}", "len(table[x]) > 3"),
    "one of all": ("str", "{}", "any(one == 'gone' for one in table.values())"),
    "a pair": ("str", "{}", "[one for key, one in table.items() if key == x and one == 'gone']"),
    "how many": ("str", "{}", "len(table) > 3"),
    "how many beside others": ("str", "{'a': 'here'}", "len(table) == 3"),
    "none but one": ("str", "{'a': 'here'}", "set(table) - {'a'}"),
}


@pytest.mark.parametrize(("made", "table", "condition"), KEPT.values(), ids=KEPT)
def test_what_requests_have_left(made: str, table: str, condition: str, tmp_path: Path) -> None:
    sheet = (
        "@dataclass\nclass Sheet:\n    name: str\n    gone: bool = False\n"
        "    @property\n    def tag(self): return f'\"{self.name}\"'\n"
    )
    code = f"{sheet}made = {made}\ntable = {table}\n{ADDING}ROUTEdef f(x: str):\n"
    code += (
        f"    if x not in table: raise HTTPException(404)\n    if {condition}: raise HTTPException(409)\n    return 1"
    )
    assert [] == phantoms(code, tmp_path)
    assert [] == phantoms(code.replace(f"if {condition}:", f"if not ({condition}):"), tmp_path)


BEGUN = {
    "a number": ("self.it = 0", "self.it += 1", "keeper.it > 2"),
    "a text": ("self.it = ''", "self.it = 'gone'", "keeper.it == 'gone'"),
    "truth": ("self.it = False", "self.it = True", "keeper.it"),
    "nothing": ("self.it = None", "self.it = Keeper()", "keeper.it"),
    "nothing, told apart": ("self.it = None", "self.it = Keeper()", "keeper.it is not None"),
    "a list": ("self.it = []", "self.it.append(1)", "keeper.it"),
    "how long a list is": ("self.it = []", "self.it.append(1)", "len(keeper.it) > 2"),
    "one of a list": ("self.it = []", "self.it.append(1)", "any(one > 2 for one in keeper.it)"),
    "a list of some": ("self.it = [1]", "self.it.append(5)", "keeper.it[-1] == 5"),
    "a table": ("self.it = {}", "self.it['a'] = 1", "x in keeper.it"),
    "what a table has": ("self.it = {}", "self.it['a'] = 1", "keeper.it.get(x)"),
    "a table of some": ("self.it = {'a': 1}", "self.it['b'] = 5", "x in keeper.it and x != 'a'"),
    "a set": ("self.it = set()", "self.it.add(1)", "keeper.it"),
    "a number with its type": ("self.it: int = 0", "self.it += 1", "keeper.it > 2"),
    "a list with its type": ("self.it: list[int] = []", "self.it.append(1)", "sum(keeper.it) > 2"),
}
HELD = {
    "by its type": "def held(request: Request) -> Keeper: return request.app.state.keeper",
    "as it is": "KEEPER = Keeper()\ndef held(): return KEEPER",
}


@pytest.mark.parametrize("held", HELD.values(), ids=HELD)
@pytest.mark.parametrize(("begun", "change", "condition"), BEGUN.values(), ids=BEGUN)
def test_what_an_object_that_is_there_may_hold_by_now(
    begun: str, change: str, condition: str, held: str, tmp_path: Path
) -> None:
    code = (
        f"class Keeper:\n    def __init__(self): {begun}\n    def more(self): {change}\n{held}\n"
        "@app.post('/')\ndef add(keeper: Annotated[Keeper, Depends(held)]): keeper.more()\n"
        f"ROUTEdef f(x: str, keeper: Annotated[Keeper, Depends(held)]):\n    if {condition}: raise HTTPException(409)\n"
        "    return 1"
    )
    assert [] == phantoms(code, tmp_path)
    assert [] == phantoms(code.replace(f"if {condition}:", f"if not ({condition}):"), tmp_path)


@pytest.mark.parametrize("held", HELD.values(), ids=HELD)
def test_what_an_object_that_is_there_holds_for_good(held: str, tmp_path: Path) -> None:
    code = (
        f"class Keeper:\n    def __init__(self): self.it = 0\n{held}\n"
        "ROUTEdef f(x: str, keeper: Annotated[Keeper, Depends(held)]):\n    if keeper.it: raise HTTPException(409)\n"
    )
    assert [409] == phantoms(code, tmp_path)


@pytest.mark.parametrize("code", UNSAID.values(), ids=UNSAID)
def test_what_may_be_anything(code: str, tmp_path: Path) -> None:
    assert [] == phantoms(code, tmp_path)


NAMED = {
    "in a table": "responses={409: {}}",
    "by a function": "responses=told(409, 404)",
    "in a table of a function's": "responses={200: {}, **told(409)}",
    "in two tables": "responses=told(404) | {409: {}}",
    "as a constant": "responses=told(status.HTTP_409_CONFLICT)",
}


@pytest.mark.parametrize("declaration", NAMED.values(), ids=NAMED)
def test_how_it_is_declared(declaration: str, tmp_path: Path) -> None:
    code = (
        f"def told(*many): return {{one: {{}} for one in many}}\n@app.get('/', {declaration})\ndef f(x: str): return x"
    )
    assert 409 in phantoms(code, tmp_path)


SHARED = {
    "a shared table": "SHARED = {409: {}}\n@app.get('/', responses=SHARED)\ndef f(x: str): return x",
    "a shared table in another": "SHARED = {409: {}}\n@app.get('/', responses={**SHARED})\ndef f(x: str): return x",
    "the router": "many = APIRouter(responses={409: {}})\n@many.get('/')\ndef f(x: str): return x\napp.include_router(many)",
    "where the router is included": (
        "many = APIRouter()\n@many.get('/')\ndef f(x: str): return x\napp.include_router(many, responses={409: {}})"
    ),
}


@pytest.mark.parametrize("code", SHARED.values(), ids=SHARED)
def test_what_no_operation_says_by_itself(code: str, tmp_path: Path) -> None:
    assert [] == phantoms(code, tmp_path)
