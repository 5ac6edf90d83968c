"""Tracking of parcels from the depot to the door."""
# ruff: noqa: E501

from enum import StrEnum
from itertools import count
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, status
from pydantic import BaseModel, Field


class Stage(StrEnum):
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


class NewParcel(BaseModel):
    recipient: str = Field(min_length=1, max_length=80)
    grams: int = Field(ge=1, le=30_000)


class Parcel(NewParcel):
    id: int
    stage: Stage = Stage.ACCEPTED


class ParcelNotFound(HTTPException):
    def __init__(self, parcel_id: int) -> None:
        super().__init__(status_code=status.HTTP_404_NOT_FOUND, detail=f"Parcel {parcel_id} is unknown")


class Depot:
    """Keeps the parcels of one depot in memory."""

    def __init__(self) -> None:
        self._parcels: dict[int, Parcel] = {}
        self._ids = count(1)

    def accept(self, new: NewParcel) -> Parcel:
        parcel = Parcel(id=next(self._ids), **new.model_dump())
        self._parcels[parcel.id] = parcel
        return parcel

    def find(self, parcel_id: int) -> Parcel:
        if parcel_id not in self._parcels:
            raise ParcelNotFound(parcel_id)
        return self._parcels[parcel_id]

    def cancel(self, parcel_id: int) -> Parcel:
        parcel = self.find(parcel_id)
        if parcel.stage is Stage.CANCELLED:
            raise HTTPException(status.HTTP_409_CONFLICT)  # lie: undocumented-status POST /parcels/{parcel_id}/cancel 409
        parcel.stage = Stage.CANCELLED
        return parcel


depot = Depot()
DepotDep = Annotated[Depot, Depends(lambda: depot)]
MISSING = {404: {"description": "No such parcel"}}
app = FastAPI(title="Parcels")


@app.post("/parcels", status_code=201)
def accept(new: NewParcel, service: DepotDep) -> Parcel:
    return service.accept(new)


@app.get("/parcels/{parcel_id}", responses=MISSING)
def read(parcel_id: int, service: DepotDep) -> Parcel:
    return service.find(parcel_id)


@app.post("/parcels/{parcel_id}/cancel", responses=MISSING)
def cancel(parcel_id: int, service: DepotDep) -> Parcel:
    return service.cancel(parcel_id)
