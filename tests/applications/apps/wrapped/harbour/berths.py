from typing import Annotated, Protocol

from fastapi import APIRouter, Depends

from .errors import NotMoored

router = APIRouter(prefix="/berths")


class Berths(Protocol):
    def find(self, number: int) -> str: ...


class InMemory:
    def __init__(self) -> None:
        self._ships = {1: "Fram", 2: "Endurance"}

    def find(self, number: int) -> str:
        try:
            return self._ships[number]
        except KeyError:
            raise NotMoored(number) from None  # lie: undocumented-status GET /api/berths/{number} 404


STORE = InMemory()


def store() -> Berths:
    return STORE


@router.get("/{number}")
async def berth(number: int, berths: Annotated[Berths, Depends(store)]) -> str:
    return berths.find(number)
