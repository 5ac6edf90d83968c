"""The client's models, written by datamodel-code-generator from the exported contract."""

import ast
import json
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from upheld.model import Json, UpheldError

MARK = "upheld client"
"""Stands in the first line of every file of ours, so that one that is no longer wanted is known."""

STYLE = "[tool.black]\nline-length = 120\nskip-string-normalization = false\n"
"""How the code is laid out, told by a file of ours: else the generator reads the pyproject.toml of whoever calls."""

_BY_NAME = "        validate_by_name=True,\n"


class ClientError(UpheldError):
    """A contract that no client can be made of."""


def render(contract_path: Path) -> dict[str, str]:
    """Return the files of a client package, by their path within it.

    Shapes: `__init__.py`, `models.py` and `py.typed`. The same contract gives the same bytes in any place, on any day
    and machine.
    Errors: ClientError, with the command that mends it, when the contract is missing or broken.
    """
    document = _document(contract_path)
    from upheld.client.types import typed  # noqa: PLC0415  # it is made of what stands below

    types = typed(document, (), contract_path)
    return {"__init__.py": _package(types.public, contract_path.name), **types.files, "py.typed": ""}


def _document(path: Path) -> dict[str, Any]:
    name = path.as_posix()
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ClientError(f'{name}: no such file, expected the exported contract; run "upheld export"') from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise ClientError(f'{name}: cannot be read ({reason}), expected a contract; run "upheld export"') from error
    except json.JSONDecodeError as error:
        raise ClientError(
            f'{name}:{error.lineno}: {error.msg} in column {error.colno}, expected JSON; run "upheld export"'
        ) from error
    except UnicodeDecodeError as error:
        raise ClientError(f'{name}: {error.reason}, expected UTF-8; run "upheld export"') from error
    version = document.get("openapi") if isinstance(document, dict) else None
    if not isinstance(version, str) or not version.startswith("3."):
        raise ClientError(f'{name}: openapi={version!r:.40}, expected 3.x; run "upheld export"')
    return document  # type: ignore[no-any-return]  # a dict, or it would have no version


def modules(schemas: Mapping[str, Json], path: Path) -> dict[str, str]:
    """Return the module of the classes, whose prepared schemas are given by the classes' names.

    Errors: ClientError when datamodel-code-generator stumbles.
    """
    if not schemas:
        return {"models.py": f'"""No models: {path.name} names no schemas; written by `{MARK}`."""\n'}
    return {
        "models.py": f"# Written by `{MARK}`; edit the service instead.\n{_named(_generated(schemas, path)).rstrip()}\n"
    }


def _generated(schemas: Mapping[str, Json], path: Path) -> str:
    import datamodel_code_generator as generator  # noqa: PLC0415  # takes a moment, and only this needs it
    from datamodel_code_generator.enums import DataModelType  # noqa: PLC0415

    document = {
        "openapi": "3.1.0",
        "info": {"title": path.name, "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    }
    try:
        with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            style = Path(folder, "pyproject.toml")
            style.write_text(STYLE, encoding="utf-8")
            made = generator.generate(
                json.dumps(document),
                input_filename=path.name,
                settings_path=style.parent,
                input_file_type=generator.InputFileType.OpenAPI,
                output_model_type=DataModelType.PydanticV2BaseModel,
                allow_population_by_field_name=True,
                custom_class_name_generator=_same,
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
    except Exception as error:
        message = " ".join(f"{error}".split())[:300]
        raise ClientError(
            f"{path.as_posix()}: datamodel-code-generator raised {type(error).__name__}: {message}, "
            'expected schemas that it can read; run "upheld export" to see whether the document is valid'
        ) from error
    return made if isinstance(made, str) else ""


def _same(name: str) -> str:
    """Return a class's name, which is one already."""
    return name


def _named(text: str) -> str:
    """Return the module with members that go by their Python names where those differ from the document's.

    A caller builds such a model by the names that a type checker sees, and gets the document's when it is dumped.
    Elsewhere nothing has to be said.
    """
    blocks = text.split("\n\n\n")
    return "\n\n\n".join(
        block.replace(_BY_NAME, f"{_BY_NAME}        serialize_by_alias=True,\n")
        if "alias=" in block
        else block.replace(f"    model_config = ConfigDict(\n{_BY_NAME}    )\n", "").replace(_BY_NAME, "")
        for block in blocks
    )


def public(files: Mapping[str, str]) -> dict[str, str]:
    """Return the module that defines each name a caller may want."""
    found: dict[str, str] = {}
    for path, text in files.items():
        for node in ast.parse(text).body:
            match node:
                case ast.ClassDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
                    if not name.startswith("_"):
                        found.setdefault(name, path.removesuffix(".py"))
    return dict(sorted(found.items()))


def _package(names: Mapping[str, str], source: str) -> str:
    lines = [f'"""What the service of {source} takes and gives; written by `{MARK}`, edit the service instead."""', ""]
    for module in sorted(set(names.values())):
        lines += [f"from .{module} import (", *(f"    {name}," for name in names if names[name] == module), ")"]
    if names:
        lines += ["", "__all__ = [", *(f'    "{name}",' for name in names), "]"]
    else:
        lines += ["__all__: list[str] = []"]
    return "\n".join(lines) + "\n"
