"""What may come back: which answers are returned and which are raised, and how their bodies are read."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from upheld.client import looking
from upheld.client.bodies import LINES, Uses, is_binary, is_text, item_schema
from upheld.client.methods import Kind, Read, Reply, Type
from upheld.client.statuses import error_class
from upheld.media import is_json, media_type
from upheld.model import Json, MediaType, Operation, Response, Schema

EMPTY = frozenset({"204", "205", "304"})
"""Statuses whose answers have no body (RFC 9110)."""


@dataclass(slots=True)
class Replies:
    """Reads what is documented of each operation's answers."""

    document: Mapping[str, Json]
    uses: Uses
    _errors: dict[str, int] = field(default_factory=dict)
    """The uses of errors by key and schema: written in place thirty times, it is one type all the same."""

    def of(self, operation: Operation, described: Mapping[str, str], hint: str) -> Iterator[Reply]:
        """Yield an operation's answers in the document's order."""
        successes = [key for key in operation.responses if key[:1] == "2"]
        if not successes:  # then the operation leads elsewhere, or `default` describes its success
            successes = [key for key in operation.responses if key[:1] == "3" and key != "304"]
        if not successes:
            successes = [key for key in operation.responses if key == "default"]
        for spelled, response in operation.responses.items():
            key = spelled.upper() if spelled != "default" else spelled
            success = spelled in successes
            redirect = success and key.startswith("3")
            reads = [] if redirect or key in EMPTY or operation.method == "HEAD" else [
                self._read(key, media, entry, success, f"{hint}{'' if len(successes) == 1 else key}Response")
                for media, entry in response.content.items()
            ]  # fmt: skip
            yield Reply(
                key=key,
                success=success,
                reads=tuple(reads),
                headers=tuple(name for name, header in response.headers.items() if header.required),
                redirect=redirect,
                error="" if success and key != "default" else error_class(key),
                description=described.get(spelled, ""),
            )

    def _read(self, key: str, media: str, entry: MediaType, success: bool, hint: str) -> Read:  # noqa: FBT001
        name = media_type(media)
        kind = self._kind(name, entry)
        if not success and kind != "json":
            # Of an error everything is read at once.
            return Read(media_type=name, kind="text", type="str")
        return Read(media_type=name, kind=kind, type=self._type(kind, entry, key, success, hint))

    def _kind(self, name: str, entry: MediaType) -> Kind:
        if name == "text/event-stream":
            return "events"
        if name in LINES or (entry.item_schema is not None and not is_json(name)):
            return "lines"
        if is_json(name):
            return "json"
        if is_binary(self.document, entry.schema):
            return "bytes"
        if is_text(name):
            return "text"
        if "*" in name and entry.schema is not None and looking.kinds(self.document, entry.schema) - {"string"}:
            return "json"
        return "bytes"

    def _type(self, kind: Kind, entry: MediaType, key: str, success: bool, hint: str) -> Type:  # noqa: FBT001
        match kind:
            case "json":
                schema: Schema = True if entry.schema is None else entry.schema
                return self.uses.add(schema, hint, sends=False) if success else self._error(key, schema)
            case "lines":
                return self.uses.add(item_schema(self.document, entry), f"{hint}Item", sends=False)
            case "events":
                return self._data(entry, f"{hint}Data")
            case "text":
                return "str"
            case _:
                return "bytes"

    def _error(self, key: str, schema: Schema) -> int:
        spelled = f"{key} {json.dumps(schema, sort_keys=True)}"
        if spelled not in self._errors:
            self._errors[spelled] = self.uses.add(schema, f"{error_class(key)}Body", sends=False)
        return self._errors[spelled]

    def _data(self, entry: MediaType, hint: str) -> Type:
        """Return the type of an event's data: a text, or the JSON that it holds (OpenAPI 3.2.0, 4.14.4)."""
        data = looking.properties(self.document, entry.item_schema).get("data")
        for part in looking.parts(self.document, data):
            if "contentSchema" in part:
                return self.uses.add(part["contentSchema"], hint, sends=False)
            if is_json(media_type(str(part.get("contentMediaType", "")))):
                return "Any"
        return "str"


def response(operation: Operation, key: str) -> Response | None:
    """Return the response that a reply stands for."""
    return next((one for spelled, one in operation.responses.items() if spelled.upper() == key.upper()), None)
