"""Apps are found however they are made; what is no app is told on one line."""

import pytest

from tests.contract.conftest import Project
from upheld.contract import ContractError

BOOKS = """
@app.get("/books")
def books() -> list[str]:
    return []
"""

FACTORY = f"""
def create_app(title: str = "Shop") -> FastAPI:
    app = FastAPI(title=title)
    {BOOKS.strip().replace(chr(10), chr(10) + "    ")}
    return app
"""

WRAPPER = """
class Wrapper:
    def __init__(self, inner):
        self.%s = inner
    async def __call__(self, scope, receive, send):
        await self.%s(scope, receive, send)
"""

FOUND = {
    "an app": (f"app = FastAPI(){BOOKS}", "shop:app"),
    "a dotted attribute": (f"class inside:\n    app = FastAPI()\napp = inside.app{BOOKS}", "shop:inside.app"),
    "a factory": (FACTORY, "shop:create_app"),
    "a called factory": (FACTORY, "shop:create_app()"),
    "a factory that is a class": (f"class Shop(FastAPI): pass\napp = Shop(){BOOKS}", "shop:app"),
    "a callable object": (
        f"{FACTORY}\nclass Maker:\n    def __call__(self): return create_app()\nmake = Maker()",
        "shop:make",
    ),
    "a subclass of FastAPI": (f"class Shop(FastAPI): pass\napp = Shop(){BOOKS}", "shop:app"),
    "a middleware around it": (f"app = FastAPI(){BOOKS}\n{WRAPPER % ('app', 'app')}\nasgi = Wrapper(app)", "shop:asgi"),
    "an unusual middleware": (
        f"app = FastAPI(){BOOKS}\n{WRAPPER % ('x', 'x')}\nasgi = Wrapper(Wrapper(app))",
        "shop:asgi",
    ),
    "a function around it": (
        (
            f"app = FastAPI(){BOOKS}\n"
            "def around(inner):\n    async def asgi(scope, receive, send): await inner(scope, receive, send)\n"
            "    return asgi\nasgi = around(app)"
        ),
        "shop:asgi",
    ),
    "a factory of a wrapped app": (
        f"{FACTORY}\n{WRAPPER % ('app', 'app')}\ndef make(): return Wrapper(create_app())",
        "shop:make",
    ),
    "no openapi_url": (f"app = FastAPI(openapi_url=None){BOOKS}", "shop:app"),
    "servers": (f"app = FastAPI(servers=[{{'url': 'https://shop.example/v1'}}]){BOOKS}", "shop:app"),
    "schemas shared": (f"app = FastAPI(separate_input_output_schemas=False){BOOKS}", "shop:app"),
    "OpenAPI 3.0": (f"app = FastAPI()\napp.openapi_version = '3.0.3'{BOOKS}", "shop:app"),
}


@pytest.mark.parametrize(("text", "target"), FOUND.values(), ids=FOUND)
def test_found(project: Project, text: str, target: str) -> None:
    app = project.load(text, target)
    assert [operation.label for operation in app.contract.operations] == ["GET /books"]
    assert callable(app.asgi)
    assert (app.root, app.contract.app) == (project.root.resolve(), target)


def test_outside(project: Project) -> None:
    """The wrapped app is called from outside."""
    app = project.load(*FOUND["a middleware around it"])
    assert type(app.asgi).__name__ == "Wrapper"


def test_a_submodule(project: Project) -> None:
    project.write("pkg/__init__.py", "")
    project.write("pkg/web.py", f"from fastapi import FastAPI\napp = FastAPI(){BOOKS}")
    assert project.load("", "pkg:web.app").contract.operations


def test_cached_document(project: Project) -> None:
    """What `openapi()` returns is the app's own, and stays as it is."""
    project.load(
        """
        import copy
        app = FastAPI()
        @app.api_route("/a", methods=["GET", "POST"])
        def a(): ...
        class Odd(dict): ...
        def openapi():
            return document
        import warnings
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            document = app.openapi()
        before = copy.deepcopy(document)
        app.openapi = openapi
        """
    )
    import shop  # type: ignore[import-not-found]  # noqa: PLC0415  # written above

    assert shop.before == shop.document


ONE = 'or a factory of one; run "upheld check module:app" with one'

NOTHING = 'shop:nothing: no nothing in shop, expected a FastAPI app; run "upheld check shop:app"'

