"""Keeps drawn requests under `.upheld/corpus/`, so that a second run draws nothing.

What is drawn depends on an operation's part of the document, the versions and the seed alone; their hash names the
file. A file that cannot be read counts as missing, and a folder that cannot be written is no error: it is a cache.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import upheld
from upheld import files
from upheld.model import Json, Request, UpheldError

FORMAT = 4
"""Raised whenever files are written differently, or something else is drawn for the same operation and seed."""
Draw = Callable[[Mapping[str, Json], frozenset[str], int, Path], Iterable[tuple[str, list[Request]]]]


def load(document: Mapping[str, Json], folder: Path, seed: int, draw: Draw) -> dict[str, list[Request]]:
    """Return the requests of every documented operation by label, drawing only those that are not stored."""
    salt = _salt(seed)
    paths = {label: folder / f"{_key(document, [label, part], salt)}.json" for label, part in _parts(document)}
    found: dict[str, list[Request]] = {}
    for label, path in paths.items():
        stored = _read(path)
        if stored is not None:
            found[label] = stored
    missing = frozenset(paths) - frozenset(found)
    if missing:
        drawn = dict(draw(document, missing, seed, folder.parent))
        for label in sorted(missing):
            found[label] = drawn.get(label, [])
            _write(paths[label], found[label])
    return {label: found[label] for label in paths}


def _parts(document: Mapping[str, Json]) -> Iterator[tuple[str, Json]]:
    for path, item in (document.get("paths") or {}).items():
        shared = item.get("parameters")
        for method in ("get", "put", "post", "delete", "options", "head", "patch", "trace"):
            if method in item:
                yield f"{method.upper()} {path}", [item[method], shared]


def _salt(seed: int) -> str:
    versions = [upheld.__version__, version("schemathesis"), version("hypothesis")]
    return json.dumps([FORMAT, seed, versions])


def _key(document: Mapping[str, Json], part: Json, salt: str) -> str:
    """Hash an operation with everything that it refers to."""
    reached: dict[str, Json] = {}
    waiting = list(_references(part))
    while waiting:
        ref = waiting.pop()
        if ref not in reached:
            reached[ref] = _lookup(document, ref)
            waiting.extend(_references(reached[ref]))
    text = json.dumps(
        [salt, part, reached, document.get("security"), (document.get("components") or {}).get("securitySchemes")],
        sort_keys=True,
        default=str,
    )
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:32]


def _references(node: Json) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, part in node.items():
            if key == "$ref" and isinstance(part, str):
                yield part
            else:
                yield from _references(part)
    elif isinstance(node, list):
        for part in node:
            yield from _references(part)


def _lookup(document: Mapping[str, Json], ref: str) -> Json:
    node: Json = document
    for step in ref.removeprefix("#/").split("/"):
        node = node.get(step.replace("~1", "/").replace("~0", "~")) if isinstance(node, Mapping) else None
    return node


def _read(path: Path) -> list[Request] | None:
    try:
        return [_request(entry) for entry in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _request(entry: Mapping[str, Json]) -> Request:
    body = entry.get("body")
    if body is None and "base64" in entry:
        raw: bytes | None = base64.b64decode(entry["base64"])
    else:
        raw = body.encode() if body is not None else None
    return Request(
        method=entry["method"],
        target=entry["target"],
        headers=tuple((name, value) for name, value in entry["headers"]),
        body=raw,
    )


def _write(path: Path, requests: list[Request]) -> None:
    entries = []
    for request in requests:
        entry: dict[str, Json] = {"method": request.method, "target": request.target, "headers": request.headers}
        if request.body is not None:
            try:
                entry["body"] = request.body.decode()
            except UnicodeDecodeError:
                entry["base64"] = base64.b64encode(request.body).decode()
        entries.append(entry)
    try:
        if not (ignored := path.parent.parent / ".gitignore").exists():
            files.write(ignored, "*\n")
        files.write(path, json.dumps(entries))
    except UpheldError:
        return
