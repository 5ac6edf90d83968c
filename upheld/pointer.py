"""JSON pointers: the way to a part of a document (RFC 6901)."""

from collections.abc import Iterable, Mapping

from upheld.model import Json


def pointed(document: Mapping[str, Json], reference: str) -> Json:
    """Return the part of a document that a reference such as `#/components/schemas/Book` points to.

    Errors: LookupError where it points to nothing.
    """
    node: Json = document
    for key in tokens(reference[1:]):
        node = node[int(key)] if isinstance(node, list) and key.isdecimal() else _member(node, key)
    return node


def pointer(way: Iterable[str | int]) -> str:
    """Return the pointer to what tokens lead to; "" for the whole document."""
    return "".join(f"/{escaped(str(token))}" for token in way)


def tokens(pointer: str) -> tuple[str, ...]:
    """Return the tokens of a pointer; () for that of the whole document."""
    return tuple(map(unescaped, pointer[1:].split("/"))) if pointer else ()


def escaped(token: str) -> str:
    """Return a token as it stands in a pointer."""
    return token.replace("~", "~0").replace("/", "~1")


def unescaped(token: str) -> str:
    """Return what a token of a pointer says."""
    return token.replace("~1", "/").replace("~0", "~")


def _member(node: Json, key: str) -> Json:
    return (node if isinstance(node, Mapping) else {})[key]
