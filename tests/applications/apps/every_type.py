"""A customs form with a box for everything."""

import re
from collections import deque
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from ipaddress import IPv4Address, IPv6Network
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID

from fastapi import Body, Cookie, FastAPI, Header, Query
from pydantic import (
    AnyUrl,
    AwareDatetime,
    Base64Bytes,
    BaseModel,
    ByteSize,
    ConfigDict,
    Field,
    FutureDate,
    HttpUrl,
    IPvAnyAddress,
    Json,
    NaiveDatetime,
    SecretStr,
    StringConstraints,
    computed_field,
    conlist,
    field_serializer,
)
from typing_extensions import TypedDict

app = FastAPI()


class Colour(str, Enum):
    RED = "red"
    BLUE = "blue"


class Size(IntEnum):
    SMALL = 1
    LARGE = 2


@dataclass
class Point:
    x: float
    y: float = 0


class Pair(NamedTuple):
    left: int
    right: str


class Options(TypedDict, total=False):
    fast: bool
    tries: int


class Numbers(BaseModel):
    whole: int
    small: Annotated[int, Field(ge=-5, lt=5, multiple_of=2)] = 0
    real: float = 0
    positive: Annotated[float, Field(gt=0)] = 1
    exact: Decimal = Decimal(1)
    cents: Annotated[Decimal, Field(max_digits=6, decimal_places=2, ge=0)] = Decimal("1.25")
    flag: bool = False
    size: Size = Size.SMALL
    bytes_: Annotated[ByteSize, Field(alias="bytes")] = ByteSize(1)


class Texts(BaseModel):
    plain: str
    colour: Colour = Colour.RED
    kind: Literal["a", "b", 3] = "a"
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}-\d+$")] = "ABC-1"
    short: Annotated[str, Field(min_length=1, max_length=8)] = "x"
    id: UUID | None = None
    url: AnyUrl | None = None
    page: HttpUrl | None = None
    ip: IPvAnyAddress | None = None
    ip4: IPv4Address | None = None
    net: IPv6Network | None = None
    path: PurePosixPath = PurePosixPath("a")
    secret: SecretStr = SecretStr("")
    pattern: re.Pattern[str] | None = None
    blob: bytes = b""
    base64: Base64Bytes | None = None


class Moments(BaseModel):
    day: date
    at: datetime | None = None
    aware: AwareDatetime | None = None
    clock: time | None = None
    span: timedelta | None = None


class Containers(BaseModel):
    numbers: list[int] = []
    unique: set[int] = set()
    frozen: frozenset[str] = frozenset()
    tail: deque[int] = deque()
    pair: tuple[int, str] = (1, "a")
    many: tuple[int, ...] = ()
    table: dict[str, int] = {}
    by_number: dict[int, str] = {}
    by_colour: dict[Colour, int] = {}
    either: int | str = 0
    maybe: int | None = None
    several: Annotated[list[int], Field(min_length=1, max_length=3)] = [1]
    point: Point | None = None
    named: Pair | None = None
    options: Options = {}
    anything: Any = None
    parsed: Json[list[int]] | None = None


class Aliased(BaseModel):
    model_config = ConfigDict(populate_by_name=True, str_max_length=40)
    first_name: Annotated[str, Field(alias="firstName")]
    last_name: Annotated[str, Field(validation_alias="lastName", serialization_alias="surname")] = ""

    @computed_field
    @property
    def full(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @field_serializer("last_name")
    def upper(self, value: str) -> str:
        return value.upper()


class Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    count: int
    rate: float = 0
    name: str = ""
    day: date | None = None


@app.post("/numbers")
def numbers(body: Numbers) -> Numbers:
    return body


@app.post("/texts")
def texts(body: Texts) -> int:
    return len(body.plain)


@app.post("/moments")
def moments(body: Moments) -> int:
    return 1


@app.post("/containers")
def containers(body: Containers) -> int:
    return len(body.numbers)


@app.post("/aliased")
def aliased(body: Aliased) -> Aliased:
    return body  # lie: response-schema-mismatch POST /aliased 200


@app.post("/strict")
def strict(body: Strict) -> Strict:
    return body


@app.post("/points")
def points(point: Point, options: Annotated[Options, Body()], pair: Annotated[Pair | None, Body()] = None) -> Point:
    return point


@app.post("/maybe")
def maybe(body: Texts | None = None) -> bool:
    return body is None


@app.post("/either")
def either(body: Annotated[Strict | list[int] | str, Body()]) -> str:
    return type(body).__name__


@app.post("/embedded")
def embedded(count: Annotated[int, Body(embed=True, ge=0)]) -> int:
    return 1


@app.post("/bare")
def bare(count: Annotated[float, Body()]) -> bool:
    return count > 1


@app.get("/query")
def query(
    whole: int = 0,
    real: float = 0,
    exact: Decimal = Decimal(1),
    flag: bool = False,
    colour: Colour = Colour.RED,
    size: Size = Size.SMALL,
    kind: Literal["a", "b"] = "a",
    day: date | None = None,
    at: datetime | None = None,
    clock: time | None = None,
    span: timedelta | None = None,
    id: UUID | None = None,
    url: HttpUrl | None = None,
    ip: IPv4Address | None = None,
    numbers: Annotated[list[int], Query()] = [],
    colours: Annotated[set[Colour], Query(max_length=2)] = set(),
    pair: Annotated[tuple[int, str] | None, Query()] = None,
    aliased: Annotated[str, Query(alias="item-query", min_length=2, deprecated=True)] = "xx",
    pattern: Annotated[str, Query(pattern="^a+$")] = "a",
    either: int | str = 0,
    secret: SecretStr | None = None,
) -> int:
    return len(numbers)


@app.get("/headers")
def headers(
    x_count: Annotated[int, Header(ge=0)] = 0,
    x_flag: Annotated[bool, Header()] = False,
    x_many: Annotated[list[int], Header()] = [],
    x_day: Annotated[date | None, Header()] = None,
    raw_name: Annotated[str, Header(convert_underscores=False)] = "",
    user_agent: Annotated[str | None, Header()] = None,
    session: Annotated[UUID | None, Cookie()] = None,
    visits: Annotated[int, Cookie(lt=10)] = 0,
) -> int:
    return 1


@app.get("/at/{day}/{id}/{colour}/{size}/{real}/{flag}/{exact}")
def at(day: date, id: UUID, colour: Colour, size: Size, real: float, flag: bool, exact: Decimal) -> int:
    return 1


@app.get("/moments/{at}/{clock}/{span}")
def moment(at: datetime, clock: time, span: timedelta) -> int:
    return 1


@app.get("/future/{day}")
def future(day: FutureDate) -> int:
    return 1


@app.get("/naive/{at}")
def naive(at: NaiveDatetime) -> int:
    return 1


@app.post("/few")
def few(body: conlist(int, min_length=2)) -> int:
    return 10 // sum(body)  # lie: server-error POST /few 500
