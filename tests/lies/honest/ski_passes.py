"""Ski passes; what the gate sends comes in headers and cookies."""

from typing import Annotated

from fastapi import Cookie, Depends, FastAPI, Header, Query, Response
from pydantic import BaseModel, Field

app = FastAPI()


class GateHeaders(BaseModel):
    gate_number: int = Field(ge=1, le=40)
    x_lift: list[str] = []


class Filter(BaseModel):
    adults: int = Field(1, ge=0, le=9)
    zones: list[int] = Field([], max_length=4)
    season: str | None = Field(None, pattern="^(summer|winter)$")


class Passed(BaseModel):
    gate: int
    lifts: int
    returning: bool


async def visitor(visitor: Annotated[str | None, Cookie(max_length=40)] = None) -> bool:
    return visitor is not None


@app.post("/gates")
async def through(
    headers: Annotated[GateHeaders, Header()],
    returning: Annotated[bool, Depends(visitor)],
    response: Response,
) -> Passed:
    response.set_cookie("visitor", "seen", httponly=True)
    return Passed(gate=headers.gate_number, lifts=len(headers.x_lift), returning=returning)


@app.get("/prices")
async def prices(filter: Annotated[Filter, Query()]) -> list[int]:
    return [zone % 100 * filter.adults for zone in filter.zones]


@app.get("/version")
async def version(
    user_agent: Annotated[str | None, Header()] = None, strange_header: str = Header("", convert_underscores=False)
) -> str:
    return "1" if user_agent and strange_header else "2"
