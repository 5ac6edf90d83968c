"""The document as FastAPI makes it from the types alone, without what the author wrote over it.

A value that only FastAPI's lax parsing accepts is the framework's doing where the docs are FastAPI's own words, and
the author's where the docs are the author's words. So the two are compared, member by member, and this module says
what FastAPI's own words would have been.
"""

import functools
import sys
import sysconfig
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from fastapi import FastAPI, routing
from fastapi._compat import get_definitions
from fastapi.openapi.utils import get_openapi
from pydantic import WithJsonSchema
from pydantic.json_schema import SkipJsonSchema

from upheld.contract.canonical import plain
from upheld.contract.foreign import Foreign
from upheld.model import Json

REF = "#/components/schemas/"
LIBRARIES = tuple({sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")})


def generate(app: FastAPI) -> dict[str, Json] | None:
    """Return what `app.openapi()` would say without custom `openapi()`, `openapi_extra` and JSON Schema overrides.

    Shapes: as from `plain`; hidden routes are in it. Constraints, titles and descriptions are part of the types.
    Errors: none; `None` where FastAPI cannot make it.
    """
    try:
        with warnings.catch_warnings(), _generating(_generator):
            warnings.simplefilter("ignore")
            document = get_openapi(
                title=app.title,
                version=app.version,
                openapi_version=app.openapi_version,
                routes=list(_routes(app)),
                separate_input_output_schemas=app.separate_input_output_schemas,
            )
        return plain(document)  # type: ignore[no-any-return]  # a dict is returned for a dict
    except Exception:  # noqa: BLE001  # an author's schema function that the types cannot do without, and the like
        return None


def _routes(app: FastAPI) -> Iterator[routing.RouteContext]:
    """Yield the app's routes without the author's additions, for each path and method the first one, which answers."""
    seen: set[tuple[str | None, str]] = set()
    for context in routing.iter_route_contexts(app.routes):
        if not isinstance(context.original_route, routing.APIRoute):
            continue
        taken = {(context.path_format, method) for method in context.methods or ()}
        if taken <= seen:
            continue
        seen |= taken
        yield _bare(context)


def _bare(context: routing.RouteContext) -> routing.RouteContext:
    bare = object.__new__(_Bare)
    bare.__dict__.update(vars(context))
    return bare


class _Bare(routing.RouteContext):
    """A route as if it were documented, and without `openapi_extra`."""

    openapi_extra = None
    include_in_schema = True


class Heard:
    """What was heard while FastAPI generated a document."""

    def __init__(self) -> None:
        self.documents = 0
        """How many were generated."""
        self.overridden = False
        """Whether an override of the author's is in one of them."""

    def is_generated(self, app: FastAPI) -> bool:
        """Return whether the one document, which `app.openapi()` returned, is what `generate` would return."""
        own = type(app).openapi is FastAPI.openapi and "openapi" not in vars(app) and not app.webhooks.routes
        return own and self.documents == 1 and not self.overridden and _is_plain(app)


@contextmanager
def heard() -> Iterator[Heard]:
    """Hear what FastAPI puts into the documents that it generates meanwhile."""
    found = Heard()
    with _generating(lambda original: _hearing(original, found)):
        yield found


def _is_plain(app: FastAPI) -> bool:
    """Whether each route is documented, once, and without `openapi_extra`."""
    seen: set[tuple[str | None, str]] = set()
    for context in routing.iter_route_contexts(app.routes):
        if isinstance(context.original_route, routing.APIRoute):
            taken = {(context.path_format, method) for method in context.methods or ()}
            if not context.include_in_schema or context.openapi_extra or not taken.isdisjoint(seen):
                return False
            seen |= taken
    return True


@contextmanager
def _generating(made: Callable[[type[Any]], type[Any]]) -> Iterator[None]:
    """Let FastAPI generate schemas with a generator that is made of its own."""
    home: Foreign = sys.modules[get_definitions.__module__]
    original = home.GenerateJsonSchema
    home.GenerateJsonSchema = made(original)
    try:
        yield
    finally:
        home.GenerateJsonSchema = original


def _hearing(original: type[Any], found: Heard) -> type[Any]:
    class Hearing(original):  # type: ignore[misc]  # its base is known only when it runs
        def __init__(self, *args: Foreign, **options: Foreign) -> None:
            found.documents += 1
            super().__init__(*args, **options)

        def generate_inner(self, schema: Foreign) -> Foreign:
            metadata = schema.get("metadata")
            if metadata and not _KEYS.isdisjoint(metadata) and _kept(metadata) is not metadata:
                found.overridden = True
            return super().generate_inner(schema)

        def _update_class_schema(self, json_schema: Foreign, cls: type[Any], config: Foreign) -> None:
            extra = config.get("json_schema_extra")
            found.overridden = found.overridden or (extra is not None and not _is_library(extra))
            super()._update_class_schema(json_schema, cls, config)

    return Hearing


def _generator(original: type[Any]) -> type[Any]:
    class TypesAlone(original):  # type: ignore[misc]  # its base is known only when it runs
        def generate_inner(self, schema: Foreign) -> Foreign:
            metadata = schema.get("metadata")
            if metadata and not _KEYS.isdisjoint(metadata):
                kept = _kept(metadata)
                if kept is not metadata:
                    schema = {**schema, "metadata": kept}
            return super().generate_inner(schema)

        def _update_class_schema(self, json_schema: Foreign, cls: type[Any], config: Foreign) -> None:
            extra = config.get("json_schema_extra")
            if extra is not None and not _is_library(extra):
                config = {key: value for key, value in config.items() if key != "json_schema_extra"}
            super()._update_class_schema(json_schema, cls, config)

        def handle_invalid_for_json_schema(self, schema: Foreign, error_info: str) -> Foreign:  # noqa: ARG002
            return {}  # a type that only the author's own function can describe

    return TypesAlone


_KEYS = frozenset({"pydantic_js_extra", "pydantic_js_functions", "pydantic_js_annotation_functions"})


def _kept(metadata: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a schema's metadata says less the author's overrides; the same object where there are none."""
    changed = "pydantic_js_extra" in metadata
    kept = {key: value for key, value in metadata.items() if key != "pydantic_js_extra"}
    for key in ("pydantic_js_functions", "pydantic_js_annotation_functions"):
        functions = metadata.get(key, ())
        if not all(map(_is_library, functions)):
            # A pass-through stays in its place, since Pydantic resolves references around it.
            kept[key] = [one if _is_library(one) else _through for one in functions]
            changed = True
    return kept if changed else metadata


def _through(schema: Foreign, handler: Foreign) -> Foreign:
    return handler(schema)


def _is_library(function: Foreign) -> bool:
    """Whether a schema function is a library's own, such as Pydantic's for enums, and not a means to override it."""
    owner = getattr(function, "__self__", None)
    if isinstance(owner, WithJsonSchema | SkipJsonSchema):
        return False
    inner = function
    while True:
        if isinstance(inner, functools.partial):
            inner = inner.func
        elif hasattr(inner, "__func__"):
            inner = inner.__func__
        elif hasattr(inner, "__wrapped__"):
            inner = inner.__wrapped__
        else:
            break
    code = getattr(inner, "__code__", None)
    return code is not None and code.co_filename.startswith(LIBRARIES)


class Comparison:
    """Which component schemas two documents share, so that one document's references can serve both."""

    def __init__(self, document: Mapping[str, Json], generated: Mapping[str, Json]) -> None:
        self.documented = _schemas(document)
        self.schemas = _schemas(generated)
        same = {name for name, schema in self.schemas.items() if self.documented.get(name) == schema}
        references = {name: set(_references(self.schemas[name])) for name in same}
        while lost := {name for name in same if not references[name] <= same}:
            same -= lost
        self.same = frozenset(same)
        self.whole = len(same) == len(self.schemas)

    def inlined(self, node: Json, within: frozenset[str] = frozenset()) -> Json:
        """Return generated JSON that means the same in the contract's own document.

        References to schemas that the two documents share stay; others are replaced by what they refer to. Within a
        recursive schema that differs, the second round refers to the documented one.
        """
        if isinstance(node, list):
            return [self.inlined(item, within) for item in node]
        if not isinstance(node, dict):
            return node
        reference = node.get("$ref")
        if not isinstance(reference, str) or not reference.startswith(REF):
            return {key: self.inlined(value, within) for key, value in node.items()}
        name = reference.removeprefix(REF)
        if name in self.same or (name in within and name in self.documented):
            return node
        target = {} if name in within else self.inlined(self.schemas.get(name, {}), within | {name})
        return {**target, **{key: self.inlined(value, within) for key, value in node.items() if key != "$ref"}}


def _schemas(document: Mapping[str, Json]) -> Mapping[str, Json]:
    return (document.get("components") or {}).get("schemas") or {}


def _references(node: Json) -> Iterator[str]:
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str) and reference.startswith(REF):
                yield reference.removeprefix(REF)
            waiting += node.values()
