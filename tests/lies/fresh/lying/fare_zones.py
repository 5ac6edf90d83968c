"""Fares between the zones of a city, asked for by ticket machines and phones."""
# ruff: noqa: E501

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Header, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

RETIRED = frozenset({"1", "2"})
MERGED = {"/zones/7": "/zones/6"}
ZoneNumber = Annotated[int, Path(ge=1, le=9)]


class Zone(BaseModel):
    number: int
    stops: int


class Fare(BaseModel):
    cents: int


class Pass(BaseModel):
    zones: list[Annotated[int, Field(ge=1, le=9)]] = Field(min_length=1, max_length=9)
    months: int = Field(default=1, ge=1, le=12)


def client(x_client_version: Annotated[str | None, Header(max_length=20)] = None) -> str:
    """Ticket machines say which version they run, as in 3.14."""
    return x_client_version or "unknown"


def refusal(status: int, detail: str) -> tuple[dict[str, str], int]:
    return {"detail": detail}, status


fares = APIRouter(prefix="/fares", dependencies=[Depends(client)])


@fares.get("")
async def fare(origin: Annotated[int, Query(ge=1, le=9)], destination: Annotated[int, Query(ge=1, le=9)]) -> Fare:
    return Fare(cents=220 + 60 * abs(origin - destination))


@fares.post("/passes", status_code=201)
async def sell(wanted: Pass) -> Fare:
    return Fare(cents=2900 * len(set(wanted.zones)) * wanted.months)


app = FastAPI(title="Fare zones")
app.include_router(fares)


@app.get("/zones/{zone}")
async def zone(zone: ZoneNumber) -> Zone:
    return Zone(number=zone, stops=40 - 3 * zone)


@app.middleware("http")
async def gate(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    path = request.url.path
    if path in MERGED:
        return JSONResponse({"detail": f"Now part of {MERGED[path]}"}, status_code=410)  # lie: undocumented-status GET /zones/{zone} 410
    if path.startswith("/fares"):
        major, dot, _ = request.headers.get("x-client-version", "").partition(".")
        if dot and major in RETIRED:
            body, status = refusal(426, "This version is no longer served")
            return JSONResponse(body, status_code=status)  # lie: undocumented-status GET /fares 426; lie: undocumented-status POST /fares/passes 426
    return await call_next(request)
