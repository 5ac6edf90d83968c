"""JSON Schema, as OpenAPI uses it: references resolved, validators compiled once, values judged.

A validator is compiled by jsonschema-rs with formats asserted; the whole document stands behind it as one resource, so
that a schema is compiled without copying the components into it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import jsonschema_rs

from upheld.dialect import absolute, modern
from upheld.model import Json, Schema
from upheld.pointer import unescaped

DOCUMENT = "urn:upheld:document"
JSON_TYPES = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})
# RFC 3339's grammar knows no fraction; ISO 8601 does, and Pydantic writes one ("PT0.5S").
_DURATION = re.compile(
    r"P(?!$)(\d+(?:[.,]\d+)?Y)?(\d+(?:[.,]\d+)?M)?(\d+(?:[.,]\d+)?W)?(\d+(?:[.,]\d+)?D)?"
    r"(T(?=\d)(\d+(?:[.,]\d+)?H)?(\d+(?:[.,]\d+)?M)?(\d+(?:[.,]\d+)?S)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One way in which a value breaks a schema."""

    path: tuple[str | int, ...]
    """To the member at fault, from the value's root."""
    keyword: str
    message: str
    leaf: tuple[str | int, ...]
    """To the keyword that decided, from the document's root where the schema is a reference, else from the schema's."""
    value: Json
    expected: Json = None
    """The keyword's own value, where it is short: the bound, the pattern, the type."""

    @property
    def missing(self) -> str | None:
        """The name of the member that is not there, where that is what is wrong."""
        found = re.search(r'^(".*") is a required property$', self.message) if self.keyword == "required" else None
        return json.loads(found[1]) if found is not None else None


def by_leaf(problems: Iterable[Problem]) -> dict[str, tuple[Problem, ...]]:
    """Sort problems by the JSON pointer to what they break in a shared schema; "" where no other refers to it."""
    sorted_out: dict[str, tuple[Problem, ...]] = {}
    for problem in problems:
        leaf = "/".join(["#", *map(str, problem.leaf)]) if problem.leaf[:1] == ("components",) else ""
        sorted_out[leaf] = (*sorted_out.get(leaf, ()), problem)
    return sorted_out


class UndecidedError(Exception):
    """A text has no one reading, or a validator cannot tell: nothing is judged by it."""


