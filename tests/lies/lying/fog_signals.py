"""Log of fog signals at a lighthouse."""

from datetime import datetime
from itertools import count

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel, Field

app = FastAPI(title="Fog signals")
numbers = count(1)


class Signal(BaseModel):
    sounded_at: AwareDatetime
    seconds: int = Field(ge=1, le=60)


class Entry(BaseModel):
    number: int
    seconds: int
    sounded_at: datetime | None = None


@app.post("/signals", response_model=Entry)
async def sound(signal: Signal, brief: bool = False):
    entry = Entry(number=next(numbers), **signal.model_dump())
    if brief:
        return JSONResponse(entry.model_dump(include={"number", "seconds"}))
    return JSONResponse(content=entry.model_dump())  # lie: server-error POST /signals 500
