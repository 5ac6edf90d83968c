"""Forms with files: a small well-formed one of each common kind, those first that the docs name."""

import itertools
import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace

from upheld.drive.sample import sample
from upheld.drive.specimens import Specimen, chosen, is_named
from upheld.media import FORMS, media_type
from upheld.model import Json, MediaType, Operation, Request, Schema
from upheld.multipart import Part, join, split
from upheld.schema import Judge

_TEXTUAL = frozenset({"contentEncoding", "contentSchema"})
"""What makes of a media type that of a text which stands for a value."""


def uploads(base: Request, operation: Operation, judge: Judge) -> Iterator[Request]:
    """Yield a request with each kind of file in its files' places; nothing where the docs have no file in a form."""
    entry = _form(operation)
    kinds = file_parts(entry, judge) if entry is not None else {}
    if entry is None or not kinds:
        return
    fields = _fields(base, entry, kinds, judge)
    headers = tuple(pair for pair in base.headers if pair[0] != "content-type")
    files = {name: chosen([kind]) for name, kind in kinds.items()}
    for turn in range(max(map(len, files.values()))):
        parts = [_part(name, mine[turn % len(mine)]) for name, mine in files.items()]
        body, content_type = join(itertools.chain(fields, parts))
        yield replace(base, headers=(*headers, ("content-type", content_type)), body=body)


def names_files(operation: Operation, judge: Judge) -> bool:
    """Return whether the docs say of what kind a file in a form is to be."""
    entry = _form(operation)
    return entry is not None and any(is_named(kind) for kind in file_parts(entry, judge).values())


def file_parts(entry: MediaType, judge: Judge) -> dict[str, str]:
    """Return the names of a form's members that are files, each with the media types documented for it, "" for none."""
    schema = judge.resolve(entry.schema) if entry.schema is not None else True
    found = {}
    for name in _properties(schema, judge):
        kind = _file_kind(judge.member(schema, name), judge)
        if kind is not None:
            encoding = entry.encoding.get(name)
            told = encoding.get("contentType") if isinstance(encoding, Mapping) else None
            found[name] = told if isinstance(told, str) else kind
    return found


def _form(operation: Operation) -> MediaType | None:
    content = operation.body.content.items() if operation.body is not None else ()
    return next((entry for name, entry in content if media_type(name) == FORMS[1]), None)


def _properties(schema: Schema, judge: Judge) -> Iterator[str]:
    if isinstance(schema, Mapping):
        yield from schema.get("properties") or ()
        for part in schema.get("allOf") or ():
            yield from _properties(judge.resolve(part), judge)


def _file_kind(schema: Schema, judge: Judge) -> str | None:
    """Return the media type of a file that a schema describes, "" where it says none; `None` where it is no file."""
    schema = judge.resolve(schema)
    if not isinstance(schema, Mapping):
        return None
    if "contentMediaType" in schema and schema.keys().isdisjoint(_TEXTUAL):
        return str(schema["contentMediaType"])
    if schema.get("format") == "binary":
        return ""
    parts = [schema.get("items"), *(part for key in ("anyOf", "oneOf", "allOf") for part in schema.get(key) or ())]
    return next((kind for part in parts if (kind := _file_kind(part, judge)) is not None), None)


def _fields(base: Request, entry: MediaType, kinds: Mapping[str, str], judge: Judge) -> list[Part]:
    """Return the members that are no files: those of a request, or made for the required ones."""
    if media_type(base.header("content-type")) == FORMS[1] and base.body:
        there = split(base.body, base.header("content-type") or "") or []
        return [part for part in there if part.name not in kinds]
    schema = judge.resolve(entry.schema) if entry.schema is not None else True
    required = schema.get("required") or () if isinstance(schema, Mapping) else ()
    return [_made(name, judge.member(schema, name), judge) for name in required if name not in kinds]


def _made(name: str, schema: Schema, judge: Judge) -> Part:
    chance = random.Random(json.dumps([name, schema], sort_keys=True, default=str))
    made = [sample(schema, judge, chance) for _ in range(12)]
    value: Json = next((one for one in made if judge.valid(schema, one)), made[0])
    return Part(name=name, data=value if isinstance(value, str) else json.dumps(value))


def _part(name: str, specimen: Specimen) -> Part:
    data = specimen.data.decode("utf-8", errors="surrogateescape")
    return Part(name=name, data=data, filename=specimen.filename, media_type=specimen.media_type)
