"""Sacks of grist that windmills have ground, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntFlag
from operator import attrgetter
from typing import Annotated, Any, Generic, Literal, TypeVar

from fastapi import Depends, FastAPI, HTTPException, Path, Query, Response
from pydantic import BaseModel, Field

T = TypeVar("T")
app = FastAPI(title="Windmill grist")


class Grain(IntFlag):
    RYE = 1
    OATS = 2
    SPELT = 4


@dataclass
class Sack:
    number: int
    mill: str
    kilos: float
    grains: list[str] = field(default_factory=list)


class Page(BaseModel, Generic[T]):
    items: list[T]
    total: int = Field(ge=0)
    next: str | None = Field(None, pattern=r"^\?page=[0-9]+&size=[0-9]+&by=[a-z-]+$")


@dataclass(frozen=True)
class Paging:
    page: Annotated[int, Query(ge=0, le=1000)] = 0
    size: Annotated[int, Query(ge=1, le=20)] = 5
    by: Annotated[Literal["number", "kilos", "-kilos"], Query()] = "number"

    def cut(self, rows: Sequence[T]) -> Page[T]:
        ordered = sorted(rows, key=attrgetter(self.by.lstrip("-")), reverse=self.by.startswith("-"))
        start = self.page * self.size
        more = start + self.size < len(ordered)
        return Page(
            items=ordered[start : start + self.size],
            total=len(ordered),
            next=f"?page={self.page + 1}&size={self.size}&by={self.by}" if more else None,
        )


MILLS = ("zaan", "kinderdijk", "greetsiel")
GRAINS = [[grain.name.lower() for grain in Grain if grain & n] for n in range(8)]
sacks = [Sack(n, MILLS[n % 3], 20 + n / 4, GRAINS[n % 8]) for n in range(1, 24)]


def header(type_: str, **more: Any) -> dict[str, Any]:
    return {"required": True, "schema": {"type": type_, **more}}


COUNTED: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {
            "X-Pages": header("integer", minimum=0),
            "X-Ordered-By": header("string", enum=["number", "kilos"]),
        }
    }
}


def mill_or_404(mill: Annotated[str, Path(max_length=20)]) -> str:
    if mill in MILLS:
        return mill
    raise HTTPException(404, "No such mill")


Mill = Annotated[str, Depends(mill_or_404)]


@app.get("/sacks", responses=COUNTED)
async def all_sacks(paging: Annotated[Paging, Depends()], response: Response) -> Page[Sack]:
    page = paging.cut(sacks)
    response.headers["X-Pages"] = str(-(-page.total // paging.size))
    response.headers["X-Ordered-By"] = paging.by.removeprefix("-")
    return page


@app.get("/mills/{mill}/sacks", responses={404: {"description": "No such mill"}})
async def of_mill(mill: Mill, paging: Annotated[Paging, Depends()]) -> Page[Sack]:
    return paging.cut([sack for sack in sacks if sack.mill == mill])


@app.get("/mills/{mill}/mean", responses={404: {"description": "No such mill"}})
async def mean(mill: Mill, of: Annotated[list[int] | None, Query(max_length=9)] = None) -> float:
    kilos = [sack.kilos for sack in sacks if sack.mill == mill and (not of or sack.number in of)]
    try:
        return sum(kilos) / len(kilos)
    except ZeroDivisionError:
        return 0.0


@app.get("/grains/{grains}", responses={404: {"description": "Never ground"}})
async def ground(grains: Annotated[int, Path(ge=1, le=7)]) -> tuple[int, list[str]]:
    wanted = [grain.name.lower() for grain in Grain(grains)]
    found = [sack.number for sack in sacks if set(wanted) <= set(sack.grains)]
    if len(found) < 4:
        raise HTTPException(404, "Never ground in earnest")
    return found[0], wanted
