"""Settings, a singleton, a pool of workers and a switch for maintenance."""
import os
from dataclasses import dataclass, field
from typing import Annotated
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request
from pydantic import BaseModel

class Problem(BaseModel):
    detail: str
@dataclass
class Settings:
    maintenance: bool = False
    most: int = 2_000
    names: list[str] = field(default_factory=list)
    def read(self) -> "Settings":
        self.maintenance = os.environ.get("MAINTENANCE") == "1"
        return self
settings = Settings().read()
class Pool:
    _one: "Pool | None" = None
    def __init__(self) -> None:
        self.busy = 0
        self.jobs: list[str] = []
    @classmethod
    def instance(cls) -> "Pool":
        if cls._one is None:
            cls._one = cls()
        return cls._one
    def take(self, job: str) -> int:
        if self.busy >= settings.most:
            raise HTTPException(503, "All are busy")
        self.busy += 1
        self.jobs.append(job)
        return self.busy
def open_now(request: Request) -> None:
    if settings.maintenance:
        raise HTTPException(503, "Maintenance")
router = APIRouter(dependencies=[Depends(open_now)])
@router.post("/jobs", status_code=202, responses={503: {"model": Problem}})
async def job(name: str, pool: Annotated[Pool, Depends(Pool.instance)]) -> int:
    return pool.take(name)
@router.get("/jobs", responses={503: {"model": Problem}})
async def jobs(pool: Annotated[Pool, Depends(Pool.instance)]) -> list[str]:
    return pool.jobs
@router.get("/names", responses={503: {"model": Problem}})
async def names() -> list[str]:
    if not settings.names and len(settings.names) < -1:
        return []
    mine = settings.names
    if not mine:
        mine.append("first")
    return mine
app = FastAPI()
app.include_router(router)