REFUSED = {
    "a name that is nothing": ("", "shop:nothing", NOTHING),
    "the app's real name": (
        "api = FastAPI()",
        "shop:app",
        'shop:app: no app in shop, expected the FastAPI app api; run "upheld check shop:api"',
    ),
    "a name near it": (
        "def openshop(): ...",
        "shop:open_shop",
        'shop:open_shop: no open_shop in shop, expected a name near it, openshop; run "upheld check shop:openshop"',
    ),
    "a factory by its name": (
        "def create_app(): ...",
        "shop:app",
        'shop:app: no app in shop, expected a factory, create_app; run "upheld check shop:create_app"',
    ),
    "a factory by its annotation": (
        "def bookshop() -> FastAPI: ...",
        "shop:app",
        'shop:app: no app in shop, expected a factory, bookshop; run "upheld check shop:bookshop"',
    ),
    "a number": (
        "app = 3",
        "shop:app",
        "shop:app: app is an int, expected a FastAPI app " + ONE,
    ),
    "a module": (
        "import json as app",
        "shop:app",
        "shop:app: app is the module json, expected a FastAPI app " + ONE,
    ),
    "None": (
        "app = None",
        "shop:app",
        'shop:app: no app in shop, expected a FastAPI app; run "upheld check shop:app"',
    ),
    "a Starlette app": (
        "from starlette.applications import Starlette\napp = Starlette()",
        "shop:app",
        "shop:app: app is a Starlette, expected a FastAPI app " + ONE,
    ),
    "a bare ASGI app": (
        "async def app(scope, receive, send): ...",
        "shop:app",
        "shop:app: app is the function app, expected a FastAPI app " + ONE,
    ),
    "a factory with arguments": (
        "def make(settings, *, debug): ...",
        "shop:make",
        (
            "shop:make: make needs arguments (settings, debug), expected a factory that takes none; "
            'run "upheld check module:app" with one'
        ),
    ),
    "an async factory": (
        "async def make(): return FastAPI()",
        "shop:make",
        (
            "shop:make: make is an async function, expected a plain function that returns the app; "
            'run "upheld check module:app" with one'
        ),
    ),
    "a factory of something else": (
        "def make(): return 'app'",
        "shop:make",
        "shop:make: make is a str, expected a FastAPI app " + ONE,
    ),
    "a factory that raises": (
        "def make():\n    raise ValueError('no\\n  key')",
        "shop:make",
        (
            "shop:make: make() raised ValueError: no key (shop.py:3), expected a FastAPI app; "
            "run \"python -c 'from shop import make as it; it()'\" to see the whole traceback"
        ),
    ),
    "a factory that exits": (
        "import sys\ndef make():\n    sys.exit('bye')",
        "shop:make()",
        (
            "shop:make(): make() raised SystemExit: bye (shop.py:4), expected a FastAPI app; "
            "run \"python -c 'from shop import make as it; it()'\" to see the whole traceback"
        ),
    ),
    "an app that is called": (
        "app = 3",
        "shop:app()",
        'shop:app(): app is an int, which cannot be called, expected a factory; run "upheld check module:app" with one',
    ),
    "an import that raises": (
        "def start():\n    raise RuntimeError('no database')\nstart()",
        "shop:app",
        (
            "shop:app: importing shop raised RuntimeError: no database (shop.py:3), expected an import without errors; "
            "run \"python -c 'import shop'\" to see the whole traceback"
        ),
    ),
    "an import that exits": (
        "raise SystemExit(3)",
        "shop:app",
        (
            "shop:app: importing shop raised SystemExit: 3 (shop.py:2), expected an import without errors; "
            "run \"python -c 'import shop'\" to see the whole traceback"
        ),
    ),
    "an import that skips a test": (
        "class Skipped(BaseException): ...\nraise Skipped('not today')",
        "shop:app",
        (
            "shop:app: importing shop raised Skipped: not today (shop.py:3), expected an import without errors; "
            "run \"python -c 'import shop'\" to see the whole traceback"
        ),
    ),
    "a syntax error": (
        "def (:",
        "shop:app",
        (
            "shop:app: importing shop raised SyntaxError: invalid syntax (shop.py:2), "
            "expected an import without errors; run \"python -c 'import shop'\" to see the whole traceback"
        ),
    ),
    "a missing dependency": (
        "import nothing_such",
        "shop:app",
        (
            "shop:app: importing shop raised ModuleNotFoundError: No module named 'nothing_such' (shop.py:2), "
            "expected an import without errors; run \"python -c 'import shop'\" to see the whole traceback"
        ),
    ),
    "openapi() that raises": (
        "app = FastAPI()\ndef openapi():\n    return {}['paths']\napp.openapi = openapi",
        "shop:app",
        (
            "shop:app: openapi() raised KeyError: 'paths' (shop.py:4), expected an OpenAPI document; "
            "run \"python -c 'import shop; shop.app.openapi()'\" to see the whole traceback"
        ),
    ),
    "openapi() that returns no dict": (
        "app = FastAPI()\ndef openapi():\n    return '{}'\napp.openapi = openapi",
        "shop:app",
        "shop:app: openapi() returned a str (shop.py:3), expected a dict; return the document from it",
    ),
    "a document without a version": (
        "app = FastAPI()\napp.openapi = lambda: {'paths': {}}",
        "shop:app",
        'shop:app: no openapi version, expected 3.x; write a new one with "upheld export"',
    ),
    "a document that is not valid": (
        "app = FastAPI()\napp.openapi = lambda: {'openapi': '3.1.0', 'info': {'title': 3, 'version': '1'}}",
        "shop:app",
        'shop:app: 3 is not of type "string" at #/info/title, expected OpenAPI 3.1; mend it and run "upheld export"',
    ),
    "a document with NaN": (
        "app = FastAPI()\napp.openapi = lambda: {'openapi': '3.1.0', 'x-n': float('nan')}",
        "shop:app",
        "the document holds nan at /x-n, expected a number that JSON can say; mend that value",
    ),
}


@pytest.mark.parametrize(("text", "target", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(project: Project, text: str, target: str, message: str) -> None:
    with pytest.raises(ContractError) as caught:
        project.load(text, target)
    assert message == str(caught.value)


def test_long_message(project: Project) -> None:
    """A settings error of many lines stays one line."""
    with pytest.raises(ContractError) as caught:
        project.load("raise ValueError('field required\\n' * 100)")
    assert "\n" not in str(caught.value)
    assert "… (shop.py:2)" in str(caught.value)
    assert len(str(caught.value)) < 500


def test_interrupt(project: Project) -> None:
    with pytest.raises(KeyboardInterrupt):
        project.load("raise KeyboardInterrupt")


def test_fault_below_a_library(project: Project) -> None:
    """The line told is the project's own, not the library's that raised."""
    with pytest.raises(ContractError, match=r"JSONDecodeError: .* \(shop\.py:3\)"):
        project.load("import json\njson.loads('{')")
