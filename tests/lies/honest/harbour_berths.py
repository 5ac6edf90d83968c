"""A repository behind a protocol, made once by a cached function."""
from functools import lru_cache
from typing import Annotated, Protocol
from fastapi import Depends, FastAPI, HTTPException, status
from pydantic import BaseModel, Field

app = FastAPI()
class Problem(BaseModel):
    detail: str
class Boat(BaseModel):
    id: int
    name: str = Field(max_length=30)
class NewBoat(BaseModel):
    name: str = Field(min_length=1, max_length=30)
class Boats(Protocol):
    def get(self, id: int) -> Boat | None: ...
    def add(self, name: str) -> Boat: ...
    def full(self) -> bool: ...
class InMemory:
    def __init__(self, most: int = 10_000) -> None:
        self._boats: dict[int, Boat] = {}
        self._most = most
    def get(self, id: int) -> Boat | None:
        return self._boats.get(id)
    def add(self, name: str) -> Boat:
        boat = Boat(id=len(self._boats) + 1, name=name)
        self._boats[boat.id] = boat
        return boat
    def full(self) -> bool:
        return len(self._boats) >= self._most
class Service:
    def __init__(self, boats: Boats) -> None:
        self.boats = boats
    def boat(self, id: int) -> Boat:
        if (found := self.boats.get(id)) is None:
            raise HTTPException(status.HTTP_404_NOT_FOUND, "No such boat")
        return found
    def launch(self, name: str) -> Boat:
        if self.boats.full():
            raise HTTPException(status.HTTP_507_INSUFFICIENT_STORAGE, "The harbour is full")
        return self.boats.add(name)
@lru_cache
def repository() -> InMemory:
    return InMemory()
def service(boats: Annotated[InMemory, Depends(repository)]) -> Service:
    return Service(boats)
Boating = Annotated[Service, Depends(service)]
@app.post("/boats", status_code=201, responses={507: {"model": Problem}})
async def launch(boat: NewBoat, boating: Boating) -> Boat:
    return boating.launch(boat.name)
@app.get("/boats/{id}", responses={404: {"model": Problem}})
async def one(id: int, boating: Boating) -> Boat:
    return boating.boat(id)
