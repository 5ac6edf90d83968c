"""Asks the bare types whether Pydantic's lax mode, with no constraint of the author's, takes a value.

Every FastAPI app converts `"5"` to an integer and refuses a leap second. Where a member is documented exactly as
FastAPI documents it, such a difference is the framework's and not the author's.
"""

import json
import re
import types
import typing
import warnings
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Union, cast, get_args, get_origin

from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from pydantic.errors import PydanticUserError
from pydantic_core import SchemaError
from pydantic_core.core_schema import ErrorType

from upheld.drive import guess
from upheld.drive.normal import normal
from upheld.drive.stripping import STRIPPED, strips
from upheld.media import FORMS
from upheld.model import Json, MediaType, Member, Operation, Parameter, Schema, Violation
from upheld.schema import Judge

# Keywords that a conversion may break, as `true` breaks an enum of 1 and 9; bounds and patterns are always judged.
_CONVERSIONS = frozenset({"type", "format", "uniqueItems", "anyOf", "oneOf", "enum", "const", "contentEncoding"})
_MISSING = object()

# Pydantic's error types and the documented keyword that each enforces: two readers of one keyword that disagree.
_AUTHORS = frozenset({"value_error", "assertion_error"})
ENFORCED = {
    "string_pattern_mismatch": "pattern",
    "string_too_short": "minLength",
    "string_too_long": "maxLength",
    "greater_than_equal": "minimum",
    "greater_than": "exclusiveMinimum",
    "less_than_equal": "maximum",
    "less_than": "exclusiveMaximum",
    "multiple_of": "multipleOf",
    "enum": "enum",
    "literal_error": "enum",
    "too_short": "minItems",
    "too_long": "maxItems",
}


