"""Apps of 30, 100 and 300 operations, checked as on a command line: seconds, memory, and whether time grows linearly.

An app is made of groups of ten operations in a module each: plain reads, storing with validation, nested models with
enumerations, dependencies that ask for a token, and answers that are built by hand, streams among them. It is honest.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.lies import scoring

SIZES = (30, 100, 300)
GROUP = 10
"""How many operations a module has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """One check of one app."""

    operations: int
    run: str
    seconds: float
    """Of the whole process."""
    cpu_s: float
    """What it and the process that draws computed, together."""
    peak_mb: float
    """The largest that either grew."""
    requests: int
    findings: int

    @property
    def per_operation_ms(self) -> float:
        """Milliseconds an operation."""
        return self.seconds / self.operations * 1000


FIRST, SECOND = "first run", "requests stored"


def measure(sizes: Sequence[int], say: Callable[[str], None]) -> list[Many]:
    """Check an app of each size twice: with nothing stored, and again in the same folder."""
    found = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as temporary:
            write(Path(temporary), size)
            for run in (FIRST, SECOND):
                found.append(_checked(Path(temporary), size, run))
                one = found[-1]
                say(f"{size} operations, {run}: {one.seconds:.1f} s, {one.peak_mb:.0f} MB, {one.requests:,} requests")
    return found


def growth(measured: list[Many], run: str) -> float:
    """Return how much longer an operation of the largest app takes than one of the smallest."""
    times = {many.operations: many.per_operation_ms for many in measured if many.run == run}
    return times[max(times)] / times[min(times)]


def write(folder: Path, operations: int) -> None:
    """Write the app `many:app`, of so many operations, into a folder."""
    package = folder / "many"
    package.mkdir()
    names = [f"group{number:02}" for number in range(operations // GROUP)]
    (package / "access.py").write_text(ACCESS, encoding="utf-8")
    for name in names:
        (package / f"{name}.py").write_text(MODULE.replace("GROUP", name), encoding="utf-8")
    imports = "\n".join(f"from many import {name}" for name in names)
    includes = "\n".join(f"app.include_router({name}.router)" for name in names)
    text = f'from fastapi import FastAPI\n\n{imports}\n\napp = FastAPI(title="Many")\n{includes}\n'
    (package / "__init__.py").write_text(text, encoding="utf-8")


def _checked(folder: Path, operations: int, run: str) -> Many:
    report = folder / "report.json"
    began = time.perf_counter()
    with report.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "upheld", "check", "many:app", "--format", "json"],
            cwd=folder,
            env=scoring.environment(),
            stdout=out,
            stderr=subprocess.DEVNULL,
        )
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    told = json.loads(report.read_bytes())
    return Many(
        operations=operations,
        run=run,
        seconds=seconds,
        cpu_s=used.ru_utime + used.ru_stime,
        peak_mb=used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10),
        requests=told["stats"]["requests"],
        findings=len(told["findings"]),
    )


ACCESS = '''"""Who may do what."""

from typing import Annotated

from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

TOKENS = {"reader": "read", "writer": "write"}


class Problem(BaseModel):
    """Why a request was refused."""

    detail: str


def role(given: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> str:
    """Return the role of a token."""
    if given.credentials not in TOKENS:
        raise HTTPException(401, "No such token")
    return TOKENS[given.credentials]
'''