class Judge:
    """Judges values by the schemas of one document.

    Shapes: schemas are those of the document or parts made of them, as plain dicts; OpenAPI 3.0's are translated.
    """

    def __init__(self, document: Mapping[str, Json]) -> None:
        self._old = str(document.get("openapi", "")).startswith("3.0")
        self._source = document  # kept, so that its id is not used twice
        self._document = modern(document) if self._old else document
        self._registry: jsonschema_rs.Registry | None = None
        # Keyed by identity: the schema is kept beside its validator, so that no id is used twice.
        self._compiled: dict[int, tuple[Schema, jsonschema_rs.Draft202012Validator | None]] = {}
        self._types: dict[int, tuple[Schema, frozenset[str]]] = {}
        self._resolved: dict[int, tuple[Schema, Schema]] = {}
        self._alone: dict[int, tuple[Schema, list[Mapping[str, Json]] | None]] = {}

    @classmethod
    def of(cls, document: Mapping[str, Json]) -> "Judge":
        """Return the judge of a document, made once."""
        known = _judges.get(id(document))
        if known is None:
            if len(_judges) > _JUDGES_MOST:
                _judges.clear()
            known = _judges[id(document)] = cls(document)
        return known

    def problems(self, schema: Schema, value: Json, *, spared: str = "") -> tuple[Problem, ...] | None:
        """Return what is wrong with a value: () for nothing, `None` where the validator cannot tell.

        `spared` is the mark of members that need not be there though `required`, and about which nothing is told where
        they are: of OpenAPI 3.0, `readOnly` in a request and `writeOnly` in an answer (OpenAPI 3.0.4, Schema Object).
        """
        validator = self._validator(schema)
        if validator is None:
            return None
        try:
            if validator.is_valid(value):
                return ()
            found = tuple(_problem(error) for error in validator.iter_errors(value))
            return self._without(spared, schema, found) if self._old and spared else found
        except (ValueError, RecursionError, OverflowError):  # UnicodeEncodeError of a lone surrogate included
            return None

    def _without(self, mark: str, schema: Schema, found: tuple[Problem, ...]) -> tuple[Problem, ...] | None:
        kept = []
        for problem in found:
            if any(self._marked(mark, schema, problem.path[: depth + 1]) for depth in range(len(problem.path))):
                return None
            if problem.missing is None or not self._marked(mark, schema, (*problem.path, problem.missing)):
                kept.append(problem)
        return tuple(kept)

    def _marked(self, mark: str, schema: Schema, path: tuple[str | int, ...]) -> bool:
        described = self.resolve(self.within(schema, path))
        return isinstance(described, dict) and described.get(mark) is True

    def valid(self, schema: Schema, value: Json) -> bool | None:
        """Return whether a value keeps a schema; `None` where the validator cannot tell."""
        validator = self._validator(schema)
        if validator is None:
            return None
        try:
            return validator.is_valid(value)
        except (ValueError, RecursionError, OverflowError):
            return None

    def reading(self, text: str, schema: Schema) -> Json:
        """Read a text as the JSON value that its schema asks for; the text itself where nothing else fits.

        Errors: UndecidedError where careful readers differ, as about `1.0` for an integer.
        """
        readings = list(_readings(text, self.types(schema)))
        for reading in readings:
            if reading is not _UNSURE and self.valid(schema, reading):
                return reading
        if any(reading is _UNSURE for reading in readings):
            raise UndecidedError
        return readings[0]

    def resolve(self, schema: Schema) -> Schema:
        """Follow local `$ref`s until a schema of its own; siblings of a `$ref` are kept on top of it."""
        if not isinstance(schema, dict) or "$ref" not in schema:
            return schema
        known = self._resolved.get(id(schema))
        if known is None:
            known = self._resolved[id(schema)] = (schema, self._follow(schema))
        return known[1]

    def modern(self, schema: Schema) -> Schema:
        """Return a schema as it stands in the document in the words of OpenAPI 3.1."""
        return modern(schema) if self._old else schema

    def _follow(self, schema: Schema) -> Schema:
        seen = 0
        while isinstance(schema, dict) and isinstance(ref := schema.get("$ref"), str):
            target = self._lookup(ref)
            seen += 1
            if target is None or seen > 64:
                return True
            siblings = {key: part for key, part in schema.items() if key != "$ref"}
            schema = {**target, **siblings} if siblings and isinstance(target, Mapping) else target
        return schema

    def member(self, schema: Schema, step: str | int) -> Schema:
        """Return the schema of an object's member or an array's item; `True` where nothing is said of it."""
        schema = self.resolve(schema)
        if not isinstance(schema, dict):
            return True
        if isinstance(step, int):
            prefix = schema.get("prefixItems") or ()
            found = prefix[step] if step < len(prefix) else schema.get("items")
        else:
            found = (schema.get("properties") or {}).get(step, schema.get("additionalProperties"))
            for pattern, part in (schema.get("patternProperties") or {}).items():
                if _matches(pattern, step):
                    found = part
        if isinstance(found, dict):
            return found
        for key in ("allOf", "anyOf", "oneOf"):
            for part in schema.get(key) or ():
                inner = self.member(part, step)
                if inner is not True:
                    return inner
        return True

    def within(self, schema: Schema, path: Iterable[str | int]) -> Schema:
        """Return the schema of what a path of members and items leads to, as `member` does step by step."""
        for step in path:
            schema = self.member(schema, step)
        return schema

    def types(self, schema: Schema) -> frozenset[str]:
        """Return the JSON types that a schema lets through, as far as its `type`, `enum` and unions say."""
        known = self._types.get(id(schema))
        if known is None:
            known = self._types[id(schema)] = (schema, self._read_types(schema, 0))
        return known[1]

    def extra_members(self, schema: Schema, value: Json) -> Iterator[tuple[str | int, ...]]:
        """Yield the path of each object member that an object schema neither names, forbids nor declares as extra.

        Of several schemas that a value keeps, such as those of a union, it is enough that one names it.
        """
        yield from self._extra([schema], value)

    def _extra(self, schemas: Iterable[Schema], value: Json) -> Iterator[tuple[str | int, ...]]:
        applied = [one for schema in schemas for one in self._all_applied(schema, value)]
        if isinstance(value, dict):
            yield from self._extra_of_object(applied, value)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, dict | list):
                    for path in self._extra(_item_schemas(applied, index), item):
                        yield (index, *path)

    def _extra_of_object(
        self, schemas: list[Mapping[str, Json]], value: dict[str, Json]
    ) -> Iterator[tuple[str | int, ...]]:
        named = [properties for schema in schemas if (properties := schema.get("properties"))]
        names = {name for properties in named for name in properties}
        for name, member in value.items():
            if name in names and isinstance(member, dict | list):
                for path in self._extra([one[name] for one in named if name in one], member):
                    yield (name, *path)
        if value.keys() <= names:
            return
        says = any(schema.keys() <= _SILENT or not schema.keys().isdisjoint(_EXTRA) for schema in schemas)
        for name in [name for name in value if name not in names]:
            if named and not says:
                yield (name,)
            else:
                extra = [one for schema in schemas if isinstance(one := schema.get("additionalProperties"), dict)]
                for path in self._extra(extra, value[name]):
                    yield (name, *path)

    def _all_applied(self, schema: Schema, value: Json) -> list[Mapping[str, Json]]:
        known = self._alone.get(id(schema))
        if known is None:
            own = self.resolve(schema)
            alone = isinstance(own, dict) and own.keys().isdisjoint(("allOf", "anyOf", "oneOf"))
            known = self._alone[id(schema)] = (schema, [own] if isinstance(own, dict) and alone else None)
        return list(self._applied(schema, value, 0)) if known[1] is None else known[1]

    def _applied(self, schema: Schema, value: Json, depth: int) -> Iterator[Mapping[str, Json]]:
        """Yield the schemas that apply to a value: itself, its `allOf` and those union members that accept it."""
        schema = self.resolve(schema)
        if not isinstance(schema, dict) or depth > 16:
            return
        yield schema
        for part in schema.get("allOf") or ():
            yield from self._applied(part, value, depth + 1)
        for key in ("anyOf", "oneOf"):
            for part in schema.get(key) or ():
                if self.valid(part, value):
                    yield from self._applied(part, value, depth + 1)

    def _read_types(self, schema: Schema, depth: int) -> frozenset[str]:
        schema = self.resolve(schema)
        if not isinstance(schema, dict) or depth > 16:
            return JSON_TYPES
        found = JSON_TYPES
        declared = schema.get("type")
        if isinstance(declared, str):
            found = frozenset({declared})
        elif isinstance(declared, list):
            found = frozenset(declared)
        for values in (schema.get("enum"), [schema["const"]] if "const" in schema else None):
            if values is not None:
                found &= frozenset().union(*map(_types_of, values))
        for part in schema.get("allOf") or ():
            found &= self._read_types(part, depth + 1)
        for key in ("anyOf", "oneOf"):
            if parts := schema.get(key):
                found &= frozenset().union(*(self._read_types(part, depth + 1) for part in parts))
        return found

    def _lookup(self, ref: str) -> Schema | None:
        ref = ref.removeprefix(DOCUMENT)
        if not ref.startswith("#/"):
            return None
        node: Json = self._document
        for step in ref[2:].split("/"):
            name = unescaped(step)
            if isinstance(node, Mapping) and name in node:
                node = node[name]
            else:
                return None
        return node if isinstance(node, Mapping | bool) else None

    def _validator(self, schema: Schema) -> jsonschema_rs.Draft202012Validator | None:
        known = self._compiled.get(id(schema))
        if known is None:
            known = self._compiled[id(schema)] = (schema, self._compile(schema))
        return known[1]

    def _compile(self, schema: Schema) -> jsonschema_rs.Draft202012Validator | None:
        if self._registry is None:
            self._registry = jsonschema_rs.Registry([(DOCUMENT, dict(self._document))])
        try:
            return jsonschema_rs.Draft202012Validator(
                absolute(self.modern(schema), DOCUMENT),
                registry=self._registry,
                validate_formats=True,
                formats={"duration": is_duration},
            )
        except (ValueError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError):
            return None  # A pattern that is no ECMA expression, a reference that leads nowhere: it judges nothing.


