"""Requests that say what the docs show as an example: the first that a reader sends."""

import json
from collections.abc import Iterator

from upheld.drive.shape import Shape, take_apart
from upheld.media import media_type
from upheld.model import Example, Operation, Request

_EXAMPLES_MOST = 12


def shown(valid: Request, operation: Operation) -> Iterator[Request]:
    """Yield a request once with each documented example in place of its own member."""
    shape = take_apart(valid, operation)
    asking = [example for example in operation.examples if example.asks]
    for example in asking[:_EXAMPLES_MOST] if shape is not None else ():
        if shape is not None and (made := _with(shape, example)) is not None:
            yield made.built()


def _with(shape: Shape, example: Example) -> Shape | None:
    kind, rest = example.where[0], example.where[1:]
    if kind == "body":
        same = media_type(example.media_type) == media_type(shape.request.header("content-type"))
        return shape.with_member(rest, example.value) if same and shape.has_json else None
    if isinstance(example.value, list | dict) or len(rest) != 1:
        return None  # it depends on the style
    text = example.value if isinstance(example.value, str) else json.dumps(example.value)
    name = str(rest[0])
    if kind == "path":
        return shape.with_path(name, text)
    return shape.with_pair(str(kind), name.lower() if kind == "header" else name, text)