MODULE = '''"""One group of operations."""

from collections.abc import Iterator
from enum import StrEnum
from itertools import count, islice
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Response
from fastapi.responses import PlainTextResponse, StreamingResponse
from pydantic import BaseModel, Field

from many.access import Problem, role

router = APIRouter(prefix="/GROUP", tags=["GROUP"])


class Kind(StrEnum):
    """What an item is."""

    BOLT = "bolt"
    NUT = "nut"
    WASHER = "washer"


class ItemIn(BaseModel):
    """An item as it is sent."""

    name: str = Field(min_length=1, max_length=60)
    kind: Kind
    grams: int = Field(ge=1, le=50_000)
    tags: list[str] = Field(default_factory=list, max_length=8)


class Item(ItemIn):
    """An item."""

    id: int


class Line(BaseModel):
    """A part of an order."""

    kind: Kind
    pieces: int = Field(ge=1, le=1_000)
    note: str | None = Field(default=None, max_length=80)


class Address(BaseModel):
    """Where an order goes."""

    street: str = Field(min_length=1, max_length=80)
    city: str = Field(min_length=1, max_length=60)
    code: str = Field(pattern=r"^[0-9]{5}$")


class Order(BaseModel):
    """What is ordered."""

    lines: list[Line] = Field(min_length=1, max_length=10)
    address: Address
    express: bool = False


class Quote(BaseModel):
    """What an order costs."""

    pieces: int
    cents: int
    express: bool


class Status(BaseModel):
    """How a group is."""

    items: int
    unit: str


ITEMS: dict[int, Item] = {}
NUMBERS = count(1)
CENTS = {Kind.BOLT: 12, Kind.NUT: 7, Kind.WASHER: 3}
MISSING = {404: {"model": Problem, "description": "No such item"}}
LOCKED = {401: {"model": Problem, "description": "No token, or none of ours"}}

Id = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/status")
async def status(unit: Annotated[str, Query(max_length=20)] = "pieces") -> Status:
    """Tell how many items there are."""
    return Status(items=len(ITEMS), unit=unit)


@router.get("/items")
async def list_items(
    kind: Kind | None = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> list[Item]:
    """List items, a page at a time."""
    return list(islice((item for item in ITEMS.values() if kind in {None, item.kind}), offset, offset + limit))


@router.post("/items", status_code=201)
async def add_item(item: ItemIn) -> Item:
    """Add an item."""
    number = next(NUMBERS)
    ITEMS[number] = Item(id=number, **item.model_dump())
    return ITEMS[number]


@router.get("/items/{item_id}", responses=MISSING)
async def get_item(item_id: Id) -> Item:
    """Return an item."""
    if item_id not in ITEMS:
        raise HTTPException(404, "No such item")
    return ITEMS[item_id]


@router.put("/items/{item_id}", responses=MISSING)
async def change_item(item_id: Id, item: ItemIn) -> Item:
    """Change an item."""
    if item_id not in ITEMS:
        raise HTTPException(404, "No such item")
    ITEMS[item_id] = Item(id=item_id, **item.model_dump())
    return ITEMS[item_id]


@router.delete("/items/{item_id}", status_code=204, responses=MISSING)
async def remove_item(item_id: Id) -> Response:
    """Remove an item."""
    if ITEMS.pop(item_id, None) is None:
        raise HTTPException(404, "No such item")
    return Response(status_code=204)


@router.post("/quotes")
async def quote(order: Order) -> Quote:
    """Tell what an order costs."""
    pieces = sum(line.pieces for line in order.lines)
    cents = sum(CENTS[line.kind] * line.pieces for line in order.lines)
    return Quote(pieces=pieces, cents=cents * (2 if order.express else 1), express=order.express)


@router.get("/stock", responses=LOCKED)
async def stock(role: Annotated[str, Depends(role)], kind: Kind = Kind.BOLT) -> dict[str, int]:
    """Tell the weight of what is in stock."""
    return {role: sum(item.grams for item in ITEMS.values() if item.kind == kind)}


@router.get("/labels", response_class=PlainTextResponse)
async def labels(width: Annotated[int, Query(ge=1, le=120)] = 40) -> PlainTextResponse:
    """Return a line of text for each of the first items."""
    names = (item.name[:width] for item in islice(ITEMS.values(), 20))
    return PlainTextResponse("".join(f"{name}\\n" for name in names))


TABLE = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}


@router.get("/table", response_class=StreamingResponse, responses=TABLE)
async def table(kind: Kind | None = None) -> StreamingResponse:
    """Stream the first items as a table."""

    def rows() -> Iterator[str]:
        yield "id,kind,grams\\n"
        for item in islice(ITEMS.values(), 20):
            if kind in {None, item.kind}:
                yield f"{item.id},{item.kind},{item.grams}\\n"

    return StreamingResponse(rows(), media_type="text/csv")
'''
