"""Snow reports of the valley stations, newest first."""
# ruff: noqa: E501

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Query, Response
from pydantic import BaseModel, Field

app = FastAPI(title="Snow reports")

STATIONS = ("alp", "dorf", "grat")


def header(type_: str, about: str, *, required: bool = True) -> dict[str, Any]:
    return {"description": about, "required": required, "schema": {"type": type_}}


class Report(BaseModel):
    station: str = Field(pattern="^[a-z]{3,8}$")
    depth_cm: float = Field(ge=0, le=1500)
    powder: bool = False


@dataclass
class Slice:
    """Where a page begins and how long it is."""

    offset: Annotated[int, Query(ge=0, le=10_000)] = 0
    limit: Annotated[int, Query(ge=1, le=50)] = 10

    def cut(self, rows: list[Report], response: Response) -> list[Report]:
        response.headers["X-Total"] = str(len(rows))
        if self.offset + self.limit < len(rows):
            response.headers["X-Next-Offset"] = str(self.offset + self.limit)
        return rows[self.offset : self.offset + self.limit]


reports: list[Report] = [Report(station="grat", depth_cm=210), Report(station="dorf", depth_cm=35)] * 6


def latest(station: str) -> Report | None:
    return next((report for report in reports if report.station == station), None)


@app.get(
    "/reports",
    responses={200: {"headers": {"X-Total": header("integer", "Reports"), "X-Next-Offset": header("integer", "Go on here")}}},
)
async def newest(page: Annotated[Slice, Depends()], response: Response) -> list[Report]:
    return page.cut(reports, response)  # lie: response-header-mismatch GET /reports 200


@app.get(
    "/stations/{station}/reports",
    responses={
        200: {"headers": {"X-Total": header("integer", "Reports"), "X-Next-Offset": header("integer", "More", required=False)}},
    },
)
async def of_station(station: str, page: Annotated[Slice, Depends()], response: Response) -> list[Report]:
    return page.cut([report for report in reports if report.station == station], response)


@app.post(
    "/reports",
    status_code=201,
    responses={
        201: {"headers": {"X-Fresh-Cm": header("integer", "Centimetres since the last report")}},
        404: {"description": "No such station"},
    },
)
async def report(new: Report, response: Response) -> Report:
    if new.station not in STATIONS:
        raise HTTPException(404, "No such station")
    before = latest(new.station)
    fresh = new.depth_cm - before.depth_cm if before else new.depth_cm
    response.headers["X-Fresh-Cm"] = f"{fresh:g}"  # lie: response-header-mismatch POST /reports 201
    reports.insert(0, new)
    return new
