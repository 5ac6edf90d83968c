"""A target that leads nowhere is answered with the nearest one that leads somewhere."""

import sys
from pathlib import Path

import pytest

from tests.contract.conftest import Project
from upheld.contract import ContractError, load
from upheld.contract.target import Target, target

APP = "from fastapi import FastAPI\n%s = FastAPI()\n"

WELL_FORMED = {
    "shop:app": Target(text="shop:app", module="shop", attribute="app", call=False),
    "shop.web:site.app": Target(text="shop.web:site.app", module="shop.web", attribute="site.app", call=False),
    " shop:make() ": Target(text="shop:make()", module="shop", attribute="make", call=True),
}


@pytest.mark.parametrize("text", WELL_FORMED)
def test_well_formed(text: str, tmp_path: Path) -> None:
    assert WELL_FORMED[text] == target(text, tmp_path)


MALFORMED = {
    "no attribute": ("shop", {"shop.py": APP % "api"}, "'shop' is no app", "shop:api"),
    "a path": ("web/shop.py:app", {}, "'web/shop.py:app' is no app", "web.shop:app"),
    "a path alone": ("./web/shop.py", {"web/shop.py": APP % "site"}, "'./web/shop.py' is no app", "web.shop:site"),
    "nothing": ("", {}, "'' is no app", "service.app:app"),
    "nonsense": ("a b:c d", {}, "'a b:c d' is no app", "service.app:app"),
    "arguments": ("shop:make(3)", {}, "'shop:make(3)' is no app", "service.app:app"),
}


@pytest.mark.parametrize(("text", "files", "seen", "advice"), MALFORMED.values(), ids=MALFORMED)
def test_malformed(project: Project, text: str, files: dict[str, str], seen: str, advice: str) -> None:
    for name, content in files.items():
        project.write(name, content)
    with pytest.raises(ContractError) as caught:
        target(text, project.root)
    assert f'{seen}, expected "module:app"; run "upheld check {advice}"' == str(caught.value)


def test_twice(project: Project) -> None:
    """A folder that is on the path already comes first, and once."""
    project.load("app = FastAPI()\n@app.get('/')\ndef a(): ...")
    sys.path.append(sys.path.pop(0))
    project.load("app = FastAPI()\n@app.get('/')\ndef a(): ...")
    assert [0] == [at for at, folder in enumerate(sys.path) if folder == str(project.root)]


def test_a_submodule_that_fails(project: Project) -> None:
    project.write("pkg/__init__.py", "")
    project.write("pkg/web.py", "import nothing_such\n")
    with pytest.raises(ContractError, match=r"^pkg:web\.app: importing pkg\.web raised .* \(pkg/web\.py:1\), expected"):
        load("pkg:web.app", root=project.root)
    with pytest.raises(ContractError, match=r"^pkg:api\.app: no api in pkg, expected a FastAPI app; run"):
        load("pkg:api.app", root=project.root)


NOT_FOUND = {
    "a slip": ("shp:app", {"shop2.py": APP % "app"}, 'run "upheld check shop2:app"'),
    "another name for the app": (
        "servce.web:app",
        {"service/web.py": APP % "site"},
        'run "upheld check service.web:site"',
    ),
    "a package left out": ("web:app", {"service/web.py": APP % "app"}, 'run "upheld check service.web:app"'),
    "quite another": (
        "nosuch:app",
        {"a.py": "", "deep/er/site.py": APP % "app"},
        'run "upheld check deep.er.site:app"',
    ),
    "src": (
        "service.web:app",
        {"src/service/web.py": APP % "app"},
        'it is in src/, so run "PYTHONPATH=src upheld check service.web:app"',
    ),
    "nothing at all": ("nosuch:app", {}, 'run "upheld check module:app" in the folder that holds the module'),
    "only in environments": (
        "nosuch:app",
        {".venv/lib/x.py": APP % "app", "env/x.py": APP % "app", "node_modules/x.py": APP % "app"},
        'run "upheld check module:app" in the folder that holds the module',
    ),
}


@pytest.mark.parametrize(("text", "files", "advice"), NOT_FOUND.values(), ids=NOT_FOUND)
def test_not_found(project: Project, text: str, files: dict[str, str], advice: str) -> None:
    for name, content in files.items():
        project.write(name, content)
    module = text.partition(":")[0]
    with pytest.raises(ContractError) as caught:
        load(text, root=project.root)
    expected = f"{text}: no module {module} below {project.root}, expected one to import; {advice}"
    assert expected == str(caught.value)