class Types:
    """The bare types of one operation's request members, and how they compare with what is documented."""

    def __init__(self, operation: Operation) -> None:
        """Take the operation, with what FastAPI generates for it from the types alone."""
        self._operation = operation
        self._generated = operation.generated
        self._judge = Judge.of(operation.document)
        self._refusing: dict[tuple[tuple[str | int, ...], str, bool], bool | None] = {}

    def converts(self, violation: Violation, value: Json, member: Json) -> bool:
        """Return whether the bare type takes a value that the docs refuse only for its type or format.

        `value` is what stands at the violation's place, `member` the whole parameter or body that it is part of.
        """
        where = violation.where
        if violation.keyword == "json":
            return self._documented_as_generated(("body",))  # NaN and 1e999, which Python's reader takes
        if value == "" and self._has_default(where):
            return self._documented_as_generated(where)
        if where == ("body",) and violation.keyword == "required":
            return self._documented_as_generated(where) and self._takes_nothing()
        if violation.keyword in STRIPPED and isinstance(value, str) and self._strips(where, value):
            return True
        if violation.keyword == "pattern" and isinstance(value, str) and self._documented_as_generated(where):
            return any(_reads_otherwise(part.get("pattern"), value) for part in self._parts(where))
        if violation.keyword not in _CONVERSIONS or not self._documented_as_generated(where):
            return False
        if self._operation.unseen:
            return guess.may_convert(violation.keyword, value, self._parts(where))
        annotation = self.annotation(where)
        if annotation is not _MISSING and accepts(annotation, value):
            return True
        whole, rest = self._member(where)
        return whole is not _MISSING and _converted(whole, member, rest)

    def refuses(self, where: tuple[str | int, ...], kind: str, value: Json) -> bool:
        """Return whether the bare type refuses a value, for a reason that no documented keyword can say."""
        key = where, kind, kind == "missing" and value == ""
        if key not in self._refusing:
            self._refusing[key] = self._refuses(*key)
        known = self._refusing[key]
        if known is not None:
            return known
        annotation = self.annotation(where)
        return annotation is not _MISSING and not accepts(annotation, value)

    def _refuses(self, where: tuple[str | int, ...], kind: str, empty: bool) -> bool | None:  # noqa: FBT001 - a key's part
        """Return what place and kind alone say; `None` where the value decides."""
        if not self._documented_as_generated(where):
            return False
        if where[-1] == "[key]" or self._is_of_no_pattern(where):
            return True  # `patternProperties` says what keys may hold, and Pydantic never says that others are refused
        if kind == "extra_forbidden":
            return where[0] != "body"  # nothing in OpenAPI says that other query parameters are forbidden
        if kind == "missing" and where[0] == "body":
            return empty and self._is_form()
        if kind == "missing":  # JSON in a text, of which the docs say what no validator looks at
            return empty and any("contentMediaType" in part for part in self._parts(where))
        if kind in ENFORCED:
            return self._documents(where, ENFORCED[kind])  # two readers of one keyword that disagree
        if self._operation.unseen and (kind in _AUTHORS or kind not in _core_kinds()):
            return guess.may_be_of_its_own(self._parts(where))
        if self._operation.unseen:
            return guess.may_be_bare(kind, self._parts(where))
        return True if kind not in _AUTHORS and kind in _core_kinds() else None

    def _declaring(self, where: tuple[str | int, ...]) -> Member | None:
        """Return the parameter or body that a place is part of."""
        handler = self._operation.handler
        for member in handler.members if handler is not None else ():
            own = member.name == "" or (len(where) > 1 and _same_name(member.name, where[1], member.location))
            if member.location == where[0] and own:
                return member
        return None

    def _member(self, where: tuple[str | int, ...]) -> tuple[object, tuple[str | int, ...]]:
        """Return the bare type of the parameter or body that a place is part of, and the path within it."""
        member = self._declaring(where)
        return (member.annotation, where[2 if member.name else 1 :]) if member is not None else (_MISSING, ())

    def annotation(self, where: tuple[str | int, ...]) -> object:
        """Return the bare type at a path such as `("body", "items", 0, "qty")`; a marker where it leads nowhere."""
        whole, rest = self._member(where)
        return _MISSING if whole is _MISSING else _descend(whole, rest)

    def _is_form(self) -> bool:
        body = self._operation.body
        return body is not None and all(name in FORMS for name in body.content)

    def _has_default(self, where: tuple[str | int, ...]) -> bool:
        """Return whether a place is a form member that may be left out: FastAPI takes an empty text for absence."""
        if where[0] != "body" or len(where) != 2 or not self._is_form() or self._operation.body is None:
            return False
        for entry in self._operation.body.content.values():
            schema = self._judge.resolve(entry.schema if entry.schema is not None else True)
            if isinstance(schema, Mapping) and where[1] in (schema.get("required") or ()):
                return False
        return True

    def _takes_nothing(self) -> bool:
        """Return whether a form may be empty: to FastAPI, none at all is an empty one."""
        content = self._operation.body.content if self._operation.body is not None else {}
        return self._is_form() and all(
            self._judge.valid(entry.schema if entry.schema is not None else True, {}) for entry in content.values()
        )

    def _strips(self, where: tuple[str | int, ...], value: str) -> bool:
        """Return whether a text keeps the docs without the spaces around it, which its type takes off first."""
        member = self._declaring(where)
        if member is None:
            return False
        adapter = _adapter(Annotated[member.annotation, *member.checks] if member.checks else member.annotation)
        if adapter is None or not strips(adapter) or not self._documented_as_generated(where):
            return False
        return any(self._judge.valid(dict(part), value.strip()) for part in self._documenting(where))

    def _documents(self, where: tuple[str | int, ...], keyword: str) -> bool:
        """Return whether the schema of a member says something by a keyword, in one of its unions at least."""
        return any(f"'{keyword}'" in str(_plain(schema, self._judge, 0)) for schema in self._documenting(where))

    def _is_of_no_pattern(self, where: tuple[str | int, ...]) -> bool:
        """Return whether a place lies below a key that no pattern of its map matches."""
        return any(
            "patternProperties" in part and self._judge.member(part, where[depth]) is True
            for depth in range(1 if where[0] == "body" else 2, len(where))
            for part in self._parts(where[:depth])
        )

    def _parts(self, where: tuple[str | int, ...]) -> typing.Iterator[Mapping[str, Json]]:
        """Yield what the docs say at a place, and the parts of its union."""
        for schema in self._documenting(where):
            for part in map(self._judge.resolve, (schema, *schema.get("anyOf", ()))):
                if isinstance(part, Mapping):
                    yield part

    def _documenting(self, where: tuple[str | int, ...]) -> typing.Iterator[Mapping[str, Json]]:
        """Yield what the docs say at a place."""
        schemas: list[Schema] = []
        if where[0] != "body":
            named = _parameter(self._operation, where)
            schemas = [self._judge.within(named.schema, where[2:])] if named is not None else []
        elif self._operation.body is not None:
            entries = self._operation.body.content.values()
            schemas = [self._judge.within(e.schema, where[1:]) for e in entries if e.schema is not None]
        for schema in map(self._judge.resolve, schemas):
            if isinstance(schema, Mapping):
                yield schema

    def _documented_as_generated(self, where: tuple[str | int, ...]) -> bool:
        generated = self._generated
        if generated is None:
            return False
        mine = self._operation
        if generated.parameters is mine.parameters and generated.body is mine.body:
            return True
        if where[0] != "body":
            ours, theirs = _parameter(mine, where), _parameter(generated, where)
            if ours is None or theirs is None:
                return ours is theirs
            return ours.required == theirs.required and self._same(ours.schema, theirs.schema, where[2:])
        if self._operation.body is None or generated.body is None:
            return False
        for name, entry in self._operation.body.content.items():
            other: MediaType | None = generated.body.content.get(name)
            if other is None or entry.schema is None or other.schema is None:
                return False
            if not self._same(entry.schema, other.schema, where[1:]):
                return False
        return True

    def _same(self, mine: Schema, theirs: Schema, path: tuple[str | int, ...]) -> bool:
        """Compare two schemas at the end of a path, annotations aside."""
        for step in path:
            mine, theirs = self._judge.member(mine, step), self._judge.member(theirs, step)
        ours, others = (self._judge.modern(self._judge.resolve(one)) for one in (mine, theirs))
        return bool(_plain(ours, self._judge, 0) == _plain(others, self._judge, 0))


