"""What a response's description says: the message in the code, else what HTTP calls the status."""

import ast
import re
from collections.abc import Iterable, Iterator
from http import HTTPStatus

from upheld.fix.code import Files
from upheld.media import is_json, media_type, single
from upheld.model import Exchange, Location

MESSAGES = ("detail", "message", "title", "error", "msg", "reason", "description")
"""Members and arguments that say in words what is wrong, the likeliest first."""
LONG = 120
_NO_WORDS = re.compile(r"\s*[</{\[]|[\w+.-]+://|\W*\d*\W*$")
"""What is answered by itself, and says nothing: markup, a path, an address, a number."""
MANY = 3


def phrase(status: int) -> str:
    """Return what HTTP calls a status; "Status 499" where it has no name."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"Status {status}"


def description(status: int, seen: Iterable[Exchange], places: Iterable[Location], files: Files) -> str:
    """Return what to say of a status: the texts that the code has for it, if they are few and short."""
    told = list(dict.fromkeys(text for exchange in seen for text in _sent(exchange)))
    written = [text for place in dict.fromkeys(places) for text in _written(place, files)]
    if not told:
        told = [text for text in dict.fromkeys(written) if not _NO_WORDS.match(text)]
    elif not all(_is_literal(text, files) for text in told):
        return phrase(status)  # made up of what the request said: another one says something else
    if not told or len(told) > MANY or any(len(text) > LONG for text in told):
        return phrase(status)
    return "; ".join(text.removesuffix(".") for text in told) if len(told) > 1 else told[0]


def _sent(exchange: Exchange) -> Iterator[str]:
    sent = media_type(exchange.header("content-type"))
    if not is_json(sent) or not exchange.complete:
        return
    for value in single(exchange.body, sent):
        if isinstance(value, dict):
            texts = (value.get(name) for name in MESSAGES)
            yield from [text for text in texts if isinstance(text, str) and text.strip()][:1]


def _is_literal(text: str, files: Files) -> bool:
    return any(text in file.literals for file in files.imported())


def _written(place: Location, files: Files) -> Iterator[str]:
    """Yield the text that a line gives to what it raises or returns."""
    file = files.at(place.path)
    for node in ast.walk(file.tree) if file is not None else ():
        if isinstance(node, ast.Raise | ast.Return) and node.lineno <= place.line <= (node.end_lineno or 0):
            for part in ast.walk(node):
                yield from _message(part)


def _message(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.keyword(arg=name, value=ast.Constant(value=str() as text)) if name in MESSAGES:
            yield text
        case (
            ast.Call(args=[_, ast.Constant(value=str() as text), *_])
            | ast.Call(args=[ast.Constant(value=str() as text)])
        ):
            yield text
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant) and key.value in MESSAGES and isinstance(value, ast.Constant):
                    yield from [value.value] if isinstance(value.value, str) else ()
