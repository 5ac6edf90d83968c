"""The project's own models, and which of them fits what was seen.

They are Pydantic's, and what the document has a schema of: a dataclass, a dict with typed members.
"""

import ast
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from types import ModuleType

from upheld.fix.code import File, Project
from upheld.fix.code.places import place
from upheld.fix.edits import Edit, Import, Move
from upheld.fix.edits.lines import bound_names, run_statements
from upheld.model import Json
from upheld.schema import Judge

REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """One model class of the project, at the top level of one of its modules."""

    name: str
    file: File
    cls: object
    schema: Mapping[str, Json]
    """As an answer is documented; its references lead into `document`."""
    document: Mapping[str, Json]
    is_error: bool
    """Whether some operation documents it for an error."""

    @property
    def flat(self) -> bool:
        """Whether its schema refers to no other."""
        return not self.document["components"]["schemas"]


def fits(model: Model, values: Sequence[Json]) -> bool:
    """Return whether a model documents all values, and names each of their members."""
    judge = Judge.of(model.document)
    return all(
        isinstance(value, dict)
        and judge.valid(model.schema, value)
        and next(judge.extra_members(model.schema, value), None) is None
        for value in values
    )


class Models:
    """The models of one project."""

    def __init__(self, project: Project) -> None:
        """Take the project; its models are read when they are first asked for."""
        self._project = project

    def fitting(self, values: Sequence[Json], site_file: File) -> Iterator[Model]:
        """Yield the models that document all values, the likeliest first.

        That is one that documents an error somewhere, then one with the fewest members that were not seen, then one of
        the same file.
        """
        seen = {key for value in values if isinstance(value, dict) for key in value}
        found = [
            model for model in self._all if seen & model.schema.get("properties", {}).keys() and fits(model, values)
        ]

        def rank(model: Model) -> tuple[object, ...]:
            unseen = len(model.schema["properties"].keys() - seen)
            return not model.is_error, unseen, model.file is not site_file, model.file.path, model.name

        yield from sorted(found, key=rank)

    @functools.cached_property
    def files(self) -> frozenset[File]:
        """The files that define some."""
        return frozenset(model.file for model in self._all)

    @functools.cached_property
    def _all(self) -> tuple[Model, ...]:
        document = self._project.contract.document
        errors = _names_of_errors(document)
        return tuple(
            model
            for file in self._project.files.imported()
            for name, value in vars(file.module).items()
            if _is_model(name, value, file) and (model := _model(name, value, file, errors, document)) is not None
        )


def reachable(project: Project, model: Model, file: File, line: int) -> tuple[str, tuple[Edit, ...]] | None:
    """Return how a model is named in a file from a line on, and the edit that this takes.

    It is moved up where it stands below that line. `None` where it is made of what stands there as well, where
    importing it would close a circle, or where its name is taken.
    """
    if model.file is file:
        if _line_of(file, model.name) < line:
            return model.name, ()
        moved = _moved(file, model.name, line)
        return (model.name, (moved,)) if moved is not None else None
    names = vars(file.module) if file.module is not None else {}
    for name, value in names.items():
        if value is model.cls and _line_of(file, name) < line:
            return name, ()
    for name, value in names.items():
        if isinstance(value, ModuleType) and _has(value, model) and 0 < _line_of(file, name) < line:
            return f"{name}.{model.name}", ()
    if model.name in names or model.file.module is None:
        return None
    imported = sorted(project.imported_by(file), key=lambda one: one is not model.file)
    for other in (*imported, model.file):  # a package may have it from where it is defined
        if other.module is not None and _has(other.module, model) and project.may_import(file, other):
            return model.name, (Import(module=other.module.__name__, name=model.name),)
    return None


def _moved(file: File, name: str, line: int) -> Move | None:
    """Return what moves a class up to a line; `None` where something that it names is bound from there on."""
    for node in file.tree.body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            parts = list(ast.walk(node))
            used = {part.id for part in parts if isinstance(part, ast.Name)}
            texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            used |= {word for text in texts for word in re.findall(r"\w+", text)}  # an annotation may be a text
            later = [one for one in run_statements(file.tree.body) if one is not node and one.lineno >= line]
            if used.isdisjoint(each for one in later for each in bound_names(one)):
                return Move(statement=place(node))
    return None


def _has(module: ModuleType, model: Model) -> bool:
    return vars(module).get(model.name) is model.cls


def registered(project: Project, model: Model) -> bool:
    """Return whether the document has a model's schema under its own name."""
    found = project.contract.document.get("components", {}).get("schemas", {}).get(model.name)
    return isinstance(found, Mapping) and _bare(found) == _bare(model.schema)


def _is_model(name: str, value: object, file: File) -> bool:
    """Return whether a class of a file is a model, a dataclass or a dict with typed members."""
    modelled = hasattr(value, "model_json_schema") and hasattr(value, "__pydantic_validator__")
    return (
        isinstance(value, type)
        and (modelled or is_dataclass(value) or hasattr(value, "__required_keys__"))
        and value.__module__ == getattr(file.module, "__name__", None)
        and value.__qualname__ == name
        and not name.startswith("_")
    )


def _model(name: str, cls: object, file: File, errors: frozenset[str], whole: Mapping[str, Json]) -> Model | None:
    if not hasattr(cls, "__pydantic_validator__"):
        documented = whole.get("components", {}).get("schemas", {}).get(name, {})
        if not documented.get("properties") or documented.get("additionalProperties"):
            return None
        return Model(name=name, file=file, cls=cls, schema=documented, document=whole, is_error=name in errors)
    try:
        schema = cls.model_json_schema(  # type: ignore[attr-defined]  # Pydantic is imported by the app, not here
            mode="serialization", ref_template=f"{REF}{{model}}"
        )
    except Exception:  # noqa: BLE001  # a generic one, one with a type that has no schema
        return None
    others = schema.pop("$defs", {})
    if "$ref" in schema or not schema.get("properties") or schema.get("additionalProperties"):
        return None
    document = {"openapi": "3.1.0", "components": {"schemas": others}}
    return Model(name=name, file=file, cls=cls, schema=schema, document=document, is_error=name in errors)


def _names_of_errors(document: Mapping[str, Json]) -> frozenset[str]:
    """Return the names of the schemas that stand for a whole error somewhere."""
    return frozenset(
        reference.removeprefix(REF)
        for item in document.get("paths", {}).values()
        for operation in item.values()
        if isinstance(operation, dict)
        for status, response in operation.get("responses", {}).items()
        if status[:1] in "45d"
        for entry in response.get("content", {}).values()
        if isinstance(
            reference := entry.get("schema", {}).get("$ref") if isinstance(entry.get("schema"), dict) else None, str
        )
    )


def _bare(schema: Json) -> Json:
    if isinstance(schema, Mapping):
        return {key: _bare(part) for key, part in schema.items() if key not in ("title", "description")}
    return [_bare(part) for part in schema] if isinstance(schema, list) else schema


def _line_of(file: File, name: str) -> int:
    """Return the line that binds a name at the top of a file; 0 where it is none of its own statements."""
    for node in ast.walk(file.tree):
        match node:
            case ast.ClassDef(name=found) if found == name:
                return node.end_lineno or node.lineno
            case ast.ImportFrom(names=names) | ast.Import(names=names):
                if any((one.asname or one.name.partition(".")[0]) == name for one in names):
                    return node.lineno
            case ast.Assign(targets=[ast.Name(id=found)]) if found == name:
                return node.lineno
    return 0
