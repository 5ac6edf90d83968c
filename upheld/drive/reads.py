"""Which names of query, header and cookie the app's own code reads from a request by itself."""

import functools
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

from upheld.drive import frames as own_frames
from upheld.drive.watch import TRAIL, Trail
from upheld.model import Operation, Read

_BY_THE_WAY = ("_collections_abc.py", "<frozen _collections_abc>")
"""What stands between `get` and `__getitem__`."""
_WORDS_MOST = 12
_WORD_LENGTH_MOST = 40
_NOBODYS = re.compile(
    "(accept|if-|sec-|access-control-|content-|x-forwarded-).*|authorization|baggage|cache-control|connection|cookie|date|"
    "dnt|expect|forwarded|from|host|keep-alive|last-event-id|origin|pragma|priority|range|referer|te|traceparent|"
    "tracestate|transfer-encoding|upgrade|user-agent|via|x-amzn-trace-id|x-correlation-id|x-http-method-override|"
    "x-real-ip|x-request-id|x-trace-id"
)
"""Headers that belong to HTTP, to proxies and to tracing; OpenAPI ignores Accept, Content-Type and Authorization."""


@contextmanager
def read_names() -> Iterator[None]:
    """Watch the doors through which a request is read by name; enter before the app is imported."""
    from starlette import datastructures, requests

    query, headers = datastructures.ImmutableMultiDict, datastructures.Headers
    doors: list[tuple[Any, str, Any]] = [
        (cls, name, _watched(getattr(cls, name), where, kind, other))
        for cls, where, kind, other in (
            (query, "query", datastructures.QueryParams, ()),
            (headers, "header", headers, datastructures.MutableHeaders),  # those of an answer
        )
        for name in ("__getitem__", "__contains__", "getlist")
    ]
    doors.append(
        (requests.HTTPConnection, "cookies", property(_cookies(vars(requests.HTTPConnection)["cookies"].fget)))
    )
    before = [(owner, name, vars(owner)[name]) for owner, name, _ in doors]
    for owner, name, made in doors:
        setattr(owner, name, made)
    try:
        yield
    finally:
        for owner, name, original in before:
            setattr(owner, name, original)


def _watched(original: Callable[..., Any], where: str, kind: type, other: Any) -> Callable[..., Any]:
    @functools.wraps(original)
    def read(self: Any, key: Any) -> Any:
        trail = TRAIL.get()
        if trail is not None and isinstance(self, kind) and not isinstance(self, other):
            _note(trail, where, key, sys._getframe(1))
        return original(self, key)

    return read


def _cookies(original: Any) -> Callable[[Any], dict[str, str]]:
    def cookies(self: Any) -> dict[str, str]:
        found: dict[str, str] = original(self)
        if TRAIL.get() is not None and type(found) is dict:
            found = self._cookies = _Cookies(found)
        return found

    return cookies


class _Cookies(dict[str, str]):
    """The cookies of a request; tells who reads them."""

    def __getitem__(self, key: str) -> str:
        _note(TRAIL.get(), "cookie", key, sys._getframe(1))
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        _note(TRAIL.get(), "cookie", key, sys._getframe(1))
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        _note(TRAIL.get(), "cookie", key, sys._getframe(1))
        return super().get(key, default)


def _note(trail: Trail | None, where: str, key: object, frame: FrameType) -> None:
    if trail is None or not isinstance(key, str):
        return
    code = frame.f_code  # asked for once: each time is an audit event
    if code.co_filename.endswith(_BY_THE_WAY) and frame.f_back is not None:
        frame = frame.f_back
        code = frame.f_code
    if not own_frames.is_installed(code.co_filename):
        name = key.lower() if where == "header" else key
        trail.reads.setdefault((where, name), (code, frame.f_lineno))


def words(code: CodeType, name: str) -> tuple[str, ...]:
    """Return the literals of a function that reads a name: what it may compare with."""
    found: dict[str, None] = {}
    for constant in code.co_consts:
        for value in sorted(constant, key=str) if isinstance(constant, tuple | frozenset) else (constant,):
            text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
            if is_word(text):
                found[text] = None
    found.pop(name, None)
    return tuple(found)[:_WORDS_MOST]


def is_word(text: str) -> bool:
    """Return whether a text can be tried as the value of a name, wherever in a request that is."""
    return 0 < len(text) <= _WORD_LENGTH_MOST and text.isascii() and text.isprintable()


def is_undocumented(read: Read, operation: Operation) -> bool:
    """Return whether an operation's docs say nothing of a name, and it is theirs to say something of."""
    name = read.name.lower() if read.where == "header" else read.name
    if read.where == "header" and _NOBODYS.fullmatch(name):
        return False
    if not name.isascii() or not name.isprintable() or not name or any(letter in name for letter in ' ";,=&#'):
        return False
    known = {(p.location, p.name.lower() if p.location == "header" else p.name) for p in operation.parameters}
    components = operation.document.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, dict) else None
    for scheme in schemes.values() if isinstance(schemes, dict) else ():
        if isinstance(scheme, dict) and scheme.get("type") == "apiKey":
            where = str(scheme.get("in"))
            known.add((where, str(scheme.get("name")).lower() if where == "header" else str(scheme.get("name"))))
    return (read.where, name) not in known
