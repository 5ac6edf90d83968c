"""Pages: which operations hand out a cursor that leads to the next one."""

import re
from collections.abc import Iterator, Mapping

from upheld.client import looking
from upheld.client.bodies import Uses
from upheld.client.methods import Argument, Method, Paging
from upheld.client.naming import pascal, snake
from upheld.client.replies import response
from upheld.media import is_json
from upheld.model import Json

CURSORS = frozenset({"cursor", "after", "page_token", "start_after", "continuation", "continuation_token", "marker"})
"""What parameters are called that take up where a page ended; one that only counts, such as `offset`, is none."""


def paging(document: Mapping[str, Json], method: Method, uses: Uses) -> Paging | None:
    """Return how the items of all pages are found, where the contract documents a cursor.

    That is a link of the answer back to the same operation, which says what the parameter is (OpenAPI 3.1.1, Link
    Object); else an optional query parameter such as `cursor` beside a member of the answer that is called so with
    `next` before it, `next_cursor`, `nextCursor`. The items are the answer's one list.
    """
    answers = [reply for reply in method.replies if reply.success]
    if method.operation.method != "GET" or len(answers) != 1 or [one.kind for one in answers[0].reads] != ["json"]:
        return None
    answer = response(method.operation, answers[0].key)
    schema = next((one.schema for name, one in answer.content.items() if is_json(name)), None) if answer else None
    queries = {one.wire: one for one in method.arguments if one.location == "query" and not one.required}
    found = next(_linked(document, method, answers[0].key, queries), None) or next(
        _called(document, schema, queries), None
    )
    if found is None:
        return None
    argument, following = found
    lists = [
        name for name, part in looking.properties(document, schema).items() if looking.items(document, part) is not None
    ]
    if len(lists) != 1:
        return None
    item = looking.items(document, looking.properties(document, schema)[lists[0]])
    made = uses.add(item, f"{pascal(method.name, 'Call')}Item", sends=False)
    return Paging(items=(lists[0],), following=following, argument=argument.name, type=made)


def _linked(
    document: Mapping[str, Json], method: Method, key: str, queries: Mapping[str, Argument]
) -> Iterator[tuple[Argument, tuple[str, ...]]]:
    item = looking.followed(document, document.get("paths", {}).get(method.operation.path))
    raw = looking.followed(document, item.get(method.operation.method.lower()))
    responses = raw.get("responses")
    links = looking.followed(document, responses.get(key) if isinstance(responses, Mapping) else None).get("links")
    for node in links.values() if isinstance(links, Mapping) else ():
        link = looking.followed(document, node)
        if link.get("operationId") != method.operation.operation_id or link.get("operationId") is None:
            continue
        for name, expression in (link.get("parameters") or {}).items():
            pointer = re.fullmatch(r"\$response\.body#((?:/[^/]+)+)", str(expression))
            argument = queries.get(name.removeprefix("query."))
            if pointer is not None and argument is not None:
                yield argument, tuple(pointer[1][1:].split("/"))


def _called(
    document: Mapping[str, Json], schema: Json, queries: Mapping[str, Argument]
) -> Iterator[tuple[Argument, tuple[str, ...]]]:
    members = {snake(name, "field"): name for name in looking.properties(document, schema)}
    for wire, argument in queries.items():
        name = snake(wire, "field")
        if name in CURSORS:
            for spelled in (f"next_{name}", f"{name}_next", *(("next",) if name == "cursor" else ())):
                if spelled in members:
                    yield argument, (members[spelled],)
