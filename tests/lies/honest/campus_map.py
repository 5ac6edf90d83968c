"""A campus with an application for each faculty."""

from fastapi import APIRouter, FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI(title="Campus")
arts = FastAPI(title="Arts", root_path_in_servers=False)


class Room(BaseModel):
    number: int
    seats: int


class Detail(BaseModel):
    detail: str


rooms = APIRouter(prefix="/rooms", responses={404: {"model": Detail}})


@rooms.get("/{number}")
async def room(number: int) -> Room:
    if not 1 <= number <= 40:
        raise HTTPException(404, "No such room")
    return Room(number=number, seats=12 + number)


arts.include_router(rooms)
app.include_router(rooms, prefix="/main")
app.include_router(rooms, prefix="/annex", tags=["annex"])
app.mount("/arts", arts)


@app.get("/faculties")
async def faculties() -> dict[str, str]:
    return {"arts": "/arts"}
