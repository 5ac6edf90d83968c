"""Documents that clients usually choke on give models that import, that type checkers like, and that fit the values."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from tests.client.corpus import NAMES, document, imported, types, write
from upheld.schema import Judge

PREFIX = "corpus_"


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One package for each document, side by side."""
    folder = tmp_path_factory.mktemp("packages")
    for name in NAMES:
        made, annotations = types(document(name), name)
        write(folder / f"{PREFIX}{name}", made, annotations, document(name).get("x-code", "").splitlines())
    return folder


def test_many() -> None:
    assert len(NAMES) >= 25


@pytest.mark.parametrize("name", NAMES)
def test_deterministic(name: str) -> None:
    first, second = (types(document(name), name) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", NAMES)
def test_annotations(name: str) -> None:
    """Every component and every use has a type, and it is the one that the document is marked with."""
    made, annotations = types(document(name), name)
    assert list(document(name).get("components", {}).get("schemas", {})) == list(made.classes)
    assert {hint: annotations.get(hint) for hint in expected(name)} == expected(name)


def expected(name: str) -> dict[str, str]:
    marked: dict[str, str] = document(name).get("x-annotations", {})
    return marked


@pytest.mark.parametrize("name", NAMES)
def test_values(packages: Path, name: str) -> None:
    """What a schema allows is taken, and given back as it was; what it does not allow is refused where it is typed."""
    whole = document(name)
    made, _ = types(whole, name)
    judge = Judge(whole)
    with imported(packages / f"{PREFIX}{name}") as models:
        adapters = {
            component: TypeAdapter(getattr(models, one.removeprefix("models.")))
            for component, one in made.classes.items()
        }
        for component, values in whole.get("x-samples", {}).items():
            for value in values:
                assert judge.valid(reference(component), value) is not False or written(whole), (component, value)
                assert value == round_trip(adapters[component], value), component
        for component, values in whole.get("x-refused", {}).items():
            for value in values:
                assert judge.valid(reference(component), value) is not True
                with pytest.raises(ValidationError):
                    adapters[component].validate_json(json.dumps(value))


def reference(component: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{component.replace('~', '~0').replace('/', '~1')}"}


def written(whole: dict[str, Any]) -> bool:
    """Whether a document says who writes a member, which only a direction can judge."""
    return "readOnly" in str(whole)


def round_trip(adapter: TypeAdapter[Any], value: Any) -> Any:
    made = adapter.validate_json(json.dumps(value))
    assert made == adapter.validate_python(made)
    return json.loads(adapter.dump_json(made, by_alias=True, exclude_unset=True))


@pytest.mark.parametrize("name", [name for name in NAMES if "x-code" in document(name)])
def test_code(packages: Path, name: str) -> None:
    """What a caller writes works: members go by their names in Python, and out by those of the document."""
    with imported(packages / f"{PREFIX}{name}"):
        code = __import__(f"{PREFIX}{name}.code", fromlist=["call"])
        code.call()


@pytest.mark.slow
def test_checked(packages: Path) -> None:
    """Neither mypy nor pyright has anything to say, as strict as they can be."""
    mypy = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", *(f"{PREFIX}{name}" for name in NAMES)],
        cwd=packages, capture_output=True, text=True, check=False,
    )  # fmt: skip
    (packages / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
    pyright = subprocess.run(
        [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "--outputjson"],
        cwd=packages, capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = json.loads(pyright.stdout)["generalDiagnostics"]
    told = [f"{Path(one['file']).relative_to(packages)}: {one.get('rule')}: {one['message']}" for one in found]
    assert ("Success", []) == (mypy.stdout[:7] or mypy.stderr, told), mypy.stdout
