"""What a method sends beside its parameters: which of the documented media types, and as which arguments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from upheld.client import looking
from upheld.client.methods import Argument, Payload
from upheld.client.naming import free, snake
from upheld.client.types import Use
from upheld.media import is_json, media_type
from upheld.model import Body, Json, MediaType, Schema

LINES = frozenset({
    "application/json-seq", "application/jsonl", "application/jsonlines", "application/ndjson",
    "application/x-json-stream", "application/x-jsonlines", "application/x-ndjson",
})  # fmt: skip
"""Media types of which each line is a JSON value."""
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
TEXTS = ("application/xml", "application/yaml", "application/x-yaml", "application/javascript", "application/graphql")


@dataclass(slots=True)
class Uses:
    """The places that need a type, in the order in which they are found."""

    found: list[Use] = field(default_factory=list)

    def add(self, schema: Schema, hint: str, *, sends: bool) -> int:
        """Take one up; return its number."""
        self.found.append(Use(schema=schema, hint=hint, sends=sends))
        return len(self.found) - 1


def is_text(name: str) -> bool:
    """Whether a media type holds text that is no JSON."""
    return name.startswith("text/") or name in TEXTS or name.endswith(("+xml", "+yaml"))


def is_binary(document: Mapping[str, Json], schema: Json) -> bool:
    """Whether a schema describes bytes: `format: binary`, or content that is no JSON, no text, and not encoded."""
    for part in looking.parts(document, looking.without_null(document, schema)):
        media = part.get("contentMediaType")
        if part.get("format") == "binary":
            return True
        if isinstance(media, str) and "contentEncoding" not in part:
            name = media_type(media)
            return not (is_json(name) or is_text(name) or name in LINES)
    return False


def item_schema(document: Mapping[str, Json], entry: MediaType) -> Schema:
    """Return the schema of each line: `itemSchema`, else `contentSchema` or the items of `schema`."""
    if entry.item_schema is not None:
        return entry.item_schema
    for part in looking.parts(document, entry.schema):
        if "contentSchema" in part:
            found: Schema = part["contentSchema"]
            return found
    items = looking.items(document, entry.schema)
    return True if items is None else items


def payload(
    document: Mapping[str, Json], body: Body | None, hint: str, uses: Uses, taken: set[str]
) -> tuple[Payload | None, list[Argument]]:
    """Return what is sent and the arguments for it, whose names are taken then.

    Of several media types the first of these is sent: JSON, a form, lines, text, bytes. FastAPI documents one.
    """
    if body is None or not body.content:
        return None, []
    name, entry = min(body.content.items(), key=lambda one: _rank(media_type(one[0])))
    short = media_type(name)
    if short in (FORM, MULTIPART):
        arguments = list(_members(document, entry, short, hint, uses, taken, required=body.required))
        kind: str = "form" if short == FORM else "multipart"
        if arguments:
            return Payload(kind=kind, media_type=short, members=True), arguments  # type: ignore[arg-type]
        kinds = looking.kinds(document, _schema(entry)) - {"null"}
        if kinds and "object" not in kinds:  # there are no members to be made of it: it is written by the caller
            return _whole("text", short, "str", body, taken)
        return _whole(kind, short, uses.add(_schema(entry), f"{hint}Body", sends=True), body, taken)
    if is_json(short) or short in ("*/*", "application/*"):
        sent = short if is_json(short) else "application/json"
        null = looking.allows_null(document, _schema(entry))
        return _whole("json", sent, uses.add(_schema(entry), f"{hint}Body", sends=True), body, taken, null=null)
    if short in LINES:
        item = uses.add(item_schema(document, entry), f"{hint}Item", sends=True)
        return _whole("lines", short, item, body, taken)
    if is_text(short) and not is_binary(document, entry.schema):
        return _whole("text", short if "*" not in short else "text/plain", "str", body, taken)
    return _whole("bytes", name if "*" not in short else "application/octet-stream", "Upload", body, taken)


def _rank(name: str) -> int:
    tests: tuple[Callable[[], bool], ...] = (
        lambda: is_json(name),
        lambda: name == MULTIPART,
        lambda: name == FORM,
        lambda: name in LINES,
        lambda: is_text(name),
    )
    return next((at for at, test in enumerate(tests) if test()), len(tests))


def _schema(entry: MediaType) -> Schema:
    return True if entry.schema is None else entry.schema


def _whole(
    kind: str, media: str, made: int | str, body: Body, taken: set[str], *, null: bool = False
) -> tuple[Payload, list[Argument]]:
    name = free("body", taken)
    taken.add(name)
    argument = Argument(name=name, wire="", location="body", required=body.required, type=made, null=null)
    return Payload(kind=kind, media_type=media, members=False, argument=name), [argument]  # type: ignore[arg-type]


def _members(
    document: Mapping[str, Json],
    entry: MediaType,
    form: str,
    hint: str,
    uses: Uses,
    taken: set[str],
    *,
    required: bool,
) -> "list[Argument]":
    needed = looking.required(document, entry.schema) if required else frozenset()
    found = []
    for wire, schema in looking.properties(document, entry.schema).items():
        name = free(snake(wire, "field"), taken, (f"{snake(wire, 'field')}_form",))
        taken.add(name)
        bare = looking.without_null(document, schema)
        raw = entry.encoding.get(wire)
        encoding = raw if isinstance(raw, Mapping) else {}
        items = looking.items(document, bare)
        several = items is not None and is_binary(document, items)
        file = form == MULTIPART and (several or is_binary(document, bare))
        made: int | str = "list[Upload]" if several else "Upload"
        if not file:
            made = uses.add(bare, f"{hint}{snake(wire, 'field').title().replace('_', '')}", sends=True)
        content = encoding.get("contentType")
        found.append(
            Argument(
                name=name,
                wire=wire,
                location="form",
                required=wire in needed,
                type=made,
                file=file,
                style=str(encoding.get("style", "")),
                explode=encoding.get("explode") if isinstance(encoding.get("explode"), bool) else None,
                media_type=content if isinstance(content, str) and not {"*", ","} & set(content) else "",
                description=str(looking.followed(document, schema).get("description", "")),
            )
        )
    return found
