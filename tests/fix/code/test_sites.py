"""The call that makes a route is found, however it is written, and none where two could be meant."""

from pathlib import Path

import pytest

from tests.fix.projects import loaded, operation

HEAD = "from functools import partial\nfrom fastapi import APIRouter, FastAPI\n"

CASES: dict[str, tuple[str, str, int | None, str]] = {
    "a decorator": ("app = FastAPI()\n@app.get('/a/{b}')\ndef a(b: int): ...\n", "GET /a/{b}", 4, "app"),
    "the longest path of several": (
        "app = FastAPI()\n@app.get('/b')\n@app.get('/a/b')\ndef a(): ...\n",
        "GET /a/b",
        5,
        "app",
    ),
    "the method": ("app = FastAPI()\n@app.put('/a')\n@app.get('/a')\ndef a(): ...\n", "GET /a", 5, "app"),
    "several methods": (
        "app = FastAPI()\n@app.api_route('/a', methods=['GET', 'PUT'])\ndef a(): ...\n",
        "PUT /a",
        4,
        "app",
    ),
    "a router with a prefix": (
        "app = FastAPI()\nrouter = APIRouter(prefix='/shop')\n@router.get('')\ndef a(): ...\napp.include_router(router)\n",
        "GET /shop",
        5,
        "router",
    ),
    "a converter": ("app = FastAPI()\n@app.get('/a/{b:path}')\ndef a(b): ...\n", "GET /a/{b}", 4, "app"),
    "a constant": ("PATH = '/a'\napp = FastAPI()\n@app.get(PATH)\ndef a(): ...\n", "GET /a", 5, "app"),
    "a sum": ("V = '/v1'\napp = FastAPI()\n@app.get(V + '/a')\ndef a(): ...\n", "GET /v1/a", 5, "app"),
    "an f-string": ("V = '/v1'\napp = FastAPI()\n@app.get(f'{V}/a')\ndef a(): ...\n", "GET /v1/a", 5, "app"),
    "a partial that is added": (
        "app = FastAPI()\ndef a(office, b: int): ...\napp.add_api_route('/a', partial(a, 1), methods=['POST'])\n",
        "POST /a",
        5,
        "app",
    ),
    "added under two paths": (
        "app = FastAPI()\ndef a(): ...\napp.add_api_route('/a', a)\napp.add_api_route('/b', a)\n",
        "GET /b",
        6,
        "app",
    ),
    "a method": (
        (
            "app = FastAPI()\nclass A:\n    def a(self): ...\n    def add(self):\n"
            "        app.add_api_route('/a', self.a)\nA().add()\n"
        ),
        "GET /a",
        7,
        "app",
    ),
    "within a factory": (
        "def make():\n    app = FastAPI()\n    @app.get('/a')\n    def a(): ...\n    return app\napp = make()\n",
        "GET /a",
        5,
        "app",
    ),
    "what a call returns": (
        "app = FastAPI()\ndef make():\n    return partial(a, 1)\ndef a(office): ...\napp.add_api_route('/a', make())\n",
        "GET /a",
        7,
        "app",
    ),
    "what a call returns, by name": (
        (
            "app = FastAPI()\ndef make():\n    def a(): ...\n    return a\n"
            "app.add_api_route(path='/a', endpoint=make())\n"
        ),
        "GET /a",
        7,
        "app",
    ),
    "what a call returns, under another path": (
        (
            "app = FastAPI()\ndef make():\n    def a(): ...\n    return a\n"
            "for path in ('/a',):\n    app.add_api_route(path, make())\napp.add_api_route('/b', make())\n"
        ),
        "GET /a",
        None,
        "",
    ),
    "what a call returns, decorated": (
        "app = FastAPI()\ndef make():\n    def a(): ...\n    return a\napp.get('/a')(make())\n",
        "GET /a",
        7,
        "app",
    ),
    "a lambda": ("app = FastAPI()\napp.get('/a')(lambda: 1)\napp.get('/b')(lambda: 2)\n", "GET /a", 4, "app"),
    "a loop": (
        "app = FastAPI()\ndef a(): ...\nfor path in ('/a', '/b'):\n    app.add_api_route(path, a)\n",
        "GET /a",
        None,
        "",
    ),
    "two that could be meant": (
        (
            "def one():\n    def a(): ...\n    return a\ndef a(): ...\napp = FastAPI()\n"
            "app.add_api_route('/a', one())\nif not app:\n    app.add_api_route('/a', a)\n    app.add_api_route('/a', a)\n"
        ),
        "GET /a",
        None,
        "",
    ),
}


@pytest.mark.parametrize(("text", "label", "line", "owner"), CASES.values(), ids=CASES)
def test_site(text: str, label: str, line: int | None, owner: str, tmp_path: Path) -> None:
    with loaded(tmp_path, {"shop/main.py": HEAD + text}) as project:
        site = project.site(operation(project, label))
    assert line == (site.call.lineno if site is not None else None)
    assert owner == (site.owner if site is not None else "")


NESTED: dict[str, tuple[str, set[str]]] = {
    "its own": ("", {"GET /a"}),
    "those of a router that it includes": ("router.include_router(other)\n", {"GET /a", "GET /b"}),
    "those of one that is included there": (
        (
            "last = APIRouter()\n@last.get('/c')\ndef c(): ...\n"
            "other.include_router(router=last)\nrouter.include_router(other)\n"
        ),
        {"GET /a", "GET /b", "GET /c"},
    ),
    "nobody knows": ("router.include_router([other][0])\n", set()),
}


@pytest.mark.parametrize(("text", "labels"), NESTED.values(), ids=NESTED)
def test_sharers(text: str, labels: set[str], tmp_path: Path) -> None:
    routes = "@router.get('/a')\ndef a(): ...\n@other.get('/b')\ndef b(): ...\n"
    source = f"{HEAD}router = APIRouter()\nother = APIRouter()\n{routes}{text}"
    main = "from fastapi import FastAPI\nfrom shop.routes import router, other\napp = FastAPI()\n"
    main += "app.include_router(router)\napp.include_router(other)\n"
    with loaded(tmp_path, {"shop/main.py": main, "shop/routes.py": source}) as project:
        site = project.site(operation(project, "GET /a"))
        owner = project.owner(site) if site is not None else None
        assert owner is not None
        assert labels == project.sharers(owner[1])
