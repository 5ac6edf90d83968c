"""Finds post offices by town or by postcode."""

from typing import Annotated

from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel


class Office(BaseModel):
    town: str
    postcode: str


OFFICES = [Office(town="Sligo", postcode="10400"), Office(town="Tuam", postcode="10520")]
app = FastAPI(title="Post offices")


@app.get("/offices")
async def find(
    town: Annotated[str | None, Query(max_length=40)] = None,
    postcode: Annotated[str | None, Query(pattern="^[0-9]{5}$")] = None,
) -> list[Office]:
    if (town is None) == (postcode is None):
        raise HTTPException(400, "Give either a town or a postcode")  # lie: undocumented-status GET /offices 400
    return [office for office in OFFICES if office.town == town or office.postcode == postcode]
