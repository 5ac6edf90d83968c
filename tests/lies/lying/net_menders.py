"""A loft where fishing nets are mended, with a keeper that is empty when the day begins."""

from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI()


class Detail(BaseModel):
    detail: str


class Hole(BaseModel):
    meshes: int = Field(ge=1, le=500)


class Net:
    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.holes: list[Hole] = []

    def mended(self, meshes: int) -> int:
        return sum(hole.meshes for hole in self.holes) + meshes


class Loft:
    def __init__(self) -> None:
        self.nets: dict[str, Net] = {}
        self.waiting: list[Net] = []

    def net(self, tag: str) -> Net:
        if tag not in self.nets:
            raise HTTPException(404, "No such net")
        return self.nets[tag]


loft = Loft()


class Hung(BaseModel):
    tag: str = Field(min_length=1, max_length=8, pattern="^[a-z]+$")
    owner: str = Field(max_length=20)


@app.put("/nets", status_code=204)
async def hang(hung: Hung) -> None:
    loft.nets[hung.tag] = Net(hung.owner)
    loft.waiting.append(loft.nets[hung.tag])


Tagged = Annotated[Net, Depends(loft.net)]


@app.post(
    "/nets/{tag}/holes",
    responses={
        404: {"model": Detail},
        409: {"model": Detail},  # lie: phantom-status POST /nets/{tag}/holes 409
    },
)
async def mend(net: Tagged, hole: Hole) -> int:
    done = net.mended(hole.meshes)
    net.holes.append(hole)
    return done


@app.get("/nets/next", responses={410: {"model": Detail}})  # lie: phantom-status GET /nets/next 410
async def soonest() -> str:
    return loft.waiting[0].owner if loft.waiting else ""
