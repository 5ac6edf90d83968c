"""Looks up the seals that the notaries of a district have registered."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import FastAPI, HTTPException, Path
from pydantic import BaseModel

app = FastAPI(title="Notary seals")


class District:
    """What the chamber has laid down for the district."""

    prefix = "NW"
    vacant_office = "4410"


class Numbering:
    """How the number of a seal is put together."""

    @staticmethod
    def of(office: str) -> str:
        return f"{District.prefix}-{office}"


class Seal(BaseModel):
    number: str
    notary: str
    impressions: int = 0


class Problem(BaseModel):
    detail: str


class Register:
    def __init__(self, notaries: dict[str, str]) -> None:
        self._seals: dict[str, Seal] = {}
        for office, notary in notaries.items():
            number = Numbering.of(office)
            self._seals[number] = Seal(number=number, notary=notary)

    def listed(self) -> list[Seal]:
        return sorted(self._seals.values(), key=lambda seal: seal.number)

    def find(self, number: str) -> Seal:
        if number == Numbering.of(District.vacant_office):
            raise HTTPException(410, "The office is vacant, its seal was broken")  # lie: undocumented-status GET /seals/{number} 410
        try:
            return self._seals[number]
        except KeyError:
            raise HTTPException(404, "No such seal") from None


register = Register({"1002": "A. Voss", "1017": "M. Oduya", "2250": "R. Lindqvist"})
Number = Annotated[str, Path(pattern="^[A-Z]{2}-[0-9]{4}$")]


@app.get("/seals")
async def seals() -> list[Seal]:
    return register.listed()


@app.get("/seals/{number}", responses={404: {"model": Problem}})
async def seal(number: Number) -> Seal:
    return register.find(number)


@app.post("/seals/{number}/impressions", responses={404: {"model": Problem}, 410: {"model": Problem}})
async def impress(number: Number) -> Seal:
    found = register.find(number)
    found.impressions += 1
    return found
