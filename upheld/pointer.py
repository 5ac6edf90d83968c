"""JSON pointers: the way to a part of a document (RFC 6901)."""

from collections.abc import Iterable, Mapping

from upheld.model import Json


def pointed(document: Mapping[str, Json], reference: str) -> Json:
    """Return the part of a document that a reference such as `#/components/schemas/Book` points to.

    Errors: LookupError where it points to nothing.
    """
    node: Json = document
    for token in reference[2:].split("/") if reference != "#" else ():
        key = token.replace("~1", "/").replace("~0", "~")
        node = node[int(key)] if isinstance(node, list) and key.isdecimal() else _member(node, key)
    return node


def pointer(tokens: Iterable[str | int]) -> str:
    """Return the pointer to what tokens lead to; "" for the whole document."""
    return "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in tokens)


def _member(node: Json, key: str) -> Json:
    return (node if isinstance(node, Mapping) else {})[key]
