"""Document a header as it is sent: its type, and whether it is always there.

Safety: docs only.
"""

import ast
import json
from collections.abc import Iterator, Sequence

from upheld.fix.code import File, Project, Site
from upheld.fix.code.places import covering, end, place
from upheld.fix.code.tables import entries, member, status_of
from upheld.fix.edits import Edit, Place, Remove, Replace
from upheld.fix.patch import Patch
from upheld.model import Case, Exchange, Json, Operation
from upheld.schema import Judge


def fix(cases: Sequence[Case], project: Project) -> Iterator[tuple[Case, Patch]]:
    """Yield a patch for each header whose documentation is written out in the route's file."""
    for case in cases:
        operation, status = case.operation, case.finding.status
        site = project.site(operation) if operation is not None else None
        name = case.name
        if operation is None or site is None or status is None:
            continue
        edits = _edits(operation, status, name, case.shown, site)
        if edits:
            told = f"document the header {name} of {status} as it is sent"
            yield case, Patch(summary=told, edits={site.file.path: tuple(edits)})


def _edits(operation: Operation, status: int, name: str, seen: Sequence[Exchange], site: Site) -> list[Edit]:
    header = operation.responses[covering(operation, status)].headers.get(name)
    written = _written(site.file, site.call, covering(operation, status), name)
    if header is None or written is None:
        return []
    found: list[Edit] = []
    texts = [[value for key, value in one.headers if key == name.lower()] for one in seen]
    required = member(written, "required")
    if header.required and required is not None and not all(texts):
        found.append(Remove(element=_key(written, "required") or place(required)))
    judge = Judge.of(operation.document)
    sent = [text for group in texts for text in group]
    schema = member(written, "schema")
    if schema is not None and any(not judge.valid(header.schema, _read(text, judge, header.schema)) for text in sent):
        found.append(Replace(expression=place(schema), end=end(schema), code=json.dumps({"type": _type(sent)})))
    return found


def _read(text: str, judge: Judge, schema: Json) -> Json:
    try:
        return judge.reading(text, schema)
    except Exception:  # noqa: BLE001  # undecided: nothing is known against it
        return text


def _type(texts: Sequence[str]) -> str:
    if all(text.removeprefix("-").isdecimal() and text.isascii() for text in texts):
        return "integer"
    return "string"


def _written(file: File, call: ast.Call, key: str, name: str) -> ast.Dict | None:
    """Return the table that documents a header: in the route's own call, else the only one of its file."""
    for told, value in entries(file, call):
        found = member(member(value, "headers"), name) if status_of(file, told) == key else None
        if isinstance(found, ast.Dict):
            return found
    tables = [
        found
        for node in ast.walk(file.tree)
        if isinstance(found := member(node, name) if isinstance(node, ast.Dict) else None, ast.Dict)
        and member(found, "schema") is not None
    ]
    return tables[0] if len(tables) == 1 else None


def _key(table: ast.Dict, name: str) -> Place | None:
    return next((place(key) for key in table.keys if isinstance(key, ast.Constant) and key.value == name), None)
