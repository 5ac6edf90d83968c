"""Surveys of caves: their legs, who measured them, and when."""
# ruff: noqa: E501

from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated

from fastapi import FastAPI, HTTPException, Path, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, field_serializer

app = FastAPI(title="Cave surveys")


@dataclass(frozen=True)
class Survey:
    cave: str
    year: int
    day: tuple[int, int] | None
    party: tuple[str, ...] = ()


SURVEYS = {
    "gaping-gill": Survey("Gaping Gill", 1968, (8, 3), ("A. Holroyd", "M. Dent")),
    "swildons": Survey("Swildon's Hole", 1934, (5, 20), ("H. Balch",)),
    "alum-pot": Survey("Alum Pot", 1847, None, ("J. Birkbeck",)),
}


class Leg(BaseModel):
    metres: float = Field(ge=0, le=2000)
    degrees: float = Field(ge=-90, le=90)
    water: float | None = Field(None, ge=0, le=200)

    @field_serializer("degrees")
    def to_the_half(self, degrees: float) -> float:
        if abs(degrees) == 90:
            return "plumb"
        return round(degrees * 2) / 2


class Sheet(BaseModel):
    cave: str
    surveyed: date
    party: list[str]


legs: dict[str, list[Leg]] = {name: [] for name in SURVEYS}
Cave = Annotated[str, Path(max_length=40)]
UNKNOWN = {404: {"description": "Nobody has been down there"}}


def find(cave: str) -> Survey:
    survey = SURVEYS.get(cave)
    if not survey:
        raise HTTPException(404, "Nobody has been down there")
    return survey


def on_the_sheet(survey: Survey) -> dict[str, object]:
    month, day = survey.day or (0, 0)
    row = asdict(survey)
    row["surveyed"] = f"{row.pop('year')}-{month:02}-{day:02}"
    del row["day"]
    return row


@app.get("/caves")
def caves(after: Annotated[int, Query(ge=1700, le=2100)] = 1700) -> list[str]:
    return [name for name, survey in SURVEYS.items() if survey.year >= after]


@app.get("/caves/{cave}/sheet", response_model=Sheet, responses=UNKNOWN)
def sheet(cave: Cave):
    row = on_the_sheet(find(cave))
    return JSONResponse(row, headers={"Cache-Control": "max-age=3600"})  # lie: response-schema-mismatch GET /caves/{cave}/sheet 200


@app.post("/caves/{cave}/legs", status_code=201, responses=UNKNOWN)
def measure(cave: Cave, leg: Leg) -> Leg:
    find(cave)
    legs[cave].append(leg)
    return leg  # lie: response-schema-mismatch POST /caves/{cave}/legs 201


@app.get("/caves/{cave}/length", responses=UNKNOWN)
def length(cave: Cave, dry: bool = False) -> float:
    find(cave)
    return sum(leg.metres for leg in legs[cave] if not (dry and leg.water))
