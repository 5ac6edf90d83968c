"""The routes of an app, flat, and which of them serves a documented operation."""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import RouteContext, iter_route_contexts
from starlette.endpoints import HTTPEndpoint
from starlette.routing import BaseRoute, Host, Mount, Route, compile_path

from upheld.contract.called import called
from upheld.contract.canonical import ITEM, ordered
from upheld.contract.foreign import Foreign
from upheld.contract.generated import REF, Comparison, generate
from upheld.contract.handlers import handler, members
from upheld.contract.operations import operation
from upheld.contract.references import References
from upheld.model import Handler, Json, Operation

_SILENT = frozenset({"openapi", "setup"})
"""What an app's own class may do in its way without answering anything in another."""
_ANSWERING = frozenset({"__call__", "__getattribute__", "__getattr__"})
"""What answers in the class's place, whatever it is of; a route's `__init__` may put anything around the endpoint."""
SAMPLES = ("1", "x", "00000000-0000-4000-8000-000000000000", "1.5")
"""Stand-ins for path parameters: one of them suits each of Starlette's converters."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Served:
    """One route with the prefixes above it."""

    template: str
    """The path with its converters, `/files/{path:path}`."""
    methods: frozenset[str] | None
    """`None` for any."""
    handler: Handler
    origin: FastAPI | None
    """The app whose own document describes it; `None` where FastAPI describes nothing."""
    path: str
    """The path template within that app."""
    unique_id: str = ""
    """What FastAPI derives its operation id from."""


class Routes:
    """The routes of one app, in the order in which they are tried."""

    def __init__(self, app: FastAPI, root: Path, *, is_generated: bool = False) -> None:
        """Take the app, its project's folder, and whether its document is known to be made of its types alone."""
        self._root = root
        self._own_words = app if is_generated else None
        self._served = tuple(self._walk(app.routes, "", app, (app,)))
        self._exact: dict[tuple[str, str], Served] = {}
        for one in self._served:
            shape = _shape(one.template)
            for method in one.methods or ():
                self._exact.setdefault((method, shape), one)
        self._generated: dict[int, tuple[References, Comparison] | None] = {}

    def serving(self, method: str, path: str) -> Served | None:
        """Return the route that answers a documented operation, whatever it calls its path parameters."""
        shape = _shape(path)
        found = self._exact.get((method, shape))
        if found is not None:
            return found
        for one in self._served:
            if (one.methods is None or method in one.methods) and _answers(one, path):
                return one
        return None

    def generated(
        self, document: Mapping[str, Json], documented: Operation, item: Mapping[str, Json], served: Served
    ) -> Operation | None:
        """Return the operation as FastAPI documents it from the types alone; its references fit `document`."""
        if served.origin is None or (made := self._made(served.origin, document)) is None:
            return None
        references, comparison = made
        method = documented.method.lower()
        bare = (references.document.get("paths", {}).get(served.path) or {}).get(method)
        if bare is None:
            return None
        if bare == item[method] and "parameters" not in item and comparison.whole:
            return documented
        return operation(references, method, documented.path, {method: comparison.inlined(bare)})

    def steady(self, document: dict[str, Json]) -> dict[str, Json]:
        """Return the document with the operation ids that FastAPI draws from a set made the same on every run.

        A route of several methods gets one id for all, ending in any one of them, as the hash seed has it.
        """
        for one in self._served:
            methods = sorted(one.methods or ())
            base, _, drawn = one.unique_id.rpartition("_")
            if one.origin is None or len(methods) < 2 or drawn.upper() not in methods:
                continue
            for path, item in document.get("paths", {}).items():
                drawn_here = [key for key, raw in item.items() if _named(raw) == one.unique_id]
                for method in drawn_here:
                    item[method]["operationId"] = f"{base}_{method}"
                if drawn_here:
                    document["paths"][path] = {key: item[key] for key in ordered(item, ITEM)}
            document = _renamed(document, f"Body_{one.unique_id}", f"Body_{base}_{methods[0].lower()}")
        return document

    def _made(self, app: FastAPI, document: Mapping[str, Json]) -> tuple[References, Comparison] | None:
        if id(app) not in self._generated:
            made = self._from_types(app, document)
            own = (References(made, app.title), Comparison(document, made)) if made is not None else None
            self._generated[id(app)] = own
        return self._generated[id(app)]

    def _from_types(self, app: FastAPI, document: Mapping[str, Json]) -> Mapping[str, Json] | None:
        if app is self._own_words:
            return document
        made = generate(app)
        return self.steady(made) if made is not None else None

    def _walk(
        self, routes: Foreign, prefix: str, origin: FastAPI | None, apps: tuple[Foreign, ...]
    ) -> Iterator[Served]:
        context: Foreign
        for context in iter_route_contexts(routes):
            route = _effective(context)
            if isinstance(route, Mount):
                yield from self._mounted(route, prefix + route.path, apps)
            elif isinstance(route, Host):
                inner = _inside(route.app)
                yield from self._walk(route.routes, prefix, inner if isinstance(inner, FastAPI) else None, apps)
            elif getattr(context, "dependant", None) is not None and getattr(context, "methods", None):
                yield Served(
                    template=prefix + context.path,
                    methods=frozenset(context.methods),
                    handler=handler(
                        context.endpoint,
                        self._root,
                        members(context.dependant, context.body_field),
                        called=called(context.dependant),
                        apps=apps,
                        customized=not all(map(_is_plain, (context.original_route, *apps))),
                        status=getattr(context, "status_code", None) or 200,
                        answers=tuple(getattr(context, f"response_{part}", None) for part in ("model", "class")),
                    ),
                    origin=origin,
                    path=context.path_format,
                    unique_id=context.unique_id,
                )
            elif isinstance(route, Route):
                yield from self._plain(route, prefix)

    def _mounted(self, route: Mount, prefix: str, apps: tuple[Foreign, ...]) -> Iterator[Served]:
        inner = _inside(route.app)
        if routes := getattr(inner, "routes", None):
            yield from self._walk(routes, prefix, inner if isinstance(inner, FastAPI) else None, (*apps, inner))
            return
        # Another framework answers there: who does is known, but not how.
        yield Served(
            template=prefix + "/{path:path}", methods=None, handler=handler(route.app, self._root), origin=None, path=""
        )

    def _plain(self, route: Route, prefix: str) -> Iterator[Served]:
        endpoint: Callable[..., object] = route.endpoint
        methods = None if route.methods is None else frozenset(route.methods)
        if methods is None and isinstance(endpoint, type) and issubclass(endpoint, HTTPEndpoint):
            for method in ("get", "head", "post", "put", "patch", "delete", "options"):
                own = getattr(endpoint, method, None)
                if own is not None:
                    yield Served(
                        template=prefix + route.path, methods=frozenset({method.upper()}),
                        handler=handler(own, self._root), origin=None, path=route.path_format,
                    )  # fmt: skip
            return
        yield Served(
            template=prefix + route.path,
            methods=methods,
            handler=handler(endpoint, self._root),
            origin=None,
            path=route.path_format,
        )


