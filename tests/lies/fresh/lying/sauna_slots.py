"""Prices visits to a sauna by the tariff that the guests choose."""
# ruff: noqa: E501

from abc import ABC, abstractmethod
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Sauna")


class Visit(BaseModel):
    guests: int = Field(ge=1, le=30)
    hour: int = Field(ge=6, le=22)
    towels: int = Field(0, ge=0, le=60)


class Price(BaseModel):
    cents: int


class Problem(BaseModel):
    detail: str


class Tariff(ABC):
    towel = 150

    def price(self, visit: Visit) -> Price:
        return Price(cents=self.entry(visit) + visit.towels * self.towel)

    @abstractmethod
    def entry(self, visit: Visit) -> int: ...


class DayTariff(Tariff):
    def entry(self, visit: Visit) -> int:
        if visit.guests > 8:
            raise HTTPException(400, "Take the group tariff")
        return 1_400 * visit.guests


class GroupTariff(Tariff):
    towel = 100

    def __init__(self, bench: int, evening: int) -> None:
        self.bench = bench
        self.evening = evening

    def entry(self, visit: Visit) -> int:
        if visit.hour >= self.evening and visit.guests > self.bench:
            raise HTTPException(409, "The bench is not that long")  # lie: undocumented-status POST /prices 409
        return 9_000 + 600 * visit.guests


class TariffName(StrEnum):
    DAY = "day"
    GROUP = "group"


class Cashier:
    """Hands out the tariff that a request asks for."""

    def __init__(self, tariffs: dict[TariffName, Tariff]) -> None:
        self.tariffs = tariffs

    def __call__(self, tariff: TariffName = TariffName.DAY) -> Tariff:
        return self.tariffs[tariff]


cashier = Cashier({TariffName.DAY: DayTariff(), TariffName.GROUP: GroupTariff(bench=14, evening=20)})


@app.post("/prices", responses={400: {"model": Problem}})
async def price(visit: Visit, tariff: Annotated[Tariff, Depends(cashier)]) -> Price:
    return tariff.price(visit)
