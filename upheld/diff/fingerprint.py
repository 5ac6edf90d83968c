"""Schemas as texts that tell two of them apart, whatever they and what they refer to are called."""

import hashlib
import json
from collections.abc import Mapping

from upheld.diff.nodes import Source
from upheld.model import Json
from upheld.pointer import pointed

ANNOTATIONS = frozenset({
    "$comment", "$schema", "default", "deprecated", "description", "discriminator", "example", "examples",
    "externalDocs", "readOnly", "summary", "title", "writeOnly", "xml",
})  # fmt: skip
"""Keywords that say nothing about which values are valid."""
VALUES = frozenset({"const", "enum"})
UNIONS = frozenset({"allOf", "anyOf", "oneOf"})
UNORDERED = frozenset({"allOf", "anyOf", "enum", "oneOf", "required", "type"})
NAMED = frozenset({"properties", "patternProperties", "dependentSchemas", "dependentRequired", "$defs", "definitions"})
PARTS_MOST = 20_000
UNWRAPPED_MOST = 20


class TooLargeError(Exception):
    """There is more below a schema than is worth telling apart."""


def fingerprint(source: Source, raw: Json) -> str:
    """Return a text that equal schemas have in common.

    Recursion is told by how far up it leads, so that two spellings of one recursive schema may have two texts.
    Errors: TooLargeError.
    """
    return hashlib.sha256(_Writer(source).text(raw, ()).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class _Writer:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._parts = 0

    def text(self, raw: Json, above: tuple[int, ...]) -> str:
        self._parts += 1
        if self._parts > PARTS_MOST or len(above) > 60:
            raise TooLargeError
        raw = self._unwrapped(raw)
        if not isinstance(raw, Mapping):
            return json.dumps(raw, sort_keys=True)
        if id(raw) in above:
            return f"^{len(above) - above.index(id(raw))}"
        above = (*above, id(raw))
        parts = [f"{key}:{self._keyword(key, raw[key], above)}" for key in sorted(raw) if key not in ANNOTATIONS]
        return "{" + ",".join(parts) + "}"

    def _unwrapped(self, raw: Json) -> Json:
        """Return what a schema says that is nothing but a reference, or all, any or one of a single schema."""
        for _ in range(UNWRAPPED_MOST):
            if not isinstance(raw, Mapping) or len(keys := raw.keys() - ANNOTATIONS) != 1:
                break
            (key,) = keys
            value = raw[key]
            if key == "$ref" and isinstance(value, str):
                try:
                    raw = pointed(self._source.document, value)
                except LookupError:
                    break
            elif key in UNIONS and isinstance(value, list) and len(value) == 1:
                raw = value[0]
            else:
                break
        return raw

    def _keyword(self, key: str, value: Json, above: tuple[int, ...]) -> str:
        if key == "$ref" and isinstance(value, str):
            try:
                return self.text(pointed(self._source.document, value), above)
            except LookupError:
                return json.dumps(value)
        if key in VALUES:
            items = value if isinstance(value, list) else [value]
            return json.dumps(sorted(json.dumps(item, sort_keys=True) for item in items))
        if key in NAMED and isinstance(value, Mapping):
            return "{" + ",".join(f"{json.dumps(name)}:{self.text(value[name], above)}" for name in sorted(value)) + "}"
        if isinstance(value, list):
            parts = [self.text(item, above) for item in value]
            return "[" + ",".join(sorted(parts) if key in UNORDERED else parts) + "]"
        return self.text(value, above)