def _is_plain(found: object) -> bool:
    """Whether an object answers as FastAPI's or Starlette's own class does, whatever else a class of the app's adds."""
    replaced = {name for name in vars(found) if inspect.isfunction(inspect.getattr_static(type(found), name, None))}
    added: set[str] = set()
    for cls in type(found).__mro__:
        if cls.__module__.partition(".")[0] in ("fastapi", "starlette"):
            replaced |= {name for name in added if not name.startswith("__") and hasattr(cls, name)}
            replaced |= added & (_ANSWERING | {"__init__"} if isinstance(found, BaseRoute) else _ANSWERING)
            return replaced <= _SILENT
        added |= vars(cls).keys()
    return False


def _effective(context: RouteContext) -> object:
    """Return the Starlette route behind a context, with its prefix where FastAPI made a copy that has it."""
    found: object = getattr(context, "_effective_route", None)
    return found if isinstance(found, BaseRoute) else context.original_route


def _inside(app: Foreign) -> Foreign:
    """Return the first app with routes below the middlewares around it, or the outermost where none has."""
    inner = app
    for _ in range(32):
        if inner is None or hasattr(inner, "routes"):
            break
        inner = getattr(inner, "app", None)
    return app if inner is None else inner


def _shape(template: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", template)


def _answers(one: Served, path: str) -> bool:
    """Whether a route's own pattern takes a documented path, with something put in for its parameters."""
    regex = compile_path(one.template)[0]
    return any(regex.match(re.sub(r"\{[^}]*\}", sample, path)) for sample in SAMPLES)


def _named(raw: Json) -> Json:
    return raw.get("operationId") if isinstance(raw, dict) else None


def _renamed(node: Json, old: str, new: str) -> Json:
    if isinstance(node, dict):
        return {new if key == old else key: _renamed(value, old, new) for key, value in node.items()}
    if isinstance(node, list):
        return [_renamed(item, old, new) for item in node]
    if isinstance(node, str):
        return node.replace(REF + old, REF + new) if node != old else new
    return node
