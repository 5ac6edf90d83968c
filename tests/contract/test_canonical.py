"""One document, one text: the same bytes however its parts were ordered or made."""

import datetime as dt
import json
from collections import OrderedDict, UserDict
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any
from uuid import UUID

import pytest

from upheld.contract import ContractError, canonical
from upheld.contract.canonical import plain


class Color(Enum):
    """An enum, as defaults often are."""

    RED = "red"


class Size(IntEnum):
    """An enum of numbers."""

    BIG = 3


class Name(str):
    """A string of another class, as Pydantic's `Url` was."""

    __slots__ = ()


PLAIN = {
    "text": ("é", "é"),
    "a whole float": (1.0, 1),
    "a negative zero": (-0.0, 0),
    "a broken float": (0.1, 0.1),
    "a huge float": (1e300, 1e300),
    "a truth": (True, True),
    "nothing": (None, None),
    "a tuple": ((1, (2.0,)), [1, [2]]),
    "a set": ({"b", "a"}, ["a", "b"]),
    "a frozen set": (frozenset({2, 1}), [1, 2]),
    "an enum": (Color.RED, "red"),
    "an enum of numbers": (Size.BIG, 3),
    "an enum as a key": ({Color.RED: 1}, {"red": 1}),
    "a status as a key": ({200: {}}, {"200": {}}),
    "a truth as a key": ({True: 1, None: 2}, {"true": 1, "null": 2}),
    "a subclass of str": (Name("x"), "x"),
    "another mapping": (OrderedDict(a=UserDict(b=(1,))), {"a": {"b": [1]}}),
    "a date": ({"default": dt.date(2026, 11, 24)}, {"default": "2026-11-24"}),
    "a moment": (dt.datetime(2026, 11, 24, tzinfo=dt.UTC), "2026-11-24T00:00:00+00:00"),
    "a decimal": (Decimal("1.50"), 1.5),
    "a UUID": (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
}


@pytest.mark.parametrize(("value", "expected"), PLAIN.values(), ids=PLAIN)
def test_plain(value: object, expected: object) -> None:
    seen = plain(value)
    assert json.dumps(expected) == json.dumps(seen)


class Unheard:
    """What no encoder knows."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<unheard>"


REFUSED = {
    "NaN": (
        {"a": [0, float("nan")]},
        "the document holds nan at /a/1, expected a number that JSON can say; mend that value",
    ),
    "infinity": (
        {"x": float("-inf")},
        "the document holds -inf at /x, expected a number that JSON can say; mend that value",
    ),
    "an object": (
        {"a": Unheard()},
        "the document holds Unheard <unheard> at /a, expected a JSON value; mend that value",
    ),
    "half a character": (
        {"openapi": "3.1.0", "x-a": "\ud800"},
        'the document holds half a character, "x-a": "\\ud800", expected text that UTF-8 can say; mend that text',
    ),
}


@pytest.mark.parametrize(("value", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(value: Any, message: str) -> None:  # what a document may hold
    with pytest.raises(ContractError) as caught:
        canonical(value)
    assert message == str(caught.value)


DOCUMENT: dict[str, Any] = {
    "tags": [{"name": "b"}, {"name": "a"}],
    "x-last": {"z": 1, "a": 2},
    "components": {
        "schemas": {
            "B": {
                "type": "object",
                "required": ["z", "a"],
                "properties": {
                    "z": {"type": "string", "enum": ["b", "a"]},
                    "a": {"title": "A", "default": {"z": 1, "a": 2}},
                },
                "patternProperties": {"z": {"type": "string", "title": "t"}, "a": True},
                "anyOf": [{"type": "object", "$ref": "#/x"}, True],
                "items": {"type": "string", "maxLength": 3},
                "examples": [{"z": 1, "a": 2}],
                "discriminator": {"propertyName": "z", "mapping": {"z": "1", "a": "2"}},
                "x-own": {"z": 1, "a": 2},
            },
            "A": True,
        },
        "pathItems": {"P": {"post": {}, "get": {}}},
        "callbacks": {"C": {"{$url}": {"post": {}, "get": {}}, "x-a": {"z": 1, "a": 2}}},
        "securitySchemes": {
            "o": {"type": "oauth2", "flows": {"password": {"tokenUrl": "t", "scopes": {"z": "", "a": ""}}}},
        },
    },
    "paths": {
        "/z": {
            "parameters": [{"schema": {"type": "string", "maxLength": 3}, "in": "path", "required": True, "name": "z"}],
            "post": {
                "responses": {
                    "default": {"description": "d"},
                    "200": {
                        "description": "ok",
                        "content": {
                            "text/plain": {"schema": {"type": "a", "title": "b"}},
                            "application/json": {"example": {"z": 1, "a": 2}},
                        },
                        "headers": {"Z": {"schema": {}}, "A": {"schema": {}}},
                    },
                },
                "callbacks": {"z": {"{$url}": {"post": {}, "get": {}}}},
                "operationId": "z",
            },
            "get": {"parameters": [{"$ref": "#/z"}, {"$ref": "#/a"}]},
            "summary": "s",
        },
        "/a": {},
    },
    "info": {"version": "1", "contact": {}, "title": "té"},
    "openapi": "3.1.0",
}  # fmt: skip

TEXT = """\
{
  "openapi": "3.1.0",
  "info": {"title": "té", "version": "1", "contact": {}},
  "paths": {
    "/a": {},
    "/z": {
      "summary": "s",
      "parameters": [
        {"name": "z", "in": "path", "required": true, "schema": {"maxLength": 3, "type": "string"}}
      ],
      "get": {"parameters": [{"$ref": "#/z"}, {"$ref": "#/a"}]},
      "post": {
        "callbacks": {"z": {"{$url}": {"get": {}, "post": {}}}},
        "operationId": "z",
        "responses": {
          "200": {
            "content": {
              "text/plain": {"schema": {"title": "b", "type": "a"}},
              "application/json": {"example": {"z": 1, "a": 2}}
            },
            "description": "ok",
            "headers": {"A": {"schema": {}}, "Z": {"schema": {}}}
          },
          "default": {"description": "d"}
        }
      }
    }
  },
  "components": {
    "callbacks": {"C": {"x-a": {"z": 1, "a": 2}, "{$url}": {"get": {}, "post": {}}}},
    "pathItems": {"P": {"get": {}, "post": {}}},
    "schemas": {
      "A": true,
      "B": {
        "anyOf": [{"$ref": "#/x", "type": "object"}, true],
        "discriminator": {"mapping": {"a": "2", "z": "1"}, "propertyName": "z"},
        "examples": [{"z": 1, "a": 2}],
        "items": {"maxLength": 3, "type": "string"},
        "patternProperties": {"a": true, "z": {"title": "t", "type": "string"}},
        "properties": {
          "z": {"enum": ["b", "a"], "type": "string"},
          "a": {"default": {"z": 1, "a": 2}, "title": "A"}
        },
        "required": ["z", "a"],
        "type": "object",
        "x-own": {"z": 1, "a": 2}
      }
    },
    "securitySchemes": {"o": {"flows": {"password": {"scopes": {"a": "", "z": ""}, "tokenUrl": "t"}}, "type": "oauth2"}}
  },
  "tags": [{"name": "b"}, {"name": "a"}],
  "x-last": {"z": 1, "a": 2}
}
"""


def test_order() -> None:
    """The order is as written here, the layout is JSON's own with two spaces."""
    assert json.dumps(json.loads(TEXT), ensure_ascii=False, indent=2) + "\n" == canonical(DOCUMENT)


def test_twice() -> None:
    text = canonical(DOCUMENT)
    assert text == canonical(json.loads(text))


ODD: dict[str, dict[str, Any]] = {
    "paths": {"paths": {"/a": "no item"}},
    "components": {"components": {"schemas": "none", "callbacks": {"C": "none"}}},
    "a callback": {"paths": {"/a": {"get": {"callbacks": {"c": "none"}}}}},
    "lists": {"components": {"schemas": {"A": {"anyOf": "none", "properties": ["a"]}}}},
}


@pytest.mark.parametrize("document", ODD.values(), ids=ODD)
def test_odd(document: dict[str, Any]) -> None:
    """What is no OpenAPI has a text as well: whether it is valid is judged elsewhere."""
    assert document == json.loads(canonical(document))
