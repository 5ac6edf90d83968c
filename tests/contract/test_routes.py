"""Each documented operation is matched with the route that serves it, wherever that stands."""

import cProfile
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from fastapi import FastAPI

from tests.contract.conftest import HEAD, Project
from upheld.contract import canonical, load, parse
from upheld.contract.routes import Routes

SERVED = {
    "a route": ("@app.get('/a/{x}')\ndef a(x: int): ...", {"GET /a/{x}": "shop.a"}),
    "an included router": (
        """
        from fastapi import APIRouter
        inner, outer = APIRouter(prefix='/in'), APIRouter(prefix='/out')
        @inner.get('/a')
        def a(): ...
        outer.include_router(inner)
        app.include_router(outer, prefix='/v1')
        app.include_router(outer, prefix='/v2')
        """,
        {"GET /v1/out/in/a": "shop.a", "GET /v2/out/in/a": "shop.a"},
    ),
    "other names for the path's parameters": (
        """
        @app.get('/a/{x}/b/{y}')
        def a(x: int, y: int): ...
        document('/a/{one}/b/{other}', 'get')
        """,
        {"GET /a/{one}/b/{other}": "shop.a"},
    ),
    "the first of two": (
        """
        @app.get('/a')
        def first(): ...
        @app.get('/a', operation_id='other')
        def second(): ...
        """,
        {"GET /a": "shop.first"},
    ),
    "a hidden route": (
        """
        @app.get('/a', include_in_schema=False)
        def a(): ...
        document('/a', 'get')
        """,
        {"GET /a": "shop.a"},
    ),
    "one path of a wider route": (
        """
        @app.get('/files/{path:path}')
        def files(path: str): ...
        document('/files/a/{name}', 'get')
        """,
        {"GET /files/a/{name}": "shop.files"},
    ),
    "a converter that refuses": (
        """
        from starlette.routing import Route
        def number(request): ...
        app.router.routes.append(Route('/a/{x:int}', number))
        document('/a/{x}', 'get')
        document('/a/words', 'get')
        """,
        {"GET /a/{x}": "shop.number", "GET /a/words": None},
    ),
    "nothing": ("document('/phantom', 'get')", {"GET /phantom": None}),
    "another method": ("@app.get('/a')\ndef a(): ...\ndocument('/a', 'post')", {"POST /a": None}),
    "a WebSocket": (
        """
        @app.websocket('/ws')
        async def ws(socket): ...
        document('/ws', 'get')
        """,
        {"GET /ws": None},
    ),
    "a plain Starlette route": (
        """
        @app.route('/plain') if hasattr(app, 'route') else (lambda f: f)
        def plain(request): ...
        if not any(getattr(one, 'path', '') == '/plain' for one in app.routes):
            app.add_route('/plain', plain)
        document('/plain', 'get')
        """,
        {"GET /plain": "shop.plain"},
    ),
    "an endpoint class": (
        """
        from starlette.endpoints import HTTPEndpoint
        class Thing(HTTPEndpoint):
            async def get(self, request): ...
        app.add_route('/thing', Thing)
        document('/thing', 'get')
        document('/thing', 'post')
        """,
        {"GET /thing": "shop.Thing.get", "POST /thing": None},
    ),
    "a mounted app": (
        """
        sub = FastAPI()
        @sub.get('/a/{x}')
        def a(x: int): ...
        app.mount('/sub', sub)
        document('/sub/a/{y}', 'get')
        document('/sub/b', 'get')
        """,
        {"GET /sub/a/{y}": "shop.a", "GET /sub/b": None},
    ),
    "a mounted app below a middleware and a router": (
        """
        from fastapi import APIRouter
        from starlette.applications import Starlette
        from starlette.routing import Route
        class Around:
            def __init__(self, app): self.app = app
            async def __call__(self, *args): await self.app(*args)
        def deep(request): ...
        router = APIRouter()
        router.mount('/m/{tenant}', Around(Starlette(routes=[Route('/deep', deep)])))
        app.include_router(router, prefix='/v1')
        document('/v1/m/{who}/deep', 'get')
        """,
        {"GET /v1/m/{who}/deep": "shop.deep"},
    ),
    "another framework": (
        """
        class Graph:
            async def __call__(self, scope, receive, send): ...
        app.mount('/graph', Graph())
        document('/graph/query', 'post')
        """,
        {"POST /graph/query": "shop.Graph.__call__"},
    ),
    "a host": (
        """
        sub = FastAPI()
        @sub.get('/a')
        def a(): ...
        app.host('api.example', sub)
        document('/a', 'get')
        """,
        {"GET /a": "shop.a"},
    ),
}

