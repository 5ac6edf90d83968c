"""Sheet music of a choir; some of it is for section leaders only."""
# ruff: noqa: E501

from collections.abc import Awaitable, Callable
from functools import wraps

from fastapi import FastAPI, HTTPException, Path
from pydantic import BaseModel

app = FastAPI(title="Choir")
LEADERS_ONLY = range(50, 80)


class Score(BaseModel):
    number: int
    copies: int


def for_singers(endpoint: Callable[..., Awaitable[Score]]) -> Callable[..., Awaitable[Score]]:
    @wraps(endpoint)
    async def guarded(*args, **kwargs) -> Score:
        if kwargs["number"] in LEADERS_ONLY:
            raise HTTPException(status_code=403, detail="Section leaders only")  # lie: undocumented-status GET /scores/{number} 403
        return await endpoint(*args, **kwargs)

    return guarded


@app.get("/scores/{number}")
@for_singers
async def score(number: int = Path(ge=1, le=99)) -> Score:
    return Score(number=number, copies=number % 30)
