"""Photographs of a glacier, in the order in which they were taken."""

from datetime import datetime, timedelta

from fastapi import FastAPI
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel


class Photo(BaseModel):
    frame: int
    taken_at: AwareDatetime


app = FastAPI()
FIRST = datetime(2026, 6, 1, 12)


class Archive:
    def frames(self) -> list[dict]:
        return [{"frame": n, "taken_at": FIRST + timedelta(days=n)} for n in range(4)]


@app.get("/photos", response_model=list[Photo])
async def photos():
    content = jsonable_encoder(Archive().frames())
    return JSONResponse(content)  # lie: response-schema-mismatch GET /photos 200
