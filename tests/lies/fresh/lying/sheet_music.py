"""Hands out pages of sheet music to choirs."""

from fastapi import Depends, FastAPI, HTTPException, Query
from pydantic import BaseModel


class PageBudget:
    """Choirs may print so many pages for one piece."""

    def __init__(self, most: int, unlimited: tuple[str, ...] = ()) -> None:
        self.most = most
        self.unlimited = unlimited

    def __call__(self, choir: str = Query(max_length=40), pages: int = Query(1, ge=1, le=5000)) -> int:
        if choir not in self.unlimited and pages > self.most:
            raise HTTPException(402, f"More than {self.most} pages")  # lie: undocumented-status GET /pieces/{opus} 402
        return pages


class Print(BaseModel):
    opus: int
    pages: int


budget = PageBudget(4_990, unlimited=("cathedral",))
app = FastAPI()


@app.get("/pieces/{opus}")
async def piece(opus: int, pages: int = Depends(budget)) -> Print:
    return Print(opus=opus, pages=pages)
