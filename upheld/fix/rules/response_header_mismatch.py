"""Document a header as it is sent: its type, and whether it is always there.

Safety: docs only.
"""

import ast
import json
from collections.abc import Iterator, Sequence

from upheld.fix.code import File, Project, Site
from upheld.fix.code.places import covering, end, place
from upheld.fix.code.tables import entries, member, resolved, status_of
from upheld.fix.edits import Edit, Entry, Place, Remove, Replace, Respond
from upheld.fix.patch import Patch
from upheld.model import Case, Exchange, Json, Operation
from upheld.schema import Judge


def fix(cases: Sequence[Case], project: Project) -> Iterator[tuple[Case, Patch]]:
    """Yield a patch for each header of a route that is found in the code."""
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
    key = covering(operation, status)
    header = next((one for told, one in operation.responses[key].headers.items() if told.lower() == name.lower()), None)
    if header is None:
        return []
    judge = Judge.of(operation.document)
    texts = [[value for told, value in one.headers if told == name.lower()] for one in seen]
    sent = [text for group in texts for text in group]
    wanted: dict[str, str] = {}
    if header.required and not all(texts):
        wanted["required"] = "False"
    if any(not judge.valid(header.schema, _read(text, judge, header.schema)) for text in sent):
        wanted["schema"] = json.dumps({"type": _type(sent)})
    if not wanted:
        return []
    written = _written(site.file, site.call, key, name)
    if written is None:
        required = f', "required": {header.required}' if header.required and "required" not in wanted else ""
        code = f'{{"schema": {wanted.get("schema", repr(header.schema))}{required}}}'
        return [Respond(call=place(site.call), key=key, entry=Entry(headers={name: code}), over=True)]
    if not isinstance(written, ast.Dict):
        rest = "".join(f', "{part}": {code}' for part, code in wanted.items())
        return [Replace(expression=place(written), end=end(written), code=f"{{**{ast.unparse(written)}{rest}}}")]
    found: list[Edit] = []
    for part, code in wanted.items():
        old = member(written, part)
        if old is not None and part == "required":
            found.append(Remove(element=_key(written, part) or place(old)))
        elif old is not None:
            found.append(Replace(expression=place(old), end=end(old), code=code))
    return found if len(found) == len(wanted) else []


def _read(text: str, judge: Judge, schema: Json) -> Json:
    try:
        return judge.reading(text, schema)
    except Exception:  # noqa: BLE001  # undecided: nothing is known against it
        return text


def _type(texts: Sequence[str]) -> str:
    if all(text.removeprefix("-").isdecimal() and text.isascii() for text in texts):
        return "integer"
    return "string"


def _written(file: File, call: ast.Call, key: str, name: str) -> ast.expr | None:
    """Return what documents a header: in the route's own call, else the only one of that name in its file.

    One that a function makes of what it is given is none.
    """
    for told, value in entries(file, call):
        found = member(resolved(file, member(value, "headers")), name) if status_of(file, told) == key else None
        if found is not None:
            return found
    tables = [
        found
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Dict) and (found := member(resolved(file, member(node, "headers")), name)) is not None
    ]
    if len(tables) != 1 or any(isinstance(node, ast.Name) for node in ast.walk(tables[0])):
        return None
    return tables[0]


def _key(table: ast.Dict, name: str) -> Place | None:
    return next((place(key) for key in table.keys if isinstance(key, ast.Constant) and key.value == name), None)
