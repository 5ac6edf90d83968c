"""A text is found where the project's own code writes it, in the place that says most."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from upheld.model import Location
from upheld.source import mention

KEY = 'paths = {\n    "/gone": {},\n}\n'
READ = 'first = "/gone"\nprint("/gone")\n'
CASES: dict[str, tuple[dict[str, str], Location | None]] = {
    "a key": ({"shop.py": KEY}, Location(path="shop.py", line=2, code='"/gone": {},')),
    "an assignment's target": (
        {"shop.py": 'x = {}\nx["/gone"] = 1\nprint("/gone")\n'},
        Location(path="shop.py", line=2, code='x["/gone"] = 1'),
    ),
    "the last that is written": (
        {"shop.py": f'{KEY}paths["/gone"] = 2\nprint("/gone")\n'},
        Location(path="shop.py", line=4, code='paths["/gone"] = 2'),
    ),
    "the last that is read": ({"shop.py": READ}, Location(path="shop.py", line=2, code='print("/gone")')),
    "a key in one file before a text in another": (
        {"a.py": KEY, "shop/b.py": READ},
        Location(path="a.py", line=2, code='"/gone": {},'),
    ),
    "below": ({"shop/deep/a.py": KEY}, Location(path="shop/deep/a.py", line=2, code='"/gone": {},')),
    "not at all": ({"shop.py": 'x = "/gone/too"\n'}, None),
    "in a library": ({"site-packages/lib.py": KEY}, None),
    "in a file that is none any more": ({"shop.py": "x = (\n"}, None),
    "in another language": ({"shop.so": KEY}, None),
    "merged into a dict": (
        {"shop.py": 'x = {**y, "/gone": 1}\n'},
        Location(path="shop.py", line=1, code='x = {**y, "/gone": 1}'),
    ),
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Project":
    return Project(tmp_path, monkeypatch)


class Project:
    """A folder of modules that count as imported."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self._monkeypatch = monkeypatch

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.imported(name, str(path))

    def imported(self, name: str, file: object) -> None:
        module = ModuleType(name)
        module.__file__ = file  # type: ignore[assignment]  # whatever a module says
        self._monkeypatch.setitem(sys.modules, f"literals:{name}", module)


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES)
def test_mention(project: Project, files: dict[str, str], expected: Location | None) -> None:
    for name, text in files.items():
        project.write(name, text)
    assert expected == mention("/gone", project.root)


def test_modules_that_are_no_files_of_the_project(project: Project, tmp_path: Path) -> None:
    project.imported("missing", str(tmp_path / "missing.py"))
    project.imported("odd", 7)
    project.imported("none", None)
    (tmp_path / "unread.py").write_text(KEY, encoding="utf-8")
    assert None is mention("/gone", project.root)
