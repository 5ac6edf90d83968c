"""Uses get the types of their schemas; what no type can be made of stops nothing; and nothing depends on chance."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.client.corpus import NAMES, imported, write
from upheld.client import generated
from upheld.client.types import Types, Use, typed

BOOK = {"$ref": "#/components/schemas/Book"}
SCHEMAS: dict[str, Any] = {
    "Book": {"type": "object", "required": ["title"], "properties": {"title": {"type": "string"}}},
    "Cat": {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "cat"}}},
    "Dog": {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "dog"}}},
}
PETS = {
    "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
    "discriminator": {"propertyName": "kind"},
}

USES: dict[str, tuple[Any, str, tuple[str, ...]]] = {
    "a class": (BOOK, "models.Book", ()),
    "a class or null": ({"anyOf": [BOOK, {"type": "null"}]}, "models.Book | None", ()),
    "a list": ({"type": "array", "items": BOOK, "maxItems": 3}, "list[models.Book]", ()),
    "a map": ({"type": "object", "additionalProperties": BOOK}, "dict[str, models.Book]", ()),
    "any map": ({"type": "object"}, "dict[str, Any]", ("from typing import Any",)),
    "anything": ({}, "Any", ("from typing import Any",)),
    "true": (True, "Any", ("from typing import Any",)),
    "nothing": (False, "Any", ("from typing import Any",)),
    "null": ({"type": "null"}, "None", ()),
    "a bounded integer or null": ({"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]}, "int | None", ()),
    "a date or null": ({"type": ["string", "null"], "format": "date"}, "date | None", ("from datetime import date",)),
    "a date and time": ({"type": "string", "format": "date-time"}, "AwareDatetime", ("from pydantic import AwareDatetime",)),
    "times": (
        {"anyOf": [{"type": "string", "format": "time"}, {"type": "string", "format": "duration"}]},
        "time | timedelta", ("from datetime import time, timedelta",),
    ),
    "an id": ({"type": "string", "format": "uuid"}, "UUID", ("from uuid import UUID",)),
    "bytes": ({"type": "string", "format": "binary"}, "bytes", ()),
    "a decimal": (
        {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^(?!^[-+.]*$)[+-]?0*\d*\.?\d*$"}]},
        "Decimal", ("from decimal import Decimal",),
    ),
    "a constant": ({"const": "it's"}, 'Literal["it\'s"]', ("from typing import Literal",)),
    "an enum": ({"enum": ["a", 1, None]}, 'Literal["a", 1] | None', ("from typing import Literal",)),
    "a quote": ({"enum": ['"']}, "Literal['\"']", ("from typing import Literal",)),
    "a truth beside integers": ({"enum": [True, 1, 2]}, "bool | int", ()),
    "a pair": (
        {"type": "array", "prefixItems": [{"type": "string"}, BOOK], "minItems": 2, "maxItems": 2},
        "tuple[str, models.Book]", (),
    ),
    "an object": ({"type": "object", "properties": {"a": {"type": "integer"}}}, "models.Hint", ()),
    "objects": (
        {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "integer"}}}},
        "list[models.HintItem]", (),
    ),
    "tagged": (
        PETS, 'Annotated[models.Cat | models.Dog, Field(discriminator="kind")]',
        ("from pydantic import Field", "from typing import Annotated"),
    ),
    "out of the document": ({"$ref": "other.yaml#/Book"}, "Any", ("from typing import Any",)),
}  # fmt: skip


@pytest.mark.parametrize(("schema", "annotation", "imports"), USES.values(), ids=USES)
def test_use(schema: Any, annotation: str, imports: tuple[str, ...]) -> None:
    made = models(SCHEMAS, Use(schema=schema, hint="Hint", sends=False))
    assert (annotation,) == made.annotations
    assert imports == made.imports
    assert {"Book": "models.Book", "Cat": "models.Cat", "Dog": "models.Dog"} == made.classes
    assert {"Book", "Cat", "Dog"} <= set(made.public)


def models(schemas: dict[str, Any], *uses: Use) -> Types:
    document = {"openapi": "3.1.0", "paths": {}, "components": {"schemas": schemas}}
    return typed(document, uses, Path("openapi.json"))


def test_names_are_stable() -> None:
    """What else a document holds does not change how a class written in place is called."""
    inner = {"type": "object", "properties": {"kind": {"type": "object", "properties": {"a": {"type": "string"}}}}}
    alone, beside = (models(schemas) for schemas in ({"Job": inner}, {"Aaa": inner, "Job": inner}))
    assert ["Job", "JobKind"] == list(alone.public)
    assert ["Aaa", "AaaKind", "Job", "JobKind"] == list(beside.public)


def test_one_class_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """A class that cannot be made is anything, and says why; those that need it are made all the same."""
    written = generated._written

    def broken(schemas: dict[str, Any], name: str) -> str:
        text = written(schemas, name)
        return text.replace("class Cat(BaseModel):", "class Cat(BaseModel, metaclass=int):")

    monkeypatch.setattr(generated, "_written", broken)
    owner = {"type": "object", "properties": {"cat": {"$ref": "#/components/schemas/Cat"}}}
    text = models({**SCHEMAS, "Owner": owner}).files["models.py"]
    assert "class Book(BaseModel):" in text
    assert "class Owner(BaseModel):\n    cat: Cat | None = None" in text
    assert "No type could be made of it: TypeError: " in text


@pytest.mark.slow
def test_long_chains(tmp_path: Path) -> None:
    """Models that need each other in a longer chain than Python follows by itself are imported all the same."""
    ring = {
        f"Link{at}": {"type": "object", "properties": {"next": {"$ref": f"#/components/schemas/Link{(at + 1) % 150}"}}}
        for at in range(150)
    }
    made = models(ring)
    assert "sys.setrecursionlimit(_LIMIT)" in made.files["models.py"]
    write(tmp_path / "ring", made, {})
    limit = sys.getrecursionlimit()
    with imported(tmp_path / "ring") as module:
        link = module.Link0.model_validate({"next": {"next": {}}})
    assert {"next": {"next": {}}} == link.model_dump(exclude_unset=True)
    assert limit == sys.getrecursionlimit()


PRINT = """
import json, sys
from tests.client.corpus import NAMES, document, types
print(json.dumps([types(document(name))[0].files for name in sys.argv[1:]]))
"""


@pytest.mark.slow
def test_hash_seeds() -> None:
    made = [
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", PRINT, *NAMES],
            env={**os.environ, "PYTHONPATH": str(Path.cwd()), "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert json.loads(made[0]) == json.loads(made[1])
