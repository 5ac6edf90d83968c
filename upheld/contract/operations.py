"""A document's operations as records: references followed, parameters and security inherited, defaults filled in."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from upheld.contract.canonical import plain, sha256
from upheld.contract.errors import ContractError
from upheld.contract.examples import examples
from upheld.contract.references import References
from upheld.contract.version import versioned
from upheld.dialect import METHODS, STYLES
from upheld.model import Body, Contract, Header, Json, MediaType, Operation, Parameter, Response

if TYPE_CHECKING:
    from upheld.contract.routes import Routes


def parse(document: Mapping[str, Json], *, app: str, routes: "Routes | None" = None) -> Contract:
    """Turn a document into a contract, its operations in the document's order, matched with the routes that serve them.

    Shapes: OpenAPI 3.0 to 3.2. Schemas keep their references, to be judged against the whole document.
    Errors: ContractError, naming `app`, when it is not OpenAPI 3.x or a reference leads nowhere.
    """
    whole: dict[str, Any] = plain(document)
    if routes is not None:
        whole = routes.steady(whole)
    version = versioned(whole, app)
    references = References(whole, app)
    operations = tuple(_operations(references, routes))
    components = whole.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, dict) else None
    return Contract(
        app=app,
        document=whole,
        openapi=version,
        sha256=sha256(whole),
        operations=operations,
        security_schemes={name: references.follow(scheme) for name, scheme in (schemes or {}).items()},
    )


def _operations(references: References, routes: "Routes | None") -> Iterator[Operation]:
    whole = references.document
    paths = whole.get("paths") or {}
    for path, node in _members(paths, "paths", references):
        item = references.follow(node)
        for method in item:
            if method not in METHODS:
                continue
            bare = operation(references, method, path, item)
            served = routes.serving(bare.method, path) if routes is not None else None
            if routes is None or served is None:
                yield bare
            else:
                yield replace(bare, handler=served.handler, generated=routes.generated(whole, bare, item, served))


def operation(references: References, method: str, path: str, item: Mapping[str, Json]) -> Operation:
    """Read one operation of a path item, without saying who serves it."""
    raw = references.follow(item[method])
    required = raw.get("security", references.document.get("security")) or ()
    body = raw.get("requestBody")
    return Operation(
        method=method.upper(),
        path=path,
        operation_id=raw.get("operationId"),
        parameters=tuple(_parameters(references, item, raw)),
        body=None if body is None else _body(references, references.follow(body)),
        responses={
            code: _response(references, references.follow(response))
            for code, response in _members(raw.get("responses") or {}, f"responses of {path}", references)
        },
        examples=tuple(examples(references, item, raw)),
        security=tuple(frozenset(alternative) for alternative in required),
        scopes={name: tuple(scopes) for name, scopes in required[0].items() if scopes} if required else {},
        document=references.document,
    )


def _members(node: Json, what: str, references: References) -> Iterator[tuple[str, Json]]:
    """Yield a map's members, less its extensions."""
    if not isinstance(node, Mapping):
        raise ContractError(f"{references.source}: {what} is {node!r:.60}, expected an object; mend the document")
    return ((key, value) for key, value in node.items() if not key.startswith("x-"))


def _parameters(references: References, item: Mapping[str, Json], raw: Mapping[str, Json]) -> Iterator[Parameter]:
    # An operation's own parameter overrides its path's, and keeps the path's place.
    found: dict[tuple[str, str], Mapping[str, Any]] = {}
    for node in (*(item.get("parameters") or ()), *(raw.get("parameters") or ())):
        whole = references.follow(node)
        found[whole.get("in", ""), whole.get("name", "")] = whole
    for (location, name), whole in found.items():
        if location not in STYLES:
            continue
        style = whole.get("style", STYLES[location])
        media_type, content = next(iter((whole.get("content") or {}).items()), (None, {}))
        schema = references.follow(content).get("schema", True) if media_type else whole.get("schema", True)
        yield Parameter(
            name=name,
            location=location,
            required=location == "path" or whole.get("required", False) is True,
            schema=schema,
            style=style,
            explode=whole.get("explode", style == "form"),
            media_type=media_type,
        )


def _body(references: References, raw: Mapping[str, Json]) -> Body:
    return Body(required=raw.get("required", False) is True, content=_content(references, raw))


def _content(references: References, raw: Mapping[str, Json]) -> Mapping[str, MediaType]:
    found = {}
    for name, node in (raw.get("content") or {}).items():
        whole = references.follow(node)
        found[name] = MediaType(
            schema=whole.get("schema"), item_schema=whole.get("itemSchema"), encoding=whole.get("encoding") or {}
        )
    return found


def _response(references: References, raw: Mapping[str, Json]) -> Response:
    headers = {}
    for name, node in (raw.get("headers") or {}).items():
        if name.lower() == "content-type":  # OpenAPI ignores it: `content` says it
            continue
        whole = references.follow(node)
        headers[name] = Header(
            required=whole.get("required", False) is True,
            schema=whole.get("schema", True),
            explode=whole.get("explode", False) is True,
        )
    return Response(content=_content(references, raw), headers=headers)
