"""Bonsai trees on the shelves of a nursery."""
# ruff: noqa: E501

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, HTTPException
from pydantic import BaseModel

MATURE = 8


class Problem(BaseModel):
    detail: str


class Room(StrEnum):
    north = "north"
    south = "south"
    cold_frame = "cold-frame"


class Tree(BaseModel):
    tag: str
    species: str
    years: int
    resting: bool = False


class Shelf:
    """The trees of one room, by tag; its length is the number of those that can be sold."""

    def __init__(self, *trees: Tree) -> None:
        self._trees = {tree.tag: tree for tree in trees}

    def __iter__(self) -> Iterator[Tree]:
        return iter(self._trees.values())

    def __len__(self) -> int:
        return sum(tree.years >= MATURE for tree in self)

    def __contains__(self, tag: object) -> bool:
        return tag in self._trees

    def __getitem__(self, tag: str) -> Tree:
        tree = self._trees[tag]
        if tree.resting:
            raise HTTPException(423, "It was repotted and is left alone")  # lie: undocumented-status GET /shelves/{room}/trees/{tag} 423
        return tree


SHELVES = {
    Room.north: Shelf(Tree(tag="n-juniper", species="Juniperus", years=31), Tree(tag="n-elm", species="Ulmus", years=6)),
    Room.south: Shelf(Tree(tag="s-fig", species="Ficus", years=12), Tree(tag="s-olive", species="Olea", years=44, resting=True)),
    Room.cold_frame: Shelf(Tree(tag="c-larch", species="Larix", years=3), Tree(tag="c-pine", species="Pinus", years=5)),
}


def shelf_of(room: Room) -> Shelf:
    return SHELVES[room]


RoomShelf = Annotated[Shelf, Depends(shelf_of)]
router = APIRouter(prefix="/shelves/{room}", tags=["shelves"])


@router.get("/trees")
async def trees(shelf: RoomShelf) -> list[Tree]:
    return list(shelf)


@router.get("/trees/{tag}", responses={404: {"model": Problem}})
async def tree(tag: str, shelf: RoomShelf) -> Tree:
    if tag not in shelf:
        raise HTTPException(404, "No such tree in this room")
    return shelf[tag]


@router.get("/for-sale/oldest")
async def oldest(shelf: RoomShelf) -> Tree:
    if not shelf:
        raise HTTPException(404, "Nothing is old enough yet")  # lie: undocumented-status GET /shelves/{room}/for-sale/oldest 404
    return max(shelf, key=lambda tree: tree.years)


app = FastAPI(title="Bonsai nursery")
app.include_router(router)
