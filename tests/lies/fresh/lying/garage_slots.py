"""Slots of a residents' garage, let to owners of cars."""
# ruff: noqa: E501

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field


class Problem(BaseModel):
    detail: str


class Size(StrEnum):
    small = "small"
    large = "large"


class NewOwner(BaseModel):
    name: str = Field(min_length=1, max_length=80)


class Owner(BaseModel):
    owner_id: int
    name: str
    slots: list[int]


class Wish(BaseModel):
    size: Size = Size.small


class Slot(BaseModel):
    slot: int
    owner_id: int
    size: Size


@dataclass
class Settings:
    slots_per_owner: int = 2


@dataclass
class Garage:
    settings: Settings = field(default_factory=Settings)
    owners: dict[int, Owner] = field(default_factory=dict)
    owner_ids: count = field(default_factory=lambda: count(1))
    slot_numbers: count = field(default_factory=lambda: count(101))

    def register(self, name: str) -> Owner:
        owner = Owner(owner_id=next(self.owner_ids), name=name, slots=[])
        self.owners[owner.owner_id] = owner
        return owner

    def owner(self, owner_id: int) -> Owner:
        if (found := self.owners.get(owner_id)) is None:
            raise HTTPException(404, "No such owner")
        return found

    def let(self, owner: Owner, size: Size) -> Slot:
        self._check_share(owner)
        number = next(self.slot_numbers)
        owner.slots.append(number)
        return Slot(slot=number, owner_id=owner.owner_id, size=size)

    def _check_share(self, owner: Owner) -> None:
        if len(owner.slots) >= self.settings.slots_per_owner:
            raise HTTPException(409, "Others would like to park, too")  # lie: undocumented-status POST /owners/{owner_id}/slots 409


garage = Garage()


def known_owner(owner_id: int) -> Owner:
    return garage.owner(owner_id)


KnownOwner = Annotated[Owner, Depends(known_owner)]
UNKNOWN = {404: {"model": Problem}}
app = FastAPI(title="Garage")


@app.post("/owners", status_code=201)
async def register(new: NewOwner) -> Owner:
    return garage.register(new.name)


@app.get("/owners/{owner_id}", responses=UNKNOWN)
async def show(owner: KnownOwner) -> Owner:
    return owner


@app.post("/owners/{owner_id}/slots", status_code=201, responses=UNKNOWN)
async def let(owner: KnownOwner, wish: Wish) -> Slot:
    return garage.let(owner, wish.size)
