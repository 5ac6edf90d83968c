"""The client's models, written by datamodel-code-generator from the exported contract."""

import ast
import json
import tempfile
import warnings
from pathlib import Path
from typing import Any

from upheld.client.prepare import prepared
from upheld.model import UpheldError

MARK = "upheld client"
"""Stands in the first line of every file of ours, so that one that is no longer wanted is known."""

STYLE = "[tool.black]\nline-length = 120\nskip-string-normalization = false\n"
"""How the code is laid out, told by a file of ours: else the generator reads the pyproject.toml of whoever calls."""


class ClientError(UpheldError):
    """A contract that no client can be made of."""


def render(contract_path: Path) -> dict[str, str]:
    """Return the files of a client package, by their path within it.

    Shapes: `__init__.py`, `models.py` and `py.typed`; a package `models/` where the contract's names hold dots. The
    same contract gives the same bytes in any place, on any day and machine.
    Errors: ClientError, with the command that mends it, when the contract is missing or broken.
    """
    document = _document(contract_path)
    files = _modules(document, contract_path)
    names = _names(files)
    return {"__init__.py": _package(names, contract_path.name), **files, "py.typed": ""}


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


def _modules(document: dict[str, Any], path: Path) -> dict[str, str]:
    components = document.get("components")
    if not isinstance(components, dict) or not components.get("schemas"):
        return {"models.py": f'"""No models: {path.name} names no schemas; written by `{MARK}`."""\n'}
    made = _generated(document, path)
    if isinstance(made, str):
        return {"models.py": _marked(made)}
    return {"/".join(("models", *parts)): _marked(text) for parts, text in sorted(made.items())}


def _marked(text: str) -> str:
    return f"# Written by `{MARK}`; edit the service instead.\n{text.rstrip()}\n"


def _generated(document: dict[str, Any], path: Path) -> Any:  # noqa: ANN401  # a text, or texts by module path
    import datamodel_code_generator as generator  # noqa: PLC0415  # takes a moment, and only this needs it
    from datamodel_code_generator.enums import DataModelType  # noqa: PLC0415

    try:
        with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            style = Path(folder, "pyproject.toml")
            style.write_text(STYLE, encoding="utf-8")
            return generator.generate(
                json.dumps(prepared(document)),
                input_filename=path.name,
                settings_path=style.parent,
                input_file_type=generator.InputFileType.OpenAPI,
                output_model_type=DataModelType.PydanticV2BaseModel,
                use_annotated=True,
                field_constraints=True,
                strict_nullable=True,
                set_default_enum_member=True,
                disable_timestamp=True,
                target_python_version=generator.PythonVersion.PY_311,
                formatters=[generator.Formatter.BUILTIN],
            )
    except Exception as error:
        message = " ".join(f"{error}".split())[:300]
        raise ClientError(
            f"{path.as_posix()}: datamodel-code-generator raised {type(error).__name__}: {message}, "
            'expected schemas that it can read; run "upheld export" to see whether the document is valid'
        ) from error


def _names(files: dict[str, str]) -> dict[str, str]:
    """Return the module that defines each public model; of two models with one name, the first."""
    found: dict[str, str] = {}
    for path, text in files.items():
        module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for node in ast.parse(text).body:
            match node:
                case ast.ClassDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
                    if not name.startswith("_"):
                        found.setdefault(name, module)
    return dict(sorted(found.items()))


def _package(names: dict[str, str], source: str) -> str:
    lines = [f'"""What the service of {source} takes and gives; written by `{MARK}`, edit the service instead."""', ""]
    for module in sorted(set(names.values())):
        lines += [f"from .{module} import (", *(f"    {name}," for name in names if names[name] == module), ")"]
    if names:
        lines += ["", "__all__ = [", *(f'    "{name}",' for name in names), "]"]
    else:
        lines += ["__all__: list[str] = []"]
    return "\n".join(lines) + "\n"
