"""Documents that clients usually choke on, and packages of their models."""

import importlib
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from upheld.client.types import Types, Use, typed

FOLDER = Path(__file__).with_name("documents")
NAMES = sorted(path.stem for path in FOLDER.iterdir())
METHODS = ("get", "put", "post", "delete", "patch")


@cache
def document(name: str) -> dict[str, Any]:
    """Read a document of the corpus.

    Its own members: `x-samples`, values by component that the models take and give back; `x-refused`, those that they
    do not take; `x-annotations`, the types of some uses; `x-code`, what a caller writes.
    """
    path = next(FOLDER.glob(f"{name}.*"))
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def uses(document: dict[str, Any]) -> dict[str, Use]:
    """Return the places outside of the components that have schemas, by their names."""
    found: list[Use] = []
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if isinstance(operation := item.get(method), dict):
                hint = "".join(part.capitalize() for part in (method, *path.split("/")) if "{" not in part)
                found += _operation(operation, hint)
    return {use.hint: use for use in found}


def _operation(operation: dict[str, Any], hint: str) -> Iterator[Use]:
    for parameter in operation.get("parameters", ()):
        if "schema" in parameter:
            yield Use(schema=parameter["schema"], hint=f"{hint}{parameter['name'].capitalize()}", sends=True)
    for schema in _schemas(operation.get("requestBody", {})):
        yield Use(schema=schema, hint=f"{hint}Body", sends=True)
    answers = {status: list(_schemas(one)) for status, one in operation["responses"].items()}
    many = sum(map(len, answers.values())) > 1
    for status, schemas in answers.items():
        for schema in schemas:
            yield Use(schema=schema, hint=f"{hint}Response{status if many else ''}", sends=False)


def _schemas(body: dict[str, Any]) -> Iterator[Any]:
    yield from (media["schema"] for media in body.get("content", {}).values() if "schema" in media)


def types(document: dict[str, Any], name: str = "openapi") -> tuple[Types, dict[str, str]]:
    """Return the types of a document, and the annotation of each of its uses."""
    named = uses(document)
    made = typed(document, tuple(named.values()), Path(f"{name}.json"))
    return made, dict(zip(named, made.annotations, strict=True))


def write(folder: Path, made: Types, annotations: dict[str, str], code: Sequence[str] = ()) -> None:
    """Write a package of the models, with one module that names each type and one of what a caller writes."""
    folder.mkdir(parents=True)
    for name, text in made.files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "__init__.py").write_text("")
    (folder / "py.typed").write_text("")
    names = {**{f"use_{hint}": one for hint, one in annotations.items()}, **_numbered(made.classes)}
    members = [f"    {name}: {one}" for name, one in names.items()] or ["    pass"]
    head = ["from . import models", *made.imports] if "models." in "".join(names.values()) else list(made.imports)
    (folder / "uses.py").write_text("\n".join([*head, "", "", "class Uses:", *members, ""]), encoding="utf-8")
    lines = ["from . import models", "", "", "def call() -> None:", *(f"    {line}" for line in code)]
    (folder / "code.py").write_text("\n".join([*lines, "    assert models", ""]), encoding="utf-8")


def _numbered(classes: Any) -> dict[str, str]:
    return {f"class_{number}": one for number, one in enumerate(classes.values())}


@contextmanager
def imported(folder: Path) -> Iterator[ModuleType]:
    """Import the package in a folder, and forget it afterwards."""
    sys.path.insert(0, str(folder.parent))
    try:
        yield importlib.import_module(f"{folder.name}.models")
    finally:
        sys.path.remove(str(folder.parent))
        for name in [one for one in sys.modules if one.split(".")[0] == folder.name]:
            del sys.modules[name]


def dumped(value: Any) -> Any:
    """Return a value as JSON carries it."""
    return json.loads(json.dumps(value, default=str))
