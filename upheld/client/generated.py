"""The module that datamodel-code-generator writes, tried out before anybody relies on it."""

import ast
import importlib.util
import json
import re
import sys
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from upheld.client.identifiers import class_name, free, member_names
from upheld.client.settle import objects, references

STYLE = "[tool.black]\nline-length = 120\nskip-string-normalization = false\n"
"""How the code is laid out, told by a file of ours: else the generator reads the pyproject.toml of whoever calls."""

_BY_NAME = "        validate_by_name=True,\n"
_TRIED = "upheld_client_models_on_trial"
_TOLD_MOST = 200
_DEEPENED = (
    "_LIMIT = sys.getrecursionlimit()",
    "sys.setrecursionlimit(max(_LIMIT, 100000))  # these models need each other in longer chains than Python follows",
)


class UnreadableError(Exception):
    """What was generated is not what was asked for."""


def generated(schemas: Mapping[str, dict[str, Any]], name: str) -> str:
    """Return the text of the module of the classes, whose prepared schemas are given by their names.

    Shapes: a class that cannot be made is `Any` in it, and says why.
    Errors: what datamodel-code-generator or Pydantic raises where even that does not help.
    """
    try:
        return _attempt(schemas, name)
    except Exception:  # noqa: BLE001  # whatever it is that stops them, the other classes shall be made
        weak: dict[str, dict[str, Any]] = {}
        _search(schemas, list(_inside_out(schemas)), weak, name)
        return _attempt({**schemas, **weak}, name)


def _search(
    schemas: Mapping[str, dict[str, Any]], names: list[str], weak: dict[str, dict[str, Any]], document: str
) -> None:
    """Find the classes that cannot be made, by halves; those that others need come before them."""
    needed = {**{one: schemas[one] for one in _closure(schemas, names)}, **weak}
    try:
        _attempt(needed, document)
    except Exception as error:  # noqa: BLE001  # likewise
        if len(names) > 1:
            middle = len(names) // 2
            _search(schemas, names[:middle], weak, document)
            _search(schemas, names[middle:], weak, document)
        else:
            told = " ".join(f"{type(error).__name__}: {error}".split())[:_TOLD_MOST]
            weak[names[0]] = {"description": f"No type could be made of it: {told}"}


def _closure(schemas: Mapping[str, dict[str, Any]], names: Iterable[str]) -> list[str]:
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found and name in schemas:
            found[name] = None
            waiting += references(schemas[name])
    return [name for name in schemas if name in found]


def _inside_out(schemas: Mapping[str, dict[str, Any]]) -> Iterator[str]:
    done: set[str] = set()
    for start in schemas:
        waiting = [(start, False)]
        while waiting:
            name, ready = waiting.pop()
            if ready:
                yield name
            elif name not in done and name in schemas:
                done.add(name)
                waiting += [(name, True), *((one, False) for one in references(schemas[name]))]


def _attempt(schemas: Mapping[str, dict[str, Any]], name: str) -> str:
    text = named(_written(schemas, name))
    try:
        _try(text, schemas)
    except RecursionError:
        text = _deepened(text)
        _try(text, schemas)
    return text


def _deepened(text: str) -> str:
    """Return the module with a recursion limit that lets Pydantic follow long chains of models while it is imported."""
    imports = [node for node in ast.parse(text).body if isinstance(node, ast.ImportFrom)]
    lines = text.splitlines()
    lines[imports[-1].end_lineno : imports[-1].end_lineno] = ["", *_DEEPENED]
    lines[imports[0].end_lineno : imports[0].end_lineno] = ["", "import sys"]
    return "\n".join([*lines, "", "sys.setrecursionlimit(_LIMIT)", ""])