_EXTRA = frozenset({"additionalProperties", "patternProperties", "unevaluatedProperties", "propertyNames"})
"""Keywords that say something of members without a name."""
_SILENT = frozenset({"type", "title", "description", "default", "examples", "example", "deprecated"})
"""Keywords beside which an object may have any members."""
_judges: dict[int, Judge] = {}
_JUDGES_MOST = 64
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_INTEGER_DIGITS_MOST = 4000
"""Below Python's own limit for reading an integer."""
_UNSURE = object()


def _readings(text: str, types: frozenset[str]) -> Iterator[Json]:
    if types & {"integer", "number"} and _NUMBER.fullmatch(text):
        if len(text) > _INTEGER_DIGITS_MOST:
            yield _UNSURE
        elif _INTEGER.fullmatch(text):
            yield int(text)
        elif "number" in types:
            yield float(text)
        elif float(text).is_integer():
            yield _UNSURE  # an integer to JSON Schema, and to most parsers of integers it is not
    if "boolean" in types and text in ("true", "false"):
        yield text == "true"
    yield text


def is_duration(text: str) -> bool:
    """Return whether a text is an ISO 8601 duration, fractions allowed, a sign not."""
    return _DURATION.fullmatch(text) is not None


def _matches(pattern: str, text: str) -> bool:
    try:
        return re.search(pattern, text) is not None
    except re.error:
        return False


