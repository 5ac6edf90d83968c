"""Takes readings from door sensors that can send JSON and little else."""
# ruff: noqa: E501

import json
from typing import Literal

from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel, ConfigDict, ValidationError


class Reading(BaseModel):
    model_config = ConfigDict(strict=True)
    door: Literal["front", "back", "garage"]
    open: bool


class Accepted(BaseModel):
    door: str


app = FastAPI()
JSON_BODY = {"required": True, "content": {"application/json": {"schema": Reading.model_json_schema()}}}


@app.post("/readings", openapi_extra={"requestBody": JSON_BODY})
async def ingest(request: Request) -> Accepted:
    try:
        reading = Reading.model_validate(json.loads(await request.body()))
    except ValidationError as error:
        raise HTTPException(422, f"{error.error_count()} problems") from None  # lie: undocumented-status POST /readings 422
    except (ValueError, RecursionError):
        raise HTTPException(400, "Not JSON") from None  # lie: undocumented-status POST /readings 400
    return Accepted(door=reading.door)
