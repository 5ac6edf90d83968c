"""The portal of a housing association, behind the usual middleware."""

from time import perf_counter

from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from pydantic import BaseModel

app = FastAPI(title="Portal")
app.add_middleware(GZipMiddleware, minimum_size=200)
app.add_middleware(CORSMiddleware, allow_origins=["https://portal.example"], allow_methods=["*"])
app.add_middleware(TrustedHostMiddleware, allowed_hosts=["testserver", "localhost", "127.0.0.1"])


@app.middleware("http")
async def timing(request: Request, call_next):
    started = perf_counter()
    response = await call_next(request)
    response.headers["Server-Timing"] = f"app;dur={(perf_counter() - started) * 1000:.1f}"
    return response


class Flat(BaseModel):
    number: int
    tenants: list[str] = []


@app.get("/flats")
async def flats(floor: int = 0) -> list[Flat]:
    return [Flat(number=number, tenants=["A. Tenant", "B. Tenant"]) for number in range(40)]


@app.put("/flats/{number}")
async def move_in(number: int, tenants: list[str]) -> Flat:
    return Flat(number=number, tenants=tenants)
