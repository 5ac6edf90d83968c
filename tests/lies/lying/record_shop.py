"""Records of a second-hand shop."""

from fastapi import FastAPI, Path
from pydantic import BaseModel

app = FastAPI()


class Record(BaseModel):
    title: str
    year: int


SHELF = {
    1: {"title": "Blue", "year": 1971},
    2: {"title": "White label", "year": None},
    3: {"title": "Low", "year": 1977},
    4: {"title": "Test pressing", "year": "unknown"},
}


@app.get("/records/{place}", response_model=Record)
async def record(place: int = Path(ge=1, le=4)):
    return SHELF[place]  # lie: server-error GET /records/{place} 500
