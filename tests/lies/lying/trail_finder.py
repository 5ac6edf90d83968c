"""Finds walks of a given length."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import FastAPI, Query
from pydantic import BaseModel, WithJsonSchema

app = FastAPI()
Grade = Annotated[str, WithJsonSchema({"type": "string", "enum": ["easy", "steep", "scramble"]})]


class Trail(BaseModel):
    name: str
    kilometres: int


TRAILS = [Trail(name="Mill loop", kilometres=5), Trail(name="Ridge", kilometres=14)]


@app.get("/trails/by-grade")
def by_grade(grade: Grade) -> list[Trail]:  # lie: accepts-invalid-request GET /trails/by-grade 200
    return TRAILS[:1] if grade == "easy" else TRAILS[1:]


@app.get("/trails")
def trails(longest: Annotated[int, Query(json_schema_extra={"maximum": 30})] = 20) -> list[Trail]:  # lie: accepts-invalid-request GET /trails 200
    return [trail for trail in TRAILS if trail.kilometres <= longest]
