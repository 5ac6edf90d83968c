"""Records are imported when they are asked for, from wherever they stand."""

import pkgutil
import subprocess
import sys

import pytest

from upheld import contract, model

PACKAGES = {"model": model, "contract": contract}


@pytest.mark.parametrize("name", model.__all__)
def test_each_record_is_there(name: str) -> None:
    assert getattr(model, name) is not None


@pytest.mark.parametrize("name", contract.__all__)
def test_each_part_of_the_contract_stage_is_there(name: str) -> None:
    assert getattr(contract, name) is not None


@pytest.mark.parametrize("package", PACKAGES)
def test_what_is_not_there(package: str) -> None:
    with pytest.raises(AttributeError, match=rf"^module 'upheld.{package}' has no attribute 'Nothing'$"):
        _ = PACKAGES[package].Nothing


def test_no_record_is_made_that_nobody_asks_for() -> None:
    code = (
        "import sys, upheld.model; upheld.model.Change; print(*sorted(m for m in sys.modules if 'upheld.model.' in m))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "upheld.model.change upheld.model.common" == done.stdout.strip()


def test_modules_are_all_of_them() -> None:
    assert sorted(model.MODULES) == sorted(module.name for module in pkgutil.iter_modules(model.__path__))