DOCUMENT = """
app = FastAPI()
extra = {}
def document(path, method):
    extra.setdefault(path, {})[method] = {"responses": {"200": {"description": "ok"}}, "operationId": path + method}
original = app.openapi
def openapi():
    document = original()
    return {**document, "paths": extra or document["paths"]}
app.openapi = openapi
"""


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # Starlette's own, for an old way that people still use
@pytest.mark.parametrize(("text", "expected"), SERVED.values(), ids=SERVED)
def test_served(project: Project, text: str, expected: dict[str, str | None]) -> None:
    project.write("documented.py", f"from fastapi import FastAPI\n{DOCUMENT}")
    project.write("shop.py", f"from documented import *\n{dedent(text)}")
    found = load("shop:app", root=project.root).contract.operations
    assert expected == {one.label: one.handler.qualname if one.handler else None for one in found}


SEVERAL = """
from fastapi import Form
app = FastAPI()
@app.api_route("/a", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def a(x: int = Form()): ...
@app.get("/b")
def b(): ...
"""


def test_several_methods(project: Project) -> None:
    """FastAPI names one operation id for all methods; here each has its own."""
    found = project.operations(SEVERAL)
    assert ["GET /a", "PUT /a", "POST /a", "DELETE /a", "PATCH /a", "GET /b"] == list(found)
    assert ["a_a_get", "a_a_put", "a_a_post", "a_a_delete", "a_a_patch", "b_b_get"] == [
        one.operation_id for one in found.values()
    ]
    body = found["POST /a"].body
    assert body is not None
    schema = body.content["application/x-www-form-urlencoded"].schema
    assert schema == {"$ref": "#/components/schemas/Body_a_a_delete"}
    assert all(one.generated is not None for one in found.values())


def test_own_operation_id(project: Project) -> None:
    """An id that the author gave stays, even where it stands twice."""
    text = "app = FastAPI()\n@app.api_route('/a', methods=['GET', 'PUT'], operation_id='x_get_it')\ndef a(): ..."
    assert {"x_get_it"} == {one.operation_id for one in project.operations(text).values()}


PRINT = """
from pathlib import Path
from upheld.contract import canonical, load
print(canonical(load("shop:app", root=Path.cwd()).contract.document))
"""


@pytest.mark.slow
def test_every_run(project: Project) -> None:
    """The document is the same to the byte whatever Python's hash seed."""
    text = canonical(project.load(SEVERAL).contract.document)
    for seed in ("0", "1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path.cwd())}
        done = subprocess.run(
            [sys.executable, "-c", PRINT], cwd=project.root, env=environment, capture_output=True, text=True, check=True
        )
        assert f"{text}\n" == done.stdout


MANY = """
app = FastAPI()
from pydantic import BaseModel, create_model
models = [create_model(f"Model{{at}}", a=(int, 1), b=(list[str], ...)) for at in range({many} // 3)]
for at in range({many}):
    def serve(x: int, body: models[at % len(models)], q: str = "a") -> models[at % len(models)]: ...
    serve.__name__ = f"serve_{{at}}"
    app.post(f"/r{{at}}/{{{{x}}}}")(serve)
"""


def _work(project: Project, many: int) -> int:
    """Return how many calls it takes to read an app of so many operations."""
    project.write(f"shop_{many}.py", HEAD + MANY.format(many=many))
    app = load(f"shop_{many}:app", root=project.root)
    assert many == len(app.contract.operations)
    assert isinstance(app.app, FastAPI)
    document = app.app.openapi()
    with cProfile.Profile() as profile:
        parse(document, app="shop:app", routes=Routes(app.app, project.root))
    return sum(entry.callcount for entry in profile.getstats())


def test_300_operations(project: Project) -> None:
    """The work grows with the operations, and not with their square."""
    assert _work(project, 300) < 11 * _work(project, 30)
