"""The queue of an office printer."""
# ruff: noqa: E501

from collections import Counter

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

DAILY_QUOTA = 12

app = FastAPI()
seen: Counter[str] = Counter()


class Job(BaseModel):
    pages: int = Field(ge=1, le=200)
    duplex: bool = True


queue: list[Job] = []


@app.middleware("http")
async def quota(request: Request, call_next):
    caller = request.client.host if request.client else "local"
    seen[caller] += 1
    if seen[caller] > DAILY_QUOTA:
        return JSONResponse({"detail": "Quota used up"}, 429, {"Retry-After": "3600"})  # lie: undocumented-status POST /jobs 429; lie: undocumented-status GET /jobs/length 429
    return await call_next(request)


@app.post("/jobs", status_code=202)
async def enqueue(job: Job) -> Job:
    queue.append(job)
    return job


@app.get("/jobs/length")
async def length() -> int:
    return len(queue)
