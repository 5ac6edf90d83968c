"""Roster of a craft guild, in the camel case that its website wants."""
# ruff: noqa: E501

from fastapi import FastAPI, Path
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

app = FastAPI(title="Guild")


class Artisan(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
    member_number: int
    is_master: bool


@app.get("/artisans/{number}", response_model=Artisan)
def artisan(number: int = Path(ge=1)):
    return Artisan(member_number=number, is_master=number < 10)


@app.get("/artisans/{number}/card", response_model=Artisan)
def card(number: int = Path(ge=1)):
    found = Artisan(member_number=number, is_master=number < 10)
    return JSONResponse(found.model_dump())  # lie: response-schema-mismatch GET /artisans/{number}/card 200; lie: undocumented-field GET /artisans/{number}/card 200
