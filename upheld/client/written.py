"""JSON values as the code that makes them: models by their members, dates as dates."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from pydantic import TypeAdapter

from upheld.client.source import text
from upheld.model import Json

SCALARS = {"str": str, "int": int, "float": (int, float), "bool": bool}
_PLACES = {"date": "datetime", "datetime": "datetime", "time": "datetime", "timedelta": "datetime"} | {
    "UUID": "uuid",
    "Decimal": "decimal",
}


@dataclass(slots=True)
class Model:
    """A class of the client's models, as its source has it."""

    members: dict[str, tuple[str, ast.expr]] = field(default_factory=dict)
    """Attribute and type, by the name in JSON."""
    required: set[str] = field(default_factory=set)
    root: ast.expr | None = None
    """The type that it wraps, or is another name for."""
    values: dict[str, str] | None = None
    """Of an enum: its members by their values, as JSON texts are told apart."""


class Writer:
    """Writes values as code."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._models: dict[str, Model] = {}
        self._renamed: dict[str, str] = {}
        """What was imported under another name, since a member has its own: `date_aliased` is `date`."""
        for source in files.values():
            for node in ast.parse(source).body:
                self._take(node)
        self.imports: set[str] = set()
        """What the code that was written since they were cleared needs."""

    def _take(self, node: ast.stmt) -> None:
        match node:
            case ast.ClassDef(name=name, bases=[ast.Name(id=base), *_]) if base.endswith("Enum"):
                values = [
                    (ast.literal_eval(one.value), one.targets[0].id)
                    for one in node.body
                    if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name) and _is_literal(one.value)
                ]
                self._models[name] = Model(values={repr(value): attribute for value, attribute in values})
            case ast.ClassDef(name=name):
                self._models[name] = self._model(node)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(args=[_, made])):
                self._models[name] = Model(root=made)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as made):
                self._models[name] = Model(root=made)
            case ast.ImportFrom(names=names):
                self._renamed |= {one.asname: one.name for one in names if one.asname}
            case _:
                pass

    def _model(self, node: ast.ClassDef) -> Model:
        found = Model()
        for base in node.bases:
            if isinstance(base, ast.Name) and base.id in self._models:
                found.members |= self._models[base.id].members
                found.required |= self._models[base.id].required
            elif isinstance(base, ast.Subscript) and isinstance(base.value, ast.Name) and base.value.id == "RootModel":
                found.root = base.slice
        for one in node.body:
            if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
                wire = _alias(one.annotation) or one.target.id
                if one.target.id == "root" and any("RootModel" in ast.unparse(base) for base in node.bases):
                    found.root = one.annotation
                found.members[wire] = (one.target.id, one.annotation)
                if one.value is None:
                    found.required.add(wire)
        return found

    def code(self, annotation: str, value: Json) -> str:
        """Return an expression of a type that stands for a value; its literal where the type does not fit it."""
        return self._code(ast.parse(annotation, mode="eval").body, value)

    def _code(self, kind: ast.expr, value: Json) -> str:
        match kind:
            case ast.Constant(value=str(inner)):
                return self._code(ast.parse(inner, mode="eval").body, value)
            case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[inner, *_])):
                return self._code(inner, value)
            case ast.Subscript(value=ast.Name(id="list"), slice=inner) if isinstance(value, list):
                return f"[{', '.join(self._code(inner, one) for one in value)}]"
            case ast.Subscript(value=ast.Name(id="tuple"), slice=ast.Tuple(elts=parts)) if isinstance(value, list):
                inner_codes = [self._code(part, one) for part, one in zip(parts, value, strict=False)]
                return f"({', '.join(inner_codes)}{',' if len(inner_codes) == 1 else ''})"
            case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[_, inner])) if isinstance(value, dict):
                return f"{{{', '.join(f'{text(key)}: {self._code(inner, one)}' for key, one in value.items())}}}"
            case ast.BinOp(op=ast.BitOr()) | ast.Subscript(value=ast.Name(id="Union")):
                return self._of_union(kind, value)
            case ast.Name(id=name) | ast.Attribute(value=ast.Name(id="models"), attr=name) if name in self._models:
                return self._of_class(name, value)
            case ast.Name(id=name) if isinstance(value, str):
                return self._of_text(self._renamed.get(name, name), value)
        return _literal(value)

    def _of_union(self, kind: ast.expr, value: Json) -> str:
        fitting = [part for part in _parts(kind) if self._fits(part, value)]
        return self._code(fitting[0], value) if fitting else _literal(value)

    def _fits(self, kind: ast.expr, value: Json) -> bool:
        match kind:
            case ast.Constant(value=None):
                return value is None
            case ast.Constant(value=str(inner)):
                return self._fits(ast.parse(inner, mode="eval").body, value)
            case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[inner, *_])):
                return self._fits(inner, value)
            case ast.Subscript(value=ast.Name(id="Literal"), slice=inner):
                options = inner.elts if isinstance(inner, ast.Tuple) else [inner]
                return any(isinstance(one, ast.Constant) and one.value == value for one in options)
            case ast.Subscript(value=ast.Name(id="list" | "tuple")):
                return isinstance(value, list)
            case ast.Subscript(value=ast.Name(id="dict")):
                return isinstance(value, dict)
            case ast.BinOp(op=ast.BitOr()) | ast.Subscript(value=ast.Name(id="Union")):
                return any(self._fits(part, value) for part in _parts(kind))
            case ast.Name(id=name) | ast.Attribute(value=ast.Name(id="models"), attr=name) if name in self._models:
                return self._fits_class(self._models[name], value)
            case ast.Name(id=name) if name in SCALARS:
                return isinstance(value, SCALARS[name]) and (name == "bool" or not isinstance(value, bool))  # type: ignore[arg-type]
            case ast.Name(id=name):
                name = self._renamed.get(name, name)
                return name == "Any" or (isinstance(value, str) and self._of_text(name, value) != _literal(value))
        return False

    def _fits_class(self, model: Model, value: Json) -> bool:
        if model.values is not None:
            return repr(value) in model.values
        if model.root is not None:
            return self._fits(model.root, value)
        if not isinstance(value, dict) or not model.required <= value.keys():
            return False
        return all(
            self._fits(kind, value[wire]) or not _is_tag(kind)
            for wire, (_, kind) in model.members.items()
            if wire in value
        )

    def _of_class(self, name: str, value: Json) -> str:
        model = self._models[name]
        if model.values is not None:
            found = model.values.get(repr(value))
            return _literal(value) if found is None else f"models.{name}.{found}"
        if model.root is not None:
            inner = self._code(model.root, value)
            return f"models.{name}({inner})" if model.members else inner
        if not isinstance(value, dict) or not model.required <= value.keys():
            return _literal(value)
        members = [
            f"{model.members[wire][0]}={self._code(model.members[wire][1], one)}"
            for wire, one in value.items()
            if wire in model.members
        ]
        return f"models.{name}({', '.join(members)})"

    def _of_text(self, name: str, value: str) -> str:
        try:
            code = _moment(name, value)
        except ValueError:
            return _literal(value)
        if code is None:
            return _literal(value)
        used = code.partition("(")[0].partition(".")[0]
        self.imports.add(f"from {_PLACES[used]} import {used}{', UTC' if 'UTC' in code else ''}")
        return code


def _moment(name: str, value: str) -> str | None:
    match name:
        case "date":
            day = date.fromisoformat(value)
            return f"date({day.year}, {day.month}, {day.day})"
        case "AwareDatetime" | "datetime":
            moment = datetime.fromisoformat(value)
            if moment.utcoffset() or moment.tzinfo is None or moment.microsecond:
                return f"datetime.fromisoformat({text(value)})"
            parts = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
            return f"datetime({', '.join(map(str, parts))}, tzinfo=UTC)"
        case "time":
            time.fromisoformat(value)
            return f"time.fromisoformat({text(value)})"
        case "timedelta":
            return _duration(TypeAdapter(timedelta).validate_python(value))
        case "UUID" | "Decimal":
            return f"{name}({text(value)})"
    return None


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(value.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = {
        "days": value.days,
        "hours": hours,
        "minutes": minutes,
        "seconds": seconds,
        "microseconds": value.microseconds,
    }
    return f"timedelta({', '.join(f'{name}={part}' for name, part in parts.items() if part)})"


def _parts(kind: ast.expr) -> list[ast.expr]:
    """Return the members of a union; another type is its own only one."""
    match kind:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return [*_parts(left), *_parts(right)]
        case ast.Subscript(value=ast.Name(id="Union"), slice=ast.Tuple(elts=parts)):
            return [inner for part in parts for inner in _parts(part)]
        case _:
            return [kind]


def _is_literal(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except ValueError:
        return False
    return True


def _is_tag(kind: ast.expr) -> bool:
    return "Literal[" in ast.unparse(kind)


def _alias(annotation: ast.expr) -> str | None:
    for node in ast.walk(annotation):
        if isinstance(node, ast.keyword) and node.arg == "alias" and isinstance(node.value, ast.Constant):
            return str(node.value.value)
    return None


def _literal(value: Json) -> str:
    if isinstance(value, str):
        return text(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{text(key)}: {_literal(one)}' for key, one in value.items())}}}"
    return repr(value)