def _parameter(operation: Operation, where: tuple[str | int, ...]) -> Parameter | None:
    for parameter in operation.parameters:
        if parameter.location == where[0] and _same_name(parameter.name, where[1], parameter.location):
            return parameter
    return None


def _converted(annotation: object, value: Json, path: tuple[str | int, ...]) -> bool:
    """Return whether strict mode refuses, at a place, a value that lax mode took: Pydantic had to convert it."""
    adapter = _adapter(annotation)
    if adapter is None:
        return False
    try:
        adapter.validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        return any(_leads_to(entry["loc"], path) for entry in error.errors(include_url=False, include_context=False))
    except Exception:  # noqa: BLE001 - whatever a validator of the app's own raises
        return False
    return False


def _leads_to(place: tuple[str | int, ...], path: tuple[str | int, ...]) -> bool:
    """Return whether an error's place lies on or below a path; unions put names of their own between its steps."""
    steps = iter(place)
    return all(any(step == wanted for step in steps) for wanted in path)


@cache
def _core_kinds() -> frozenset[str]:
    return frozenset(get_args(ErrorType))


def _reads_otherwise(pattern: Json, text: str) -> bool:
    r"""Return whether Python's or Pydantic's reading of an expression takes a text: to them `\\w` is any alphabet's."""
    try:
        return re.search(pattern, text) is not None or accepts(Annotated[str, Field(pattern=pattern)], text)
    except (re.error, TypeError):  # an expression of another dialect, or none at all
        return False


def accepts(annotation: object, value: Json) -> bool:
    """Return whether Pydantic's lax mode takes a value for a type; False where it cannot say."""
    adapter = _adapter(annotation)
    if adapter is None:
        return False
    try:
        adapter.validate_python(value)
    except Exception:  # noqa: BLE001 - whatever a type of the app's own raises
        return False
    return True


