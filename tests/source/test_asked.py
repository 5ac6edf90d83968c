"""Values are found for what files, matches, validators, conversions and several dates are asked, within the docs."""

from pathlib import Path
from typing import Any

import pytest

from tests.live import loaded
from upheld import source
from upheld.model import Exactly, Presence

PRELUDE = r"""
import base64
import json
import re
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal
from fastapi import *
from pydantic import *
app = FastAPI()
FORM = re.compile(r"(?P<parish>[A-Z]{3})-(?P<kind>[BMD])-(?P<year>[0-9]{4})")
FIRST, LAST = {"WEM": 1583, "HAY": 1612}, {"B": 1924, "M": 1949, "D": 1974}
class Crop(StrEnum):
    radish = "radish"
    leek = "leek"
RIPENS = {Crop.radish: timedelta(weeks=4), Crop.leek: timedelta(weeks=20)}
class Sowing(BaseModel):
    crop: Crop
    sown: date
    harvested: date
def serial(value): return value.partition("-")[2].lstrip("0")
class Voucher(BaseModel):
    code: str = Field(default="", pattern=r"^([a-z]{2}-[0-9]{4,8})?$")
    @field_validator("code")
    @classmethod
    def serial_only(cls, value): return serial(value)
class Letter(BaseModel):
    kind: Literal["letter"]
    to: str
class Wire(BaseModel):
    kind: Literal["wire"]
    number: str
    urgent: bool = False
class Visit(BaseModel):
    kind: Literal["visit"]
    door: str
class Spot(BaseModel):
    at: str
class Span(BaseModel):
    first: str
    last: str
SESSIONS, STORE = {}, {7: "a", 61: "b"}
@app.put("/{n}")
def put(n: int, x: str): STORE[n], SESSIONS[x] = x, n
def boom(): raise HTTPException(409)
"""
TEXT = "x: Annotated[str, Query()] = ''"
ASKED: dict[str, tuple[str, str, str]] = {
    "a file's name": ("x: UploadFile", "x.filename.rpartition('.')[2] in {'cdr'}", "x_filename.endswith('.cdr')"),
    "a file's type": ("x: UploadFile", "(x.content_type or '').startswith('video/')", "x_content_type.startswith('video/')"),
    "a file without a type": ("x: UploadFile", "x.content_type is None", "x_content_type is None"),
    "what is in a file": ("x: UploadFile", "(await x.read()).startswith(b'%PDF')", "x_data.startswith('%PDF')"),
    "the second of two files": (
        "x: UploadFile, y: UploadFile", "y.filename == 'b.xcf'", "y_filename == 'b.xcf'",
    ),
    "groups of a match, by name": (
        TEXT, "(m := FORM.fullmatch(x)) and m['parish'] in FIRST and int(m['year']) > LAST[m['kind']]",
        "x[:3] in ('WEM', 'HAY') and int(x[6:]) > {'B': 1924, 'M': 1949, 'D': 1974}[x[4]]",
    ),
    "a group that is asked for": (TEXT, "(m := FORM.match(x)) and m.group('kind') == 'M'", "x[4] == 'M'"),
    "a group by number": (TEXT, "(m := FORM.match(x)) and m.group(1) == 'WEM' and m[2] == 'B'", "x[:5] == 'WEM-B'"),
    "groups that are unpacked": (
        TEXT, "(m := FORM.match(x)) and m.groups()[2] == '1700' and m.groups()[0] == 'HAY'", "x[:3] + x[6:] == 'HAY1700'",
    ),
    "what a validator makes of it": ("v: Voucher", "v.code == '40090'", "len(code) <= 11 and code[2] == '-' and code[3:].lstrip('0') == '40090'"),
    "what a validator beside the type makes of it": (
        "x: Annotated[str, Query(pattern='^[a-z]{2}-[0-9]{4}$'), AfterValidator(serial)] = ''", "x == '7'", "x[2:] == '-0007'",
    ),
    "a number that is none": (TEXT, "x.isdigit() and int(x)", "x.isdigit() and not x.isdecimal()"),
    "a date that no month has": (TEXT, "re.fullmatch(r'\\d{4}-\\d\\d-\\d\\d', x) and date.fromisoformat(x)", "x == '2023-02-30'"),
    "a week that few years have": (
        "s: Sowing", "s.harvested - s.sown >= RIPENS[s.crop] and s.sown.isocalendar().week > 52",
        "date.fromisoformat(sown).isocalendar().week == 53 and date.fromisoformat(harvested) > date.fromisoformat(sown)",
    ),
    "a rest within bounds": ("n: Annotated[int, Query(ge=10_000_000, le=99_999_999)]", "n % 97 == 0", "10**7 <= n < 10**8 and n % 97 == 0"),
    "a rest and a series": (
        "n: Annotated[int, Query(ge=10_000_000, le=99_999_999)]", "n % 97 == 3 and n // 10_000 == 4071", "n // 10_000 == 4071 and n % 97 == 3",
    ),
    "so many parts, of which one is known": (
        TEXT, "len(x.split('__')) == 3 and x.split('__')[1] in ('lt', 'gt')", "x.count('__') == 2 and x.split('__')[1] in ('lt', 'gt')",
    ),
    "so many words": (TEXT, "len(x.split()) == 4", "len(x.split()) == 4"),
    "the same item twice": ("x: Annotated[list[str], Query()]", "len({*x}) < len(x)", "len(set(x)) < len(x)"),
    "a key of a table that changes, for one whom nobody knows": (
        "n: int, x: str", "SESSIONS[x] and n in STORE and STORE[n] == 'b'", "n == 61",
    ),
    "the second of two names, with its own password": (
        "x: str, y: str", "{'ada': 'enigma', 'bob': 'hunter2'}.get(x) == y", "x == 'bob' and y == 'hunter2'",
    ),
    "a check digit that is summed up in place": (
        TEXT,
        "len(x) == 13 and x.isascii() and x.isdigit() and x[:2] == '99' and not sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(x)) % 10",
        "len(x) == 13 and x[:2] == '99' and x.isdigit() and not sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(x)) % 10",
    ),
    "what an expression finds in it": (TEXT, "re.findall(r'[0-9]+[smh]', x)", "len(x) > 1 and x[0].isdigit() and x[-1] in 'smh'"),
    "what is not in what it encodes": (
        TEXT, "base64.urlsafe_b64decode(x) and json.loads(base64.urlsafe_b64decode(x))['after'] or 1", "x == 'e30='",
    ),
    "one of several models": (
        "v: Annotated[Letter | Wire | Visit, Body(discriminator='kind')]", "isinstance(v, Wire) and v.urgent and v.number.startswith('+1')",
        "kind == 'wire' and urgent and number.startswith('+1')",
    ),
    "another of them, by what it has": (
        "v: Annotated[Letter | Wire | Visit, Body(discriminator='kind')]", "not isinstance(v, Letter | Wire) and v.door == 'b'",
        "kind == 'visit' and door == 'b'",
    ),
    "one of several that no member tells": (
        "v: Spot | Span", "isinstance(v, Span) and v.last == 'z'", "first and last == 'z'",
    ),
    "a prefix within a pattern": (
        "x: Annotated[str, Query(pattern='^[0-9]{7}$')] = ''", "x.startswith('978')", "len(x) == 7 and x.startswith('978')",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("parameters", "condition", "expected"), ASKED.values(), ids=ASKED)
def test_asked(parameters: str, condition: str, expected: str, tmp_path: Path) -> None:
    """Some assignment meets it."""
    code = f"{PRELUDE}@app.post('/')\nasync def f({parameters}):\n    if {condition}: boom()\n    return 1\n"
    with loaded(code, tmp_path) as application:
        reading = dict(source.read(application, application.contract.operations))["POST /"]
    scope: dict[str, Any] = {}
    exec("from datetime import date", scope)  # noqa: S102 - what the expected conditions use
    met = []
    for assignment in reading.assignments:
        said = {
            "_".join(map(str, where[1:])): want.value if isinstance(want, Exactly) else None
            for where, want in assignment.items()
            if isinstance(want, Exactly) or want is Presence.ABSENT
        }
        try:
            met.append(bool(eval(expected, scope, said)))  # noqa: S307 - written above
        except (NameError, TypeError, AttributeError, IndexError, KeyError, ValueError):
            met.append(False)  # of another way
    assert any(met)
