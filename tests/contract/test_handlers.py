"""The handler is the function that its author wrote, and its members are what FastAPI parses for it."""

import functools
import json
from typing import Any

import pytest
from fastapi.dependencies import utils

from tests.contract.conftest import Project
from upheld.contract import routes
from upheld.contract.handlers import handler, unwrapped
from upheld.model import Location

PLACES = {
    "a function": ("@app.get('/')\ndef a(): ...", "shop.a", 4, "def a(): ..."),
    "decorators over several lines": (
        "@app.get(\n    '/',\n    summary='def a()',\n)\nasync def a(\n) -> None: ...",
        "shop.a",
        7,
        "async def a(",
    ),
    "functools.wraps": (
        """
        import functools
        def log(function):
            @functools.wraps(function)
            def wrapper(*args, **kwargs):
                return function(*args, **kwargs)
            return wrapper
        @app.get("/")
        @log
        def a(): ...
        """,
        "shop.a",
        12,
        "def a(): ...",
    ),
    "a decorator without wraps": (
        """
        def log(function):
            def wrapper(x: int):
                return function(x)
            return wrapper
        @app.get("/")
        @log
        def a(): ...
        """,
        "shop.log.<locals>.wrapper",
        5,
        "def wrapper(x: int):",
    ),
    "a partial": (
        "import functools\ndef a(x: int, y: int): ...\napp.get('/', name='a')(functools.partial(a, y=1))",
        "shop.a",
        4,
        "def a(x: int, y: int): ...",
    ),
    "a callable object": (
        """
        class Serve:
            def __call__(self, x: int): ...
        app.get("/", name="serve")(Serve())
        """,
        "shop.Serve.__call__",
        5,
        "def __call__(self, x: int): ...",
    ),
    "a bound method": (
        """
        class Books:
            def find(self, x: int): ...
        app.get("/")(Books().find)
        """,
        "shop.Books.find",
        5,
        "def find(self, x: int): ...",
    ),
    "a class": (
        """
        class Page:
            def __init__(self, x: int): ...
        app.get("/", response_model=None)(Page)
        """,
        "shop.Page",
        4,
        "class Page:",
    ),
    "a lambda": ("app.get('/')(lambda: 1)", "shop.<lambda>", 3, "app.get('/')(lambda: 1)"),
    "a function of another file": (
        "from web.pages import a\napp.get('/')(a)",
        "web.pages.a",
        1,
        "def a(): ...",
    ),
}


@pytest.mark.parametrize(("text", "qualname", "line", "code"), PLACES.values(), ids=PLACES)
def test_place(project: Project, text: str, qualname: str, line: int, code: str) -> None:
    project.write("web/pages.py", "def a(): ...\n")
    text = "app = FastAPI()\n" + text if text.startswith("\n") else f"app = FastAPI()\n{text}"
    found = project.operations(dedented(text))["GET /"].handler
    assert found is not None
    path = "web/pages.py" if qualname.startswith("web") else "shop.py"
    assert found.qualname == qualname
    assert (
        Location(path=path, line=line, code=code, qualname=qualname.removeprefix("shop.").removeprefix("web.pages."))
        == found.location
    )


def dedented(text: str) -> str:
    head, _, rest = text.partition("\n")
    lines = rest.split("\n")
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join([head, *(line[indent:] for line in lines)])


def test_library(project: Project) -> None:
    """A function of a library is shown by its whole path, one written in C has no line."""
    found = handler(json.loads, project.root).location
    assert found is not None
    assert (json.__file__, "def loads") == (found.path, found.code[:9])
    builtin = handler(len, project.root)
    assert ("builtins.len", None) == (builtin.qualname, builtin.location)


def test_circle() -> None:
    def wrapper() -> None: ...

    wrapper.__wrapped__ = wrapper  # type: ignore[attr-defined]  # what a careless decorator leaves
    assert unwrapped(wrapper) is wrapper


def one() -> int:
    return 1


@functools.cache
def decorated() -> int:
    return 1


class Callable_:  # noqa: N801 - a callable
    def __call__(self) -> int:
        return 1

    def method(self) -> int:
        return 2

    @staticmethod
    def static() -> int:
        return 3


BEHIND: dict[str, tuple[Any, Any]] = {
    "a function": (one, one),
    "a partial": (functools.partial(functools.partial(one)), one),
    "a wrapper": (decorated, decorated.__wrapped__),
    "an instance that can be called": (Callable_(), Callable_.__call__),
    "a bound method": (Callable_().method, Callable_.method),
    "a static method": (Callable_.static, Callable_.static),
    "a class": (Callable_, Callable_),
    "nothing that can be called": (7, 7),
}


@pytest.mark.parametrize(("endpoint", "function"), BEHIND.values(), ids=BEHIND)
def test_unwrapped(endpoint: Any, function: Any) -> None:
    assert function == unwrapped(endpoint)


HEAD = """
from typing import Annotated
from fastapi import Body, Cookie, Depends, File, Form, Header, Path, Query, UploadFile
from pydantic import BaseModel, Field
class Book(BaseModel):
    title: str
class Paging(BaseModel):
    page_size: Annotated[int, Field(le=100)] = 10
    after: str | None = Field(None, alias="from")
app = FastAPI()
"""

