"""Stock counts, one line per article."""

from fastapi import FastAPI, Response, status
from pydantic import BaseModel, NonNegativeInt

app = FastAPI()
counts: dict[int, int] = {}


class Count(BaseModel):
    pieces: NonNegativeInt


@app.put("/articles/{article}/count")
async def set_count(article: int, count: Count, response: Response) -> Count:
    if article not in counts:
        response.status_code = status.HTTP_201_CREATED  # lie: undocumented-status PUT /articles/{article}/count 201
    counts[article] = count.pieces
    return count


@app.get("/articles/{article}/count")
async def get_count(article: int) -> Count:
    return Count(pieces=counts.get(article, 0))
