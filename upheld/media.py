"""Media types and JSON bodies, as they stand on the wire."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from upheld.model import Json

if TYPE_CHECKING:
    from upheld.model import Exchange, MediaType, Response

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_LONE_SURROGATE = re.compile(
    rb"(?<!\\)(?:\\\\)*(?:\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|"
    rb"(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2})"
)
STREAMS = (
    "text/event-stream",
    "application/jsonl",
    "application/x-ndjson",
    "application/x-jsonlines",
    "application/json-seq",
    "multipart/x-mixed-replace",
)
"""Media types whose bodies may go on for ever."""


class UnreadableNumberError(ValueError):
    """`1e999`: JSON, but no reader of doubles can hold it."""


@lru_cache(maxsize=4096)
def media_type(value: str | None) -> str:
    """Return a Content-Type without its parameters, in lower case; "" for none."""
    return (value or "").partition(";")[0].strip().lower()


def is_json(name: str) -> bool:
    """Return whether a media type holds JSON: `application/json`, or any `+json`."""
    return name == "application/json" or name.endswith("+json")


def documented_media(content: "Mapping[str, MediaType]", sent: str) -> "MediaType | None":
    """Return the documented entry that a media type falls under, exact names before ranges."""
    if len(content) == 1 and sent in content:
        return content[sent]
    by_name = {media_type(name): entry for name, entry in content.items()}
    for name in (sent, f"{sent.partition('/')[0]}/*", "*/*"):
        if name in by_name:
            return by_name[name]
    return None


@lru_cache(maxsize=1)  # several rules ask about the same answer, one after another
def documented_answer(seen: "Exchange") -> "tuple[Response | None, str, MediaType | None]":
    """Return what is documented for an answer's status, the media type it was sent as, and the entry of that."""
    response = seen.operation.response(seen.status) if seen.status else None
    sent = media_type(seen.header("content-type"))
    return response, sent, documented_media(response.content, sent) if response is not None else None


def parse_json(body: bytes) -> Json:
    """Parse a body as RFC 8259 has it: UTF-8, and no NaN or Infinity.

    Errors: ValueError for anything else, UnreadableNumberError for what is JSON all the same; RecursionError where it
    is nested too deeply to say.
    """
    return _STRICT.decode(body.decode("utf-8"))


def holds_surrogates(body: bytes) -> bool:
    """Return whether a JSON text escapes a lone surrogate: grammatical, and no text (RFC 8259, 8.2)."""
    return (b"\\ud" in body or b"\\uD" in body) and _LONE_SURROGATE.search(body) is not None


def _no_constant(name: str) -> Json:
    raise ValueError(name)


def _finite(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise UnreadableNumberError(text)
    return value


_STRICT = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite)


def items(body: bytes, sent: str, *, whole: bool = True) -> Iterator[Json]:
    """Yield each item of a stream; without `whole`, the last one may be cut off and is left out.

    Shapes: JSON values; of an event stream, each event as `{"event", "data", "id", "retry"}` with what it has.
    """
    text = body.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    if sent == "text/event-stream":
        events = text.split("\n\n")
        for event in events if whole else events[:-1]:
            if fields := _event(event):
                yield fields
        return
    lines = text.split("\n")
    for line in lines if whole else lines[:-1]:
        if line.strip():
            yield _value(line)


@lru_cache(maxsize=2)  # each rule asks about the same body; no more, since bodies may be large
def single(body: bytes, sent: str) -> tuple[Json, ...]:
    """Return the one value that a body says.

    Shapes: a JSON value; of a body that is no JSON though its media type says so the text, which an object schema
    rejects; the text of any other `text/*`, and () for the rest.
    """
    if is_json(sent):
        try:
            return (json.loads(body) if body else "",)
        except (ValueError, RecursionError):
            return (body.decode("utf-8", errors="replace"),)
    if sent.startswith("text/"):
        try:
            return (body.decode("utf-8"),)
        except UnicodeDecodeError:
            pass  # another charset
    return ()


def _value(line: str) -> Json:
    try:
        return json.loads(line)
    except ValueError:
        return line


def _event(text: str) -> dict[str, Json]:
    """Parse one event (HTML Standard, 9.2.6)."""
    fields: dict[str, Json] = {}
    for line in text.split("\n"):
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            fields["data"] = f"{fields['data']}\n{value}" if "data" in fields else value
        elif name == "retry" and value.isdigit():
            fields["retry"] = int(value)
        elif name in ("event", "id"):
            fields[name] = value
    return fields