MEMBERS = {
    "a path's": ("def a(x: Annotated[int, Path(ge=1)]): ...", ["path x int"]),
    "bare types": (
        "def a(x: int, q: Annotated[list[str], Query(min_length=1)] = []): ...",
        ["path x int", "query q list[str]"],
    ),
    "names on the wire": (
        "def a(x: int, x_key: Annotated[str, Header()], q: int = Query(1, alias='Q'), c: str = Cookie('')): ...",
        ["path x int", "query Q int", "header x-key str", "cookie c str"],
    ),
    "dependencies": (
        (
            "def inner(q: int): ...\ndef outer(x: int, page: bool = False, i=Depends(inner)): ...\n"
            "def a(x: int, o=Depends(outer), again=Depends(inner)): ..."
        ),
        ["path x int", "query page bool", "query q int"],
    ),
    "a parameter model": (
        "def a(x: int, p: Annotated[Paging, Query()]): ...",
        ["path x int", "query page_size int", "query from str | None"],
    ),
    "a header model": (
        "def a(x: int, p: Annotated[Paging, Header()]): ...",
        ["path x int", "header page-size int", "header from str | None"],
    ),
    "a header model as it is": (
        "def a(x: int, p: Annotated[Paging, Header(convert_underscores=False)]): ...",
        ["path x int", "header page_size int", "header from str | None"],
    ),
    "an optional parameter model": (
        "def a(x: int, p: Annotated[Paging | None, Query()] = None): ...",
        ["path x int", "query page_size int", "query from str | None"],
    ),
    "a value in JSON": (
        "from pydantic import Json\ndef a(x: int, p: Annotated[Json[Paging], Query()]): ...",
        ["path x int", "query p shop.Paging"],
    ),
    "alternative names": (
        (
            "from pydantic import AliasChoices\n"
            "def a(x: int, q: Annotated[int, Query(validation_alias=AliasChoices('b', 'c'))]): ..."
        ),
        ["path x int", "query b int"],
    ),
    "one name asked for twice": (
        "def inner(q: int): ...\ndef a(x: int, q: int, i=Depends(inner)): ...",
        ["path x int", "query q int"],
    ),
    "a body": ("def a(x: int, book: Book): ...", ["path x int", "body  shop.Book"]),
    "a list": ("def a(x: int, books: list[Book]): ...", ["path x int", "body  list[shop.Book]"]),
    "an optional body": ("def a(x: int, book: Book | None = None): ...", ["path x int", "body  shop.Book | None"]),
    "an embedded body": (
        "def a(x: int, book: Annotated[Book, Body(embed=True)], n: Annotated[int, Body(ge=1)]): ...",
        ["path x int", "body book shop.Book", "body n int"],
    ),
    "a form": (
        "def a(x: int, name: Annotated[str, Form(alias='Name')], up: UploadFile): ...",
        ["path x int", "body Name str", "body up fastapi.datastructures.UploadFile"],
    ),
    "a form model": ("def a(x: int, p: Annotated[Paging, Form()]): ...", ["path x int", "body  shop.Paging"]),
    "a form model and more": (
        "def a(x: int, p: Annotated[Paging, Form()], name: Annotated[str, Form()]): ...",
        ["path x int", "body page_size int", "body from str | None", "body name str"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), MEMBERS.values(), ids=MEMBERS)
def test_members(project: Project, text: str, expected: list[str]) -> None:
    found = project.operations(f"{HEAD}{text}\napp.post('/{{x}}')(a)")["POST /{x}"].handler
    assert found is not None
    seen = []
    for one in found.members:
        fields = getattr(one.annotation, "model_fields", {})
        if one.location == "body" and getattr(one.annotation, "__module__", "") != "shop" and fields:
            seen += [f"body {field.alias or name} {spelled(field.annotation)}" for name, field in fields.items()]
        else:
            seen.append(f"{one.location} {one.name} {spelled(one.annotation)}")
    assert expected == seen


def test_members_of_another_release(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without FastAPI's private helper the usual names are found all the same."""
    monkeypatch.setattr(utils, "_get_param_aliases", None)
    text = "def a(x: int, p: Annotated[Paging, Header()], q: int = Query(1, alias='Q')): ...\napp.get('/{x}')(a)"
    monkeypatch.setattr(routes, "generate", lambda _: None)
    found = project.operations(HEAD + text.replace("app.get('/{x}')(a)", DOCUMENTED))["GET /{x}"].handler
    assert found is not None
    assert ["x", "Q", "page-size", "from"] == [one.name for one in found.members]


DOCUMENTED = """app.get('/{x}')(a)
app.openapi = lambda: {
    'openapi': '3.1.0', 'info': {'title': 't', 'version': '1'},
    'paths': {'/{x}': {'get': {'responses': {'200': {'description': 'ok'}}}}},
}"""


def spelled(annotation: object) -> str:
    if isinstance(annotation, type) and not hasattr(annotation, "__args__"):
        name = annotation.__name__
        return name if annotation.__module__ == "builtins" else f"{annotation.__module__}.{name}"
    return str(annotation).removeprefix("typing.")
