"""Locks of a canal; crews and visitors see different things."""
# ruff: noqa: E501

from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel

app = FastAPI()


class Lock(BaseModel):
    name: str
    metres: float


LOCKS = {"upper": Lock(name="upper", metres=2.4), "lower": Lock(name="lower", metres=3.1)}


class Problem(BaseModel):
    detail: str


@app.middleware("http")
async def closed_for_repair(request: Request, call_next):
    answer = await call_next(request)
    if request.url.path == "/locks" and request.headers.get("x-crew") == "repair":  # lie: undocumented-parameter GET /locks
        answer.status_code = 203  # lie: undocumented-status GET /locks 203
    return answer


@app.get("/locks")
def locks() -> list[Lock]:
    return list(LOCKS.values())


@app.get("/locks/{name}", responses={404: {"model": Problem}})
def lock(name: str, request: Request) -> Lock:
    if name in LOCKS:
        return LOCKS[name]
    raise HTTPException(404, "No such lock")


@app.get("/height")
def height(request: Request) -> float:
    total = sum(lock.metres for lock in LOCKS.values())
    unit = request.cookies.get("unit", "m")  # lie: undocumented-parameter GET /height
    return total * 3.2808 if unit == "ft" else total
