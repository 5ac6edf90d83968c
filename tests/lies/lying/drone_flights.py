"""Flights of survey drones."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Security
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

app = FastAPI(title="Drones")
bearer = HTTPBearer(auto_error=False)
key_header = APIKeyHeader(name="X-Pilot-Key", auto_error=False)


class Flight(BaseModel):
    number: int
    landed: bool = True


FLIGHTS = [Flight(number=1), Flight(number=2, landed=False)]


@app.get("/flights")
async def flights(token: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> list[Flight]:  # lie: auth-not-enforced GET /flights
    return FLIGHTS if token else FLIGHTS[:1]


def pilot(key: Annotated[str | None, Security(key_header)]) -> str:
    if key is not None and not key.startswith("pilot-"):
        raise HTTPException(401, "Unknown pilot")
    return key or "visitor"


@app.post("/flights", status_code=201, responses={401: {"description": "Unknown pilot"}})
async def log_flight(flight: Flight, name: Annotated[str, Depends(pilot)]) -> Flight:  # lie: auth-not-enforced POST /flights
    return flight
