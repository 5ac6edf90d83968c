"""What annotations take, and which values are of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import Enum
from typing import Annotated, Any, Generic, Literal, Optional, TypeVar, Union

import pytest
from pydantic import BaseModel, ConfigDict, Field, RootModel
from typing_extensions import TypeAliasType

from upheld.roundtrip.annotations import (
    body_of,
    is_list,
    is_object,
    item,
    member_names,
    mistyped,
    named,
    parts,
    without,
)

B = TypeVar("B")


class Book(BaseModel):
    title: str = Field(alias="book-title")
    pages: int = 0


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")
    title: str


class Titles(RootModel[list[str]]):
    pass


class Title(RootModel[str]):
    pass


class Colour(Enum):
    RED = "red"


class Unset(Enum):
    UNSET = "UNSET"


Nested = TypeAliasType("Nested", "dict[str, Union[Nested, int]]")  # noqa: UP007 - as a client's models have it
PARTS = {
    "named": (TypeAliasType("Either", "int | Titles"), [int, Titles]),
    "named in a union": (TypeAliasType("Either", Union["Titles", int]) | None, [Titles, int, type(None)]),
    "plain": (int, [int]),
    "union": (int | None, [int, type(None)]),
    "old union": (Union[int, Optional[str]], [int, str, type(None)]),  # noqa: UP007, UP045
    "annotated": (Annotated[int | str, "said"], [int, str]),
    "list": (list[int] | None, [list[int], type(None)]),
}


@pytest.mark.parametrize(("hint", "expected"), PARTS.values(), ids=PARTS)
def test_parts(hint: Any, expected: list[Any]) -> None:
    assert expected == list(parts(hint))


SHAPES = {
    "int": (int, False, False),
    "text": (str | None, False, False),
    "enum": (Colour, False, False),
    "literal": (Literal["a", 1], False, False),
    "any": (Any, False, False),
    "bytes": (bytes, False, False),
    "list": (list[int] | None, True, False),
    "sequence": (Sequence[int], True, False),
    "set": (set[int], True, False),
    "list or text": (list[int] | str, False, False),
    "object": (dict[str, int], False, True),
    "model": (Book | None, False, True),
    "made of itself": (Nested | None, False, True),
    "model or text": (Book | str, False, False),
    "model of a list": (Titles, True, False),
    "model of a text": (Title, False, False),
}


@pytest.mark.parametrize(("hint", "lists", "objects"), SHAPES.values(), ids=SHAPES)
def test_shapes(hint: Any, lists: bool, objects: bool) -> None:
    assert (lists, objects) == (is_list(hint), is_object(hint))


NAMES = {
    "aliases": (Book | None, {"book-title", "pages"}),
    "any more": (Open, None),
    "dictionary": (dict[str, int], None),
}


@pytest.mark.parametrize(("hint", "expected"), NAMES.values(), ids=NAMES)
def test_member_names(hint: Any, expected: set[str] | None) -> None:
    assert expected == member_names(hint)


def test_without() -> None:
    assert (int | None) == without(int | None | Unset, Unset)
    assert int is without(int | Unset, Unset)
    assert int is without(int, Unset)


def test_item() -> None:
    assert item(Iterable[Book]) is Book
    assert item(bytes) is None


TYPED = {
    "int": (1, int, None),
    "no int": ("1", int, "str '1' is no int"),
    "true is no int": (True, int, "bool True is no int"),
    "none": (None, int | None, None),
    "made of itself": ({"a": {"b": 1}}, Nested | None, None),
    "no such": ({"a": {"b": "1"}}, Nested, "dict {'a': {'b': '1'}} is no Nested"),
    "no none": (None, int, "NoneType None is no int"),
    "nothing": (None, type(None), None),
    "something for nothing": (1, type(None), "int 1 is no None"),
    "any": (object, Any, None),
    "model": (Book.model_validate({"book-title": "a"}), Book, None),
    "another model": (Open(title="a"), Book | None, "Open Open(title='a') is no Book | None"),
    "dictionary": ({"book-title": "a"}, Open, "dict {'book-title': 'a'} is no Open"),
    "list": ([1, 2], list[int], None),
    "moment": (datetime(2026, 3, 4, 5, 6), datetime, None),  # noqa: DTZ001
    "no moment": ("2026-03-04T05:06:00", datetime, "str '2026-03-04T05:06:00' is no datetime"),
    "literal": ("a", Literal["a", "b"], None),
    "long": ("x" * 100, int, f"str '{'x' * 78}… is no int"),
}


@pytest.mark.parametrize(("value", "hint", "expected"), TYPED.values(), ids=TYPED)
def test_mistyped(value: object, hint: Any, expected: str | None) -> None:
    known: dict[object, Any] = {}
    assert expected == mistyped(value, hint, known)
    assert expected == mistyped(value, hint, known)


class ErrorResponse(Exception, Generic[B]):  # noqa: N818
    pass


class NotFound(ErrorResponse[Book]):
    pass


class Gone(ErrorResponse["Book | None"]):
    pass


class Conflict(ErrorResponse[Any]):
    pass


class ConflictTitles(Conflict):
    @property
    def body(self) -> Titles:
        raise NotImplementedError


BODIES = {
    "base": (NotFound, Book),
    "named in words": (Gone, Book | None),
    "property": (ConflictTitles, Titles),
    "any": (Conflict, Any),
    "none": (ValueError, Any),
}


@pytest.mark.parametrize(("error", "expected"), BODIES.values(), ids=BODIES)
def test_body_of(error: type[Exception], expected: Any) -> None:
    assert expected == body_of(error)


NAMED = {
    "int": (int, "int"),
    "union": (int | None, "int | None"),
    "list": (list[int], "list[int]"),
    "literal": (Literal["a"], "Literal['a']"),
}


@pytest.mark.parametrize(("hint", "expected"), NAMED.values(), ids=NAMED)
def test_named(hint: Any, expected: str) -> None:
    assert expected == named(hint)
