"""Keeps the plots of a vineyard and sends their grapes to the presses."""
# ruff: noqa: E501

from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import FastAPI, HTTPException, Path, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

T = TypeVar("T")
app = FastAPI(title="Vineyard")


class RecordMissing(LookupError):
    pass


class PlotMissing(RecordMissing):
    pass


class PressMissing(RecordMissing):
    pass


class Repo(Generic[T]):
    def __init__(self, rows: dict[str, T], missing: type[RecordMissing]) -> None:
        self._rows = rows
        self._missing = missing

    def keys(self) -> list[str]:
        return sorted(self._rows)

    def get_or_raise(self, key: str) -> T:
        row = self._rows.get(key)
        if row is None:
            raise self._missing(key)  # lie: server-error POST /pressings 500
        return row


@dataclass(frozen=True)
class Plot:
    grape: str
    kilos: int


@dataclass(frozen=True)
class Press:
    capacity: int


plots = Repo({"A04": Plot("riesling", 900), "C11": Plot("silvaner", 2_600), "F27": Plot("dornfelder", 400)}, PlotMissing)
presses = Repo({"basket": Press(1_000), "bladder": Press(2_000)}, PressMissing)


class NewPressing(BaseModel):
    plot: str = Field(pattern="^[A-Z][0-9]{2}$")
    press: str = Field(pattern="^[a-z]{4,8}$")


class Pressing(BaseModel):
    grape: str
    litres: int


class Problem(BaseModel):
    detail: str


@app.exception_handler(PlotMissing)
async def plot_missing(request: Request, exc: PlotMissing) -> JSONResponse:
    return JSONResponse({"detail": "No such plot"}, status_code=404)


@app.get("/plots")
async def list_plots() -> list[str]:
    return plots.keys()


@app.get("/plots/{plot}", responses={404: {"model": Problem}})
async def kilos(plot: Annotated[str, Path(max_length=8)]) -> int:
    return plots.get_or_raise(plot).kilos


@app.post("/pressings", status_code=201, responses={404: {"model": Problem}, 409: {"model": Problem}})
async def press(new: NewPressing) -> Pressing:
    plot = plots.get_or_raise(new.plot)
    if plot.kilos > presses.get_or_raise(new.press).capacity:
        raise HTTPException(409, "More than the press takes")
    return Pressing(grape=plot.grape, litres=plot.kilos * 7 // 10)
