"""Publishes the pollen counts of measuring stations by season."""
# ruff: noqa: E501

import csv
import io
from enum import StrEnum
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

app = FastAPI(title="Pollen")
COUNTS = {
    "HOHENAU": {2019: {"birch": 310, "grass": 122}, 2021: {"birch": 94, "grass": 240}},
    "LACHEN": {2020: {"hazel": 58}, 2021: {"hazel": 71, "grass": 199}},
}


class Format(StrEnum):
    JSON = "json"
    CSV = "csv"


class Export(BaseModel):
    format: Format = Format.JSON
    season: int = Field(2021, ge=2010, le=2024)
    heading: bool = True


class Row(BaseModel):
    plant: str
    grains: int


class Problem(BaseModel):
    detail: str


class Sheet:
    """The rows of one season, written the way that was asked for."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows

    def as_csv(self, heading: bool) -> str:
        out = io.StringIO()
        writer = csv.writer(out)
        if heading:
            writer.writerow(["plant", "grains"])
        writer.writerows((row.plant, row.grains) for row in self.rows)
        return out.getvalue()

    def as_download(self, export: Export) -> Response:
        return Response(self.as_csv(export.heading), media_type="text/csv")  # lie: undocumented-media-type GET /stations/{station}/counts 200


def sheet_of(station: str, season: int) -> Sheet:
    if station not in COUNTS:
        raise HTTPException(404, "No such station")
    counts = COUNTS[station].get(season, {})
    return Sheet([Row(plant=plant, grains=grains) for plant, grains in counts.items()])


@app.get("/stations")
async def stations() -> list[str]:
    return sorted(COUNTS)


@app.get("/stations/{station}/counts", response_model=list[Row], responses={404: {"model": Problem}})
async def counts(station: str, export: Annotated[Export, Query()]) -> list[Row] | Response:
    sheet = sheet_of(station, export.season)
    if export.format is Format.CSV and sheet.rows:
        return sheet.as_download(export)
    return sheet.rows
