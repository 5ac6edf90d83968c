"""Rows of an orchard and the trees that stand in them."""

from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import APIRouter, FastAPI, Path, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

T = TypeVar("T")


class Problem(BaseModel):
    detail: str


class RecordMissing(LookupError):
    what = "record"


class RowMissing(RecordMissing):
    what = "row"


class TreeMissing(RecordMissing):
    what = "tree"


class StakeMissing(RecordMissing):
    what = "stake"


class Repo(Generic[T]):
    def __init__(self, rows: dict[str, T], missing: type[RecordMissing]) -> None:
        self._rows = rows
        self._missing = missing

    def get_or_raise(self, key: str) -> T:
        if key not in self._rows:
            raise self._missing(key)
        return self._rows[key]

    def put(self, key: str, row: T) -> T:
        self._rows[key] = row
        return row

    def pop_or_raise(self, key: str) -> T:
        row = self.get_or_raise(key)
        del self._rows[key]
        return row


@dataclass(frozen=True)
class Row:
    width: int


class Planting(BaseModel):
    variety: str = Field(pattern="^[a-z]{3,20}$")
    year: int = Field(ge=1900, le=2100)


rows = Repo({"north": Row(4), "south": Row(6)}, RowMissing)
trees: Repo[Planting] = Repo({}, TreeMissing)
stakes = Repo({"north": 120, "south": 0}, StakeMissing)
router = APIRouter(prefix="/rows/{row}", responses={404: {"model": Problem}})
RowKey = Annotated[str, Path(max_length=12)]
Place = Annotated[int, Path(ge=1, le=400)]


@router.get("/stakes")
async def stakes_per_metre(row: RowKey) -> int:
    return stakes.get_or_raise(row) // rows.get_or_raise(row).width


@router.put("/trees/{place}", responses={201: {"model": Planting}})
async def plant(row: RowKey, place: Place, planting: Planting, response: Response) -> Planting:
    rows.get_or_raise(row)
    response.status_code = 409
    try:
        trees.get_or_raise(f"{row}.{place}")
    except TreeMissing:
        response.status_code = 201
    else:
        response.status_code = 200
    return trees.put(f"{row}.{place}", planting)


@router.delete("/trees/{place}", status_code=204)
async def fell(row: RowKey, place: Place) -> None:
    trees.pop_or_raise(f"{row}.{place}")


app = FastAPI(title="Orchard")
app.include_router(router)


@app.exception_handler(RecordMissing)
async def record_missing(request: Request, exc: RecordMissing) -> JSONResponse:
    return JSONResponse({"detail": f"No such {exc.what}"}, status_code=404)
