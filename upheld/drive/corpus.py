"""Keeps drawn requests under `.upheld/corpus/`, so that a second run draws nothing.

What is drawn depends on an operation's part of the document, the versions and the seed alone; their hash names the
file. A file that cannot be read counts as missing, and a folder that cannot be written is no error: it is a cache.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import upheld
from upheld import files
from upheld.drive.ahead import STORED
from upheld.model import Json, Request, UpheldError
from upheld.pointer import unescaped

FORMAT = 6
"""Raised whenever files are written differently, or something else is drawn for the same operation and seed."""
Draw = Callable[[Mapping[str, Json], Sequence[str], int], Iterable[tuple[str, list[Request]]]]


def folder(root: Path) -> Path:
    """Return where a project's drawn requests are stored."""
    return root / STORED


def load(document: Mapping[str, Json], labels: Sequence[str], folder: Path, seed: int, draw: Draw) -> "Drawn":
    """Return the requests of the operations labelled so, drawing only those that are not stored.

    They are drawn in the order of the labels while they are looked up, so that the first can be sent meanwhile.
    """
    salt = _salt(seed)
    parts = dict(_parts(document))
    paths = {
        label: folder / f"{_key(document, [label, parts[label]], salt)}.json" for label in labels if label in parts
    }
    return Drawn(paths, lambda missing: draw(document, missing, seed))


class Drawn(Mapping[str, list[Request]]):
    """Drawn requests by label, each operation's there once it is asked for."""

    def __init__(
        self, paths: Mapping[str, Path], draw: Callable[[Sequence[str]], Iterable[tuple[str, list[Request]]]]
    ) -> None:
        self._paths = paths
        self._found = {label: stored for label, path in paths.items() if (stored := _read(path)) is not None}
        missing = [label for label in paths if label not in self._found]
        self._coming = iter(draw(missing)) if missing else iter(())

    @property
    def there(self) -> Mapping[str, list[Request]]:
        """What need not be waited for."""
        return self._found

    def __getitem__(self, label: str) -> list[Request]:
        while label not in self._found:
            drawn, requests = next(self._coming, (label, []))
            self._found[drawn] = requests
            _write(self._paths[drawn], requests)
        return self._found[label]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


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
        node = node.get(unescaped(step)) if isinstance(node, Mapping) else None
    return node


def _read(path: Path) -> list[Request] | None:
    try:
        return [request(entry) for entry in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def request(entry: Mapping[str, Json]) -> Request:
    """Read a request from its JSON form."""
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


def entry(request: Request) -> dict[str, Json]:
    """Return a request's JSON form; a body that is no UTF-8 stands there in base64."""
    made: dict[str, Json] = {"method": request.method, "target": request.target, "headers": request.headers}
    if request.body is not None:
        try:
            made["body"] = request.body.decode()
        except UnicodeDecodeError:
            made["base64"] = base64.b64encode(request.body).decode()
    return made


def _write(path: Path, requests: list[Request]) -> None:
    try:
        if not (ignored := path.parent.parent / ".gitignore").exists():
            files.write(ignored, "*\n")
        files.write(path, json.dumps([entry(request) for request in requests]))
    except UpheldError:
        return
