"""What a test imported from its folder is gone for the next one."""

import importlib
import sys
from pathlib import Path

import pytest

from tests.modules import forgotten

MODULES = {
    "a module": "passing.py",
    "a package": "passing/__init__.py",
    "a package without an `__init__.py`": "passing/main.py",
}


@pytest.mark.parametrize("name", MODULES.values(), ids=MODULES)
def test_forgotten(name: str, tmp_path: Path) -> None:
    """The next folder's module of the same name is imported."""
    for place in (tmp_path / "one", tmp_path / "other"):
        (place / name).parent.mkdir(parents=True)
        (place / name).write_text(f"place = {str(place)!r}\n", encoding="utf-8")
        with forgotten(place):
            sys.path.insert(0, str(place))
            module = importlib.import_module(name.removesuffix(".py").replace("/", ".").removesuffix(".__init__"))
            assert str(place) == module.place
            assert "passing" in sys.modules
        assert str(place) not in sys.path
        assert not [one for one in sys.modules if one.partition(".")[0] == "passing"]


def test_others_stay(tmp_path: Path) -> None:
    """What is imported from elsewhere meanwhile stays, also where that is a folder whose name begins alike."""
    beside = tmp_path / "shop_of_another"
    beside.mkdir()
    (beside / "beside_it.py").write_text("", encoding="utf-8")
    with forgotten(beside):
        with forgotten(tmp_path / "shop"):
            sys.path.insert(0, str(beside))
            importlib.import_module("beside_it")
        assert "beside_it" in sys.modules
    assert "beside_it" not in sys.modules
