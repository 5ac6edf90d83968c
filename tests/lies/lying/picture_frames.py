"""Chooses one of the frames that a shop has in stock."""

from fastapi import FastAPI, Path
from pydantic import BaseModel

FRAMES = ["oak", "walnut", "brass", "white"]
app = FastAPI()


class Frame(BaseModel):
    wood: str
    millimetres: int


class Rack:
    def pick(self, position: int) -> str:
        return FRAMES[position]  # lie: server-error GET /frames/{position} 500


@app.get("/frames/{position}")
async def frame(position: int = Path(ge=0, le=20), width: int = 20) -> Frame:
    return Frame(wood=Rack().pick(position), millimetres=width)
