"""Bodies of media types that are neither JSON nor a form: sent as the docs show them, or made for what they say."""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from upheld.drive.sample import sample
from upheld.drive.specimens import named
from upheld.media import FORMS, STREAMS, documented_media, is_json, media_type
from upheld.model import Json, MediaType, Operation, Request
from upheld.schema import Judge

_EXAMPLES_MOST = 6
_SAMPLES_MOST, _SAMPLED_MOST = 12, 3
"""How many texts are made for a schema, and how many of those that keep it are sent."""
_RAW_MOST = 3
"""How many media types of an operation are looked at."""
_UNSAID = {"text/*": "text/plain", "*/*": "application/octet-stream"}
"""What a body that the docs say no more of is sent as."""
_LINES = ('{"id": 1}\n', "{}\n[]\n")
"""What streams of JSON may hold whose docs say no more than that they are texts."""
PLAIN = ("text/plain", "application/octet-stream")
"""Media types of which any body is one."""


def is_raw(media: str) -> bool:
    """Return whether bodies of a media type are neither JSON nor a form."""
    return media != "" and not is_json(media) and media not in FORMS


def takes_json(operation: Operation) -> bool:
    """Return whether an operation documents a body of JSON, beside others or alone: more is known of such a one."""
    return operation.body is not None and any(is_json(media_type(name)) for name in operation.body.content)


def carries_other(request: Request, operation: Operation) -> bool:
    """Return whether a request has a documented body that is no JSON: often nobody can say whether that keeps the docs.

    It may all the same be what the docs ask for, where one that is JSON or missing is not.
    """
    sent = media_type(request.header("content-type"))
    if not request.body or not sent or is_json(sent) or operation.body is None:
        return False
    return documented_media(operation.body.content, sent) is not None


def raw(base: Request, operation: Operation, judge: Judge, known: Sequence[Request]) -> Iterator[Request]:
    """Yield a request with each documented raw body; made ones where `known`, the other requests, have none.

    Those that may keep the docs come first, then what mutates them.
    """
    entries = operation.body.content.items() if operation.body is not None else ()
    drawn = {media_type(request.header("content-type")) for request in known if request.body}
    mutated: list[Request] = []
    for name, entry in [pair for pair in entries if is_raw(media_type(pair[0]))][:_RAW_MOST]:
        shown = list(shown_bodies(operation, name, judge))[:_EXAMPLES_MOST]
        whole = [_with(base, name, body) for body in shown or _made(media_type(name), entry, judge, drawn)]
        yield from whole
        mutated += [one for request in whole[:1] for one in _mutated(request)]
    yield from mutated


def shown_bodies(operation: Operation, name: str, judge: Judge) -> Iterator[bytes]:
    """Yield what the docs show as a body of a documented media type, by its name there, each once."""
    entry = operation.body.content.get(name) if operation.body is not None else None
    values = [one.value for one in operation.examples if one.where == ("body",) and one.media_type == name]
    schema = judge.resolve(entry.schema) if entry is not None and entry.schema is not None else True
    if isinstance(schema, Mapping) and "default" in schema:
        values.append(schema["default"])
    bodies = (_written(value, media_type(name)) for value in values)
    yield from dict.fromkeys(body for body in bodies if body)


def _written(value: Json, media: str) -> bytes | None:
    """Return an example as it stands on the wire; `None` where it is no text, and nothing says how it becomes one."""
    if isinstance(value, str):
        return value.encode("utf-8", errors="surrogatepass")
    if media not in STREAMS or not isinstance(value, list | dict):
        return None
    return "".join(f"{json.dumps(line)}\n" for line in (value if isinstance(value, list) else [value])).encode()


def _made(media: str, entry: MediaType, judge: Judge, drawn: set[str]) -> Iterator[bytes]:
    """Yield bodies for a media type that the docs show nothing of: a well-formed file, or texts for its schema."""
    if media not in PLAIN and (files := list(named(media))):
        yield from (specimen.data for specimen in files[:_SAMPLED_MOST])
    elif media not in drawn:
        yield from _sampled(media, entry, judge) or [b"sample\n"]


def _sampled(media: str, entry: MediaType, judge: Judge) -> list[bytes]:
    schema = entry.item_schema if entry.item_schema is not None else entry.schema
    if schema is None:
        return []
    chance = random.Random(json.dumps([media, schema], sort_keys=True, default=str))
    made = (sample(schema, judge, chance) for _ in range(_SAMPLES_MOST))
    lines = _LINES if media in STREAMS and judge.types(schema) == {"string"} else ()
    bodies = (_written(value, media) for value in (*lines, *made) if value and judge.valid(schema, value))
    return list(dict.fromkeys(body for body in bodies if body))[:_SAMPLED_MOST]


def _mutated(request: Request) -> Iterator[Request]:
    body = request.body or b""
    half = body[: len(body) // 2]
    if half.endswith(b"\n"):
        half = half.rstrip()[:-1]  # within a line: a whole one may be all that is asked for
    for other in (half, body * 2, b""):
        yield replace(request, body=other)


def _with(base: Request, name: str, body: bytes) -> Request:
    media = media_type(name)
    if media in _UNSAID:
        name = _UNSAID[media]
    elif media.endswith("/*"):
        name = next(
            (specimen.media_type for specimen in named(media) if specimen.data == body), f"{media[:-1]}x-sample"
        )
    others = tuple(pair for pair in base.headers if pair[0] != "content-type")
    return replace(base, headers=(*others, ("content-type", name)), body=body)
