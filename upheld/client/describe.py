"""A contract as the methods of its client."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from upheld.client import looking
from upheld.client.bodies import Uses, payload
from upheld.client.methods import Argument, Method, Read, Reply, Type
from upheld.client.naming import OWN, SHADOWS, free, method_names, pascal, snake
from upheld.client.pages import paging
from upheld.client.replies import Replies
from upheld.client.statuses import ErrorClass, error_classes
from upheld.client.types import Types, typed
from upheld.model import Contract, Json, Operation, Parameter

IGNORED = frozenset({"accept", "content-type", "content-length", "transfer-encoding"})
"""Headers that OpenAPI describes elsewhere (OpenAPI 3.1.1, Parameter Object), or that follow from the body."""
SPARED = frozenset({"authorization", "host", "user-agent", "accept-encoding", "connection"})
"""Headers that nobody has to name: every HTTP library sends them by itself, or OpenAPI has no duty to send them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """All that a package is written from."""

    methods: tuple[Method, ...]
    errors: tuple[ErrorClass, ...]
    types: Types


def describe(contract: Contract, source: Path) -> Description:
    """Return the methods of a contract's client, in the document's order, their errors and their types.

    Errors: ClientError where no models can be made of its schemas.
    """
    uses = Uses()
    replies = Replies(document=contract.document, uses=uses)
    names = method_names((one.method, one.path, one.operation_id) for one in contract.operations)
    taken = set(names) | OWN | SHADOWS
    constants: set[str] = {"CONTRACT", "SCHEMES", "TOKEN", "UUID"}
    planned = []
    for name, operation in zip(names, contract.operations, strict=True):
        constant = free(name.upper(), constants)
        constants.add(constant)
        method = _method(contract, operation, name, constant, uses, replies)
        planned.append(_more(method, contract.document, uses, taken))
    types = typed(contract.document, uses.found, source)
    raised = [(reply.key, _error_type(reply, types)) for method in planned for reply in method.replies if reply.error]
    errors = tuple(error_classes(raised))
    by_body = {(error.key, error.body): error.name for error in errors}
    return Description(methods=tuple(_typed(method, types, by_body) for method in planned), errors=errors, types=types)


def _method(contract: Contract, operation: Operation, name: str, constant: str, uses: Uses, replies: Replies) -> Method:
    document, hint = contract.document, pascal(name, "Call")
    raw = _raw(document, operation)
    said = _descriptions(document, operation, raw)
    taken = {"self"}
    how, bodies = payload(document, operation.body, hint, uses, taken)
    body = looking.followed(document, raw.get("requestBody"))
    bodies = [
        replace(one, description=str(body.get("description", ""))) if one.location == "body" else one for one in bodies
    ]
    arguments = [*_parameters(document, operation, said, hint, uses, taken), *bodies]
    responses = {
        key: str(looking.followed(document, node).get("description", ""))
        for key, node in (raw.get("responses") or {}).items()
    }
    return Method(
        name=name,
        constant=constant,
        operation=operation,
        arguments=tuple(arguments),
        payload=how,
        replies=tuple(replies.of(operation, responses, hint)),
        security=tuple(
            tuple(sorted(one)) for one in operation.security if one and one <= contract.security_schemes.keys()
        ),
        summary=str(raw.get("summary") or ""),
        description=str(raw.get("description") or ""),
        deprecated=raw.get("deprecated") is True,
    )


def _raw(document: Mapping[str, Json], operation: Operation) -> Mapping[str, Json]:
    item = looking.followed(document, document.get("paths", {}).get(operation.path))
    return looking.followed(document, item.get(operation.method.lower()))


def _descriptions(
    document: Mapping[str, Json], operation: Operation, raw: Mapping[str, Json]
) -> dict[tuple[str, str], str]:
    item = looking.followed(document, document.get("paths", {}).get(operation.path))
    found = {}
    for node in (*(item.get("parameters") or ()), *(raw.get("parameters") or ())):
        whole = looking.followed(document, node)
        told = whole.get("description") or looking.followed(document, whole.get("schema")).get("description")
        found[str(whole.get("in")), str(whole.get("name"))] = str(told or "")
    return found


