"""Readings of weather stations, a line each."""
# ruff: noqa: E501

import json
from typing import Annotated

from fastapi import Body, FastAPI, HTTPException

app = FastAPI(title="Weather lines")


@app.post("/readings")
def take(body: Annotated[str, Body(media_type="application/x-ndjson")]) -> int:
    lines = [line for line in body.splitlines() if line.strip()]
    if not lines:
        raise HTTPException(400, "Calm everywhere")  # lie: undocumented-status POST /readings 400
    total = 0
    for line in lines:
        reading = json.loads(line)  # lie: server-error POST /readings 500
        total += len(str(reading["station"]))  # lie: server-error POST /readings 500
    return total
