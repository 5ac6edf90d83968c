"""Finds the folio of an entry in the registers of two parishes."""
# ruff: noqa: E501

import re
from typing import Annotated

from fastapi import FastAPI, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

REFERENCE = re.compile(r"(?P<parish>[A-Z]{3})-(?P<kind>[BMD])-(?P<year>[0-9]{4})-(?P<entry>[0-9]{1,4})")
FIRST_YEARS = {"WEM": 1583, "HAY": 1612}
LAST_OPEN_YEARS = {"B": 1924, "M": 1949, "D": 1974}
ENTRIES_PER_FOLIO = 16
app = FastAPI(title="Parish registers")


class Problem(BaseModel):
    detail: str


class Folio(BaseModel):
    parish: str
    year: int
    folio: int


class RegisterError(Exception):
    status = 400


class NotAReference(RegisterError):
    pass


class NoSuchRegister(RegisterError):
    status = 404


class ClosedRegister(RegisterError):
    status = 403


@app.exception_handler(RegisterError)
async def refuse(request: Request, exc: RegisterError) -> JSONResponse:
    return JSONResponse({"detail": str(exc)}, status_code=exc.status)  # also: undocumented-status GET /folios 403


class Registers:
    def locate(self, reference: str) -> Folio:
        match = REFERENCE.fullmatch(reference)
        if match is None:
            raise NotAReference("Write a reference as WEM-B-1701-12")
        parish, year = match["parish"], int(match["year"])
        if parish not in FIRST_YEARS or year < FIRST_YEARS[parish]:
            raise NoSuchRegister("We hold no such register")
        if year > LAST_OPEN_YEARS[match["kind"]]:
            raise ClosedRegister("The register is not open yet")  # lie: undocumented-status GET /folios 403
        return Folio(parish=parish, year=year, folio=int(match["entry"]) // ENTRIES_PER_FOLIO + 1)


registers = Registers()


@app.get("/folios", responses={400: {"model": Problem}, 404: {"model": Problem}})
async def folio(reference: Annotated[str, Query(max_length=24)]) -> Folio:
    """Find the folio on which an entry stands."""
    return registers.locate(reference)
