"""Tries whether a name that the docs do not mention changes the answer: the same request with it and without."""

from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote, unquote_plus

from upheld.drive.reads import is_word
from upheld.model import Assignment, Exactly, Exchange, Read, Request

_VALUES = ("1", "2", "0", "true", "on", "yes", "x")
"""What is tried after the literals of the function that reads the name."""
_WORDS_MOST = 18
_CONTROL = "upheld-control"
"""A name that nobody reads: an app that shows the whole URL, or every header, answers to it as well."""


def trial(
    base: Request, read: Read, values: Iterable[str] | None = None
) -> Generator[Request, Exchange | None, Exchange | None]:
    """Yield requests and take their exchanges; return the one that one of the values has changed, or a likely one.

    The name is taken out of `base` first. Nothing is certain of an app that answers the same request in two ways.
    """
    base = without(base, read)
    plain = _told((yield base))
    if plain is None:
        return None
    for alike in (base, _with(base, replace(read, name=_CONTROL), "1")):
        if _told((yield alike)) != plain:
            return None
    for value in _values(read) if values is None else values:
        asked = _with(base, read, value)
        changed = yield asked
        told = _told(changed)
        if told is None:
            return None
        if told != plain:
            certain = _told((yield asked)) == told and _told((yield base)) == plain
            return changed if certain else None
    return None


def informed(read: Read, assignments: Iterable[Assignment]) -> Read:
    """Return a name with the values first that the code compares it with or looks up, wherever it does."""
    wants = [assignment.get((read.where, read.name)) for assignment in assignments]
    values = [want.value for want in wants if isinstance(want, Exactly)]
    texts = [str(value) for value in values if isinstance(value, str | int) and not isinstance(value, bool)]
    found = dict.fromkeys(text for text in texts if is_word(text))
    return replace(read, words=(*found, *read.words)[:_WORDS_MOST])


def _told(exchange: Exchange | None) -> tuple[int, bytes] | None:
    if exchange is None or not exchange.complete or exchange.cut or exchange.timed_out:
        return None
    return exchange.status, exchange.body


def _values(read: Read) -> Iterator[str]:
    yield from dict.fromkeys((*read.words, *_VALUES))


def without(request: Request, read: Read) -> Request:
    """Return a request that does not say the name."""
    if read.where == "query":
        path, _, query = request.target.partition("?")
        pairs = [pair for pair in query.split("&") if unquote_plus(pair.partition("=")[0]) != read.name]
        return replace(request, target=f"{path}?{'&'.join(pairs)}" if any(pairs) else path)
    name = read.name.lower() if read.where == "header" else "cookie"
    rest = tuple(header for header in request.headers if header[0] != name)
    if read.where == "cookie":
        crumbs = [pair.strip() for pair in (request.header("cookie") or "").split(";")]
        kept = "; ".join(pair for pair in crumbs if pair and pair.partition("=")[0] != read.name)
        rest = (*rest, ("cookie", kept)) if kept else rest
    return replace(request, headers=rest)


def _with(request: Request, read: Read, value: str) -> Request:
    if read.where == "query":
        mark = "&" if "?" in request.target else "?"
        return replace(request, target=f"{request.target}{mark}{quote(read.name, safe='')}={quote(value, safe='')}")
    if read.where == "header":
        return replace(request, headers=(*request.headers, (read.name.lower(), value)))
    pair = f"{read.name}={quote(value, safe='')}"
    if (old := request.header("cookie")) is not None:
        pair = f"{old}; {pair}"
    rest = tuple(header for header in request.headers if header[0] != "cookie")
    return replace(request, headers=(*rest, ("cookie", pair)))
