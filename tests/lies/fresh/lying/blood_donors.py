"""Donations at a blood bank; what cannot be taken is refused with the reason."""
# ruff: noqa: E501

from datetime import date, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field


class DonorError(Exception):
    """Something about the donor stands against it."""

    status = HTTPStatus.BAD_REQUEST


class UnknownDonor(DonorError):
    """Nobody has this number."""

    status = HTTPStatus.NOT_FOUND


class TooSoon(DonorError):
    """The last donation is not long enough ago."""

    status = HTTPStatus.CONFLICT


class Deferred(DonorError):
    """The donor has to wait after a journey."""

    status = HTTPStatus.FORBIDDEN


class Problem(BaseModel):
    detail: str


class Kind(StrEnum):
    whole = "whole"
    plasma = "plasma"


class Region(StrEnum):
    alps = "alps"
    steppe = "steppe"
    delta = "delta"
    rainforest = "rainforest"


class Donation(BaseModel):
    day: date
    kind: Kind = Kind.whole
    abroad: list[Region] = Field(default=[], max_length=4)


class Taken(BaseModel):
    donor: int
    days_since: int


class Clinic:
    interval = timedelta(days=56)
    malarial = frozenset({Region.delta, Region.rainforest})

    def __init__(self) -> None:
        self.last = {4101: date(2024, 3, 1), 4102: date(2023, 11, 20), 4107: date(2024, 1, 8)}

    def screen(self, donation: Donation) -> None:
        if donation.kind is Kind.whole and self.malarial.intersection(donation.abroad):
            raise Deferred("Come back in half a year")  # lie: undocumented-status POST /donors/{donor}/donations 403

    def take(self, donor: int, donation: Donation) -> Taken:
        if donor not in self.last:
            raise UnknownDonor("No such donor")
        self.screen(donation)
        since = donation.day - self.last[donor]
        if since < self.interval:
            raise TooSoon("The last donation was not long ago")
        self.last[donor] = donation.day
        return Taken(donor=donor, days_since=since.days)


def refusals(*kinds: type[DonorError]) -> dict[int | str, dict[str, Any]]:
    return {kind.status.value: {"model": Problem, "description": kind.__doc__} for kind in kinds}


app = FastAPI(title="Blood bank")
clinic = Clinic()


@app.exception_handler(DonorError)
async def refuse(request: Request, error: DonorError) -> JSONResponse:
    return JSONResponse({"detail": str(error)}, status_code=error.status)  # also: undocumented-status POST /donors/{donor}/donations 403


@app.get("/donors")
async def donors() -> list[int]:
    return sorted(clinic.last)


@app.post("/donors/{donor}/donations", status_code=201, responses=refusals(UnknownDonor, TooSoon))
async def donate(donor: int, donation: Donation) -> Taken:
    return clinic.take(donor, donation)