def _written(schemas: Mapping[str, dict[str, Any]], name: str) -> str:
    import datamodel_code_generator as generator  # noqa: PLC0415  # takes a moment, and only this needs it
    from datamodel_code_generator.enums import DataModelType, NamingStrategy  # noqa: PLC0415

    document = {
        "openapi": "3.1.0",
        "info": {"title": name, "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    }
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = Path(folder, "pyproject.toml")
        style.write_text(STYLE, encoding="utf-8")
        made = generator.generate(
            json.dumps(document),
            input_filename=name,
            settings_path=style.parent,
            input_file_type=generator.InputFileType.OpenAPI,
            output_model_type=DataModelType.PydanticV2BaseModel,
            aliases=_members(schemas),
            allow_population_by_field_name=True,
            custom_class_name_generator=_Names(schemas),
            naming_strategy=NamingStrategy.PrimaryFirst,
            treat_dot_as_module=False,
            use_annotated=True,
            use_tuple_for_fixed_items=True,
            use_type_alias=True,
            field_constraints=True,
            strict_nullable=True,
            set_default_enum_member=True,
            disable_timestamp=True,
            target_python_version=generator.PythonVersion.PY_311,
            target_pydantic_version=generator.TargetPydanticVersion.V2_12,
            formatters=[generator.Formatter.BUILTIN],
        )
    if not isinstance(made, str):
        message = f"{type(made).__name__} instead of one module"
        raise UnreadableError(message)
    return made


def _members(schemas: Mapping[str, dict[str, Any]]) -> dict[str, str]:
    """Return the names of members that cannot go by their own: {"Book.a-b": "a_b"}."""
    return {
        f"{name}.{member}": made
        for name, schema in schemas.items()
        for part in objects(schema)
        for member, made in member_names(part["properties"]).items()
    }


class _Names:
    """Names the classes: ours go by theirs, and what the generator makes by itself gets one that nothing else has."""

    def __init__(self, schemas: Iterable[str]) -> None:
        self._made = {name: name for name in schemas}
        self._used = {name.casefold() for name in self._made}

    def __call__(self, name: str) -> str:
        """Return the name of a class, the same whenever it is asked for."""
        if name not in self._made:
            self._made[name] = free(class_name(f"{name} Part"), self._used)
        return self._made[name]


def named(text: str) -> str:
    """Return the module with members that go by their Python names where those differ from the document's.

    A caller builds such a model by the names that a type checker sees, and gets the document's when it is dumped.
    Elsewhere nothing has to be said.
    """
    made = "\n\n\n".join(map(_named, text.rstrip("\n").split("\n\n\n"))) + "\n"
    return _tidy(made)


def _tidy(text: str) -> str:
    """Return the module without imports of what does not stand in it."""
    lines = text.splitlines()
    imports = [node for node in ast.parse(text).body if isinstance(node, ast.ImportFrom)]
    body = "\n".join(lines[imports[-1].end_lineno :] if imports else lines)
    for node in reversed(imports):
        kept = [one for one in node.names if re.search(rf"\b{one.asname or one.name}\b", body)]
        if node.module != "__future__" and len(kept) < len(node.names):
            names = ", ".join(f"{one.name} as {one.asname}" if one.asname else one.name for one in kept)
            made = [f"from {node.module} import {names}"] if kept else []
            lines[node.lineno - 1 : node.end_lineno] = made
    return "\n".join([*lines, ""])


def _named(block: str) -> str:
    if "alias=" in block:
        return block.replace(_BY_NAME, f"{_BY_NAME}        serialize_by_alias=True,\n")
    bare = f"    model_config = ConfigDict(\n{_BY_NAME}    )\n"
    whole = f"{block}\n"
    if bare in whole:
        made = whole.replace(bare, "")
        return (made if made.count("\n") > 1 else f"{made}    pass\n").removesuffix("\n")
    return block.replace(_BY_NAME, "")


def _try(text: str, schemas: Iterable[str]) -> None:
    """Import a module and build its validators.

    Errors: whatever that raises; UnreadableError where a class is missing.
    """
    from pydantic import BaseModel, TypeAdapter  # noqa: PLC0415  # only this needs it

    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = Path(folder, f"{_TRIED}.py")
        path.write_text(text, encoding="utf-8")
        spec = importlib.util.spec_from_file_location(_TRIED, path)
        assert spec is not None  # noqa: S101  # a path that ends in .py always gives one
        assert spec.loader is not None  # noqa: S101
        module = importlib.util.module_from_spec(spec)
        sys.modules[_TRIED] = module
        limit = sys.getrecursionlimit()
        try:
            spec.loader.exec_module(module)
            for name in schemas:
                made = getattr(module, name, None)
                if made is None:
                    message = f"there is no {name}"
                    raise UnreadableError(message)
                if not isinstance(made, type):
                    TypeAdapter(made)
                elif issubclass(made, BaseModel):
                    made.model_rebuild()
        finally:
            sys.setrecursionlimit(limit)
            del sys.modules[_TRIED]