def _adapter(annotation: object) -> "TypeAdapter[Any] | None":
    try:
        return _cached_adapter(annotation)
    except TypeError:  # an annotation that cannot be hashed
        return _cached_adapter.__wrapped__(annotation)


@cache
def _cached_adapter(annotation: object) -> "TypeAdapter[Any] | None":
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return TypeAdapter(cast("Any", annotation))
    except (PydanticUserError, SchemaError, TypeError, NameError, AttributeError):
        return None


def _descend(annotation: object, path: tuple[str | int, ...]) -> object:
    for position, step in enumerate(path):
        options = list(_options(annotation))
        found: list[object] = []
        for option in options:
            found.extend(_member(option, step))
        if not found:
            # Unions put the name of a member's type into the path; what stands there is judged as a whole.
            rest = path[position + 1 :]
            if isinstance(step, str) and len(options) > 1 and rest:
                return _descend(annotation, rest)
            return annotation if isinstance(step, str) and position == len(path) - 1 and len(options) > 1 else _MISSING
        annotation = found[0] if len(found) == 1 else Union[tuple(found)]  # noqa: UP007 - a union made of a list
    return _bare(annotation)


def _bare(annotation: object) -> object:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation


def _options(annotation: object) -> typing.Iterator[object]:
    annotation = _bare(annotation)
    if isinstance(annotation, typing.TypeAliasType if hasattr(typing, "TypeAliasType") else ()):
        annotation = _bare(annotation.__value__)
    if get_origin(annotation) in (Union, types.UnionType):
        for part in get_args(annotation):
            yield from _options(part)
    else:
        yield annotation


def _member(annotation: object, step: str | int) -> list[object]:
    origin, args = get_origin(annotation), get_args(annotation)
    if isinstance(step, int) and (names := getattr(annotation, "_fields", None)) is not None:  # a NamedTuple
        step = names[step] if step < len(names) else step
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, info in annotation.model_fields.items():
            if step in (name, info.alias, info.validation_alias):
                return [info.annotation]
        extra = annotation.__annotations__.get("__pydantic_extra__")
        args = get_args(extra)
        return [args[1]] if len(args) == 2 else []
    if origin in (list, set, frozenset, tuple, typing.Sequence) or "Sequence" in str(origin):
        if not isinstance(step, int) or not args:
            return []
        if origin is tuple and not (len(args) == 2 and args[1] is Ellipsis):
            return [args[step]] if step < len(args) else []
        return [args[0]]
    if isinstance(origin, type) and issubclass(origin, Mapping) and len(args) == 2 and isinstance(step, str):
        return [args[1]]
    hints = getattr(annotation, "__annotations__", {}) if isinstance(annotation, type) else {}
    if isinstance(step, str) and step in hints and annotation.__module__ != "builtins":
        try:
            return [typing.get_type_hints(annotation).get(step)]
        except (NameError, TypeError):
            return []
    return []


def _same_name(one: str, other: str | int, location: str) -> bool:
    return one.lower() == str(other).lower() if location == "header" else one == other


_ANNOTATIONS = frozenset(
    {
        "title",
        "description",
        "default",
        "examples",
        "example",
        "deprecated",
        "readOnly",
        "writeOnly",
        "$comment",
        "xml",
        "nullable",
    }
    | {"externalDocs", "discriminator"}
)


def _plain(schema: Json, judge: Judge, depth: int) -> Json:
    """Return a schema without its annotations, references followed a few levels deep."""
    if isinstance(schema, Mapping):
        if "$ref" in schema and depth < 6:
            return _plain(judge.resolve(schema), judge, depth + 1)
        made = {
            key: {name: _plain(member, judge, depth + 1) for name, member in part.items()}
            if key == "properties" and isinstance(part, Mapping)
            else _plain(part, judge, depth + 1)
            for key, part in schema.items()
            if key not in _ANNOTATIONS
            and not key.startswith("x-")
            and (key, part) != ("format", "password")  # a hint for the form's field
        }
        return normal(made)
    if isinstance(schema, list):
        return [_plain(part, judge, depth) for part in schema]
    return schema
