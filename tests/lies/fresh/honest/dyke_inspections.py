"""Inspections of dykes; a step that fails does not end the inspection."""

from enum import StrEnum
from types import TracebackType
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Response
from pydantic import BaseModel, Field, field_validator


class Problem(BaseModel):
    detail: str


class Turf(StrEnum):
    dense = "dense"
    bare = "bare"


class Inspection(BaseModel):
    section: str = Field(min_length=1, max_length=20)
    rise_cm: int = Field(ge=0, le=2000)
    run_cm: int = Field(ge=0, le=9000)
    turf: Turf = Turf.dense

    @field_validator("section")
    @classmethod
    def canonical(cls, value: str) -> str:
        return value.strip().upper()


class Verdict(BaseModel):
    section: str
    percent: int
    sound: bool
    failed: list[str]


class Step:
    """One step of an inspection: what it raises is noted, and goes no further."""

    def __init__(self, name: str, failed: list[str]) -> None:
        self.name = name
        self.failed = failed

    def __enter__(self) -> "Step":
        return self

    def __exit__(self, kind: type[Exception] | None, error: Exception | None, trace: TracebackType | None) -> bool:
        if kind is None:
            return False
        self.failed.append(self.name)
        return issubclass(kind, (ArithmeticError, LookupError, HTTPException))


class Inspector:
    turf_marks = {Turf.dense: 2}

    def __init__(self) -> None:
        self.failed: list[str] = []

    def slope(self, inspection: Inspection) -> int | None:
        percent = None
        with Step("slope", self.failed):
            percent = inspection.rise_cm * 100 // inspection.run_cm
        return percent

    def turf(self, inspection: Inspection) -> int:
        with Step("turf", self.failed):
            return self.turf_marks[inspection.turf]
        return 0

    def access(self, inspection: Inspection) -> None:
        with Step("access", self.failed):
            if inspection.section.startswith("LOCK"):
                raise HTTPException(403, "Not without the lock keeper")
        if inspection.section == "closed":
            raise HTTPException(410, "This section is no longer ours")


app = FastAPI(title="Dykes")


@app.post("/inspections", status_code=201, responses={409: {"model": Problem, "description": "It has no slope"}})
async def inspect(inspection: Inspection, response: Response, inspector: Annotated[Inspector, Depends()]) -> Verdict:
    response.status_code = 503
    inspector.access(inspection)
    percent = inspector.slope(inspection)
    if percent is None:
        raise HTTPException(409, "A wall is not a dyke")
    marks = inspector.turf(inspection)
    response.status_code = 201
    sound = marks > 0 and percent < 50
    return Verdict(section=inspection.section, percent=percent, sound=sound, failed=inspector.failed)
