"""When the sluice gates of a polder open next."""

from datetime import datetime, timedelta, timezone

from fastapi import FastAPI, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel

app = FastAPI(title="Sluices")
FIRST_TIDE = datetime(2027, 1, 4, 3, 20)


class Opening(BaseModel):
    gate: str
    at: datetime


@app.get("/openings", response_model=Opening)
async def opening(gate: str = "west", tides: int = Query(0, ge=0, le=700)):
    at = FIRST_TIDE + timedelta(minutes=745 * tides)
    if gate == "sea" and tides > 400:
        return JSONResponse({"gate": gate, "at": at.isoformat()})  # lie: response-schema-mismatch GET /openings 200
    return Opening(gate=gate, at=at.replace(tzinfo=timezone.utc))


@app.get("/now")
async def now() -> Opening:
    return Opening(gate="west", at=datetime.now(timezone.utc))
