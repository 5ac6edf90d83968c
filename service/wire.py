r"""The values that travel: what the bodies of requests and answers are made of.

Every limit here is read twice, by Pydantic and by whoever reads the document, and must mean the same to both. So
patterns are ASCII, anchored and free of classes such as `\w`, which differ between regex dialects; money is whole
cents; and no `format` stands where Pydantic's reading of it is not JSON Schema's (`email`).
"""

import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

MAX_ID = 2**53 - 1
"""The largest integer that a float keeps exact: FastAPI writes bounds as floats, and JavaScript has no other number."""


class RequestBody(BaseModel):
    """A JSON body sent to the shop: nothing is coerced and nothing unknown is ignored."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class ResponseBody(BaseModel):
    """A JSON body that the shop sends: every member is always there."""

    model_config = ConfigDict(from_attributes=True, frozen=True, json_schema_serialization_defaults_required=True)


def _whole(value: object) -> object:
    """Read integers as JSON Schema does: 1.0 is one, and "+1", " 1" and "1_0" in an address are none."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and not _INTEGER.fullmatch(value):
        raise PydanticCustomError("int_parsing", "Input should be an integer in decimal digits")
    return value


_INTEGER = re.compile(r"-?[0-9]+(\.0+)?")

WHOLE = BeforeValidator(_whole)
"""Stands last in an annotation: bounds after it would go undocumented."""

MAX_CENTS = 100_000_000

Id = Annotated[int, Field(ge=1, le=MAX_ID, examples=[1]), WHOLE]
Cents = Annotated[int, Field(ge=0, le=MAX_CENTS, description="Price in cents.", examples=[1299]), WHOLE]

Email = Annotated[str, Field(max_length=254, pattern=r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")]


def _day(value: object) -> object:
    """Read days as JSON Schema does: Pydantic would also take the seconds since 1970, and midnight."""
    if not isinstance(value, date) and not (isinstance(value, str) and _DAY.fullmatch(value)):
        raise PydanticCustomError("date_parsing", "Input should be a day such as 2026-03-01")
    return value


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Day = Annotated[date, Field(strict=False), BeforeValidator(_day)]

TEXT = r"^[^\u0000-\u0008\u000b-\u001f\u007f]*$"
"""Text of any number of lines, without other control characters."""

LINE = r"^[^\u0000-\u0020\u007f][^\u0000-\u001f\u007f]*$"
"""One line of text: starts with something visible and holds no control character."""