def _parameters(
    document: Mapping[str, Json],
    operation: Operation,
    said: Mapping[tuple[str, str], str],
    hint: str,
    uses: Uses,
    taken: set[str],
) -> Iterator[Argument]:
    """Yield the arguments that are parameters, those of the path first and in its order."""
    for parameter in _ordered(operation):
        stem = snake(parameter.name, "field")
        variants = ("self_",) if stem == "self" else (f"{stem}_{parameter.location}",)
        name = free(stem, taken, variants)
        taken.add(name)
        # Outside of a JSON document there is no null: `None` stands for what is not sent.
        bare = parameter.media_type is None
        schema = looking.without_null(document, parameter.schema) if bare else parameter.schema
        yield Argument(
            name=name,
            wire=parameter.name,
            location=parameter.location,  # type: ignore[arg-type]  # one of the four
            required=parameter.required and not (parameter.location == "header" and parameter.name.lower() in SPARED),
            type=uses.add(schema, f"{hint}{pascal(parameter.name, 'Field')}", sends=True),
            null=not bare and looking.allows_null(document, parameter.schema),
            parameter=parameter,
            description=said.get((parameter.location, parameter.name), ""),
        )


def _ordered(operation: Operation) -> list[Parameter]:
    names = re.findall(r"\{([^{}]+)\}", operation.path)
    known = {one.name: one for one in operation.parameters if one.location == "path"}
    # What the path names and nobody describes is a text.
    path = [
        known.get(name)
        or Parameter(
            name=name, location="path", required=True, schema={"type": "string"}, style="simple", explode=False
        )
        for name in dict.fromkeys(names)
    ]
    # FastAPI documents `authorization: Annotated[str, Header()]` so, which nothing else would let anyone send.
    ignored = IGNORED | {"authorization"} if operation.security else IGNORED
    rest = [
        one
        for one in operation.parameters
        if one.location != "path" and not (one.location == "header" and one.name.lower() in ignored)
    ]
    return [*path, *rest]


def _more(method: Method, document: Mapping[str, Json], uses: Uses, taken: set[str]) -> Method:
    """Add the methods that stand beside one: for the items of all pages, for the lines of a text."""
    found = paging(document, method, uses)
    if found is not None:
        name = free(f"iter_{method.name}", taken)
        taken.add(name)
        return replace(method, paging=found, iterates=name)
    reads = [read.kind for reply in method.replies if reply.success for read in reply.reads]
    if reads == ["text"]:
        name = free(f"stream_{method.name}", taken)
        taken.add(name)
        return replace(method, streams=name)
    return method


def _error_type(reply: Reply, types: Types) -> str:
    """Return the type of what an error holds; of what is not described, whatever it is."""
    if reply.key == "304":
        return "None"
    return _union([_spelled(read.type, types) for read in reply.reads]) if reply.reads else "Any"


def _typed(method: Method, types: Types, errors: Mapping[tuple[str, str], str]) -> Method:
    replies = []
    for reply in method.replies:
        body = _error_type(reply, types) if reply.error else "Any"
        reads = tuple(replace(read, type=_spelled(read.type, types)) for read in reply.reads)
        error = errors[reply.key, body] if reply.error else ""
        replies.append(replace(reply, reads=reads, type=body, error=error))
    arguments = tuple(replace(one, type=_argument_type(one, method, types)) for one in method.arguments)
    page = method.paging
    return replace(
        method,
        arguments=arguments,
        replies=tuple(replies),
        paging=None if page is None else replace(page, type=_spelled(page.type, types)),
        returns=_returned(method, replies, ""),
        awaits=_returned(method, replies, "Async"),
    )


def _argument_type(argument: Argument, method: Method, types: Types) -> str:
    made = _spelled(argument.type, types)
    if argument.location == "body" and method.payload is not None and method.payload.kind == "lines":
        return f"Iterable[{made}] | bytes"
    return made


def _spelled(made: Type, types: Types) -> str:
    return types.annotations[made] if isinstance(made, int) else made


def _returned(method: Method, replies: list[Reply], prefix: str) -> str:
    found: list[str] = []
    for reply in replies:
        if not reply.success:
            continue
        if reply.redirect:
            found.append("Redirect")
        elif reply.key in ("204", "205") or method.operation.method == "HEAD":
            found.append("None")
        elif not reply.reads:
            found.append(f"{prefix}Download")
        else:
            found.extend(_read_type(read, prefix) for read in reply.reads)
    return _union(found)


def _read_type(read: Read, prefix: str) -> str:
    match read.kind:
        case "bytes":
            return f"{prefix}Download"
        case "lines" | "texts":
            return f"{prefix}Stream[{read.type}]"
        case "events":
            return f"{prefix}Stream[Event[{read.type}]]"
        case _:
            return str(read.type)


def _union(parts: list[str]) -> str:
    unique = list(dict.fromkeys(parts))
    if "Any" in unique:
        return "Any"
    return " | ".join([*(one for one in unique if one != "None"), *(one for one in unique if one == "None")]) or "None"