def _item_schemas(schemas: list[Mapping[str, Json]], index: int) -> Iterator[Schema]:
    for schema in schemas:
        prefix = schema.get("prefixItems") or ()
        if index < len(prefix):
            yield prefix[index]
        elif isinstance(items := schema.get("items"), dict):
            yield items


def _types_of(value: Json) -> frozenset[str]:
    if value is None:
        return frozenset({"null"})
    if isinstance(value, bool):
        return frozenset({"boolean"})
    if isinstance(value, int):
        return frozenset({"integer", "number"})
    if isinstance(value, float):
        return frozenset({"number"})
    if isinstance(value, str):
        return frozenset({"string"})
    return frozenset({"array"}) if isinstance(value, list) else frozenset({"object"})


def _problem(error: jsonschema_rs.ValidationError) -> Problem:
    near = [branch for branch in getattr(error.kind, "context", None) or () if not _is_another_type(branch, error)]
    if len(near) == 1 and len(near[0]) == 1:
        return _problem(near[0][0])  # what is wrong with an optional member is what is wrong with it where it is there
    expected = getattr(error.kind, "value", None)
    return Problem(
        path=tuple(error.instance_path),
        keyword=error.kind.name,
        message=_short(error.message),
        leaf=tuple(error.schema_path),
        value=error.instance,
        expected=expected if isinstance(expected, str | int | float) else None,
    )


def _is_another_type(branch: list[jsonschema_rs.ValidationError], error: jsonschema_rs.ValidationError) -> bool:
    """Return whether a part of a union refuses a value for its type alone."""
    return any(one.kind.name == "type" and one.instance_path == error.instance_path for one in branch)


def _short(text: str, most: int = 160) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
