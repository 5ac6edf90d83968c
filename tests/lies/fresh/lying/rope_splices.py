"""Orders for spliced ropes."""

from typing import Annotated, Literal

from fastapi import Body, FastAPI, Query
from pydantic import BaseModel, Field

app = FastAPI(title="Ropes")


class Splice(BaseModel):
    kind: Literal["eye", "short", "long"] = "eye"
    code: str = Field(pattern=r"^[A-Z]{2}-\d{3}$", examples=["RP-1204"])  # lie: invalid-example POST /splices
    metres: int = Field(10, ge=1, le=220, examples=[35])


class Accepted(BaseModel):
    tucks: int


class Whipping(BaseModel):
    twine: str
    turns: int = Field(ge=5, le=30)


@app.post("/splices", status_code=201)
async def splice(splice: Splice) -> Accepted:  # also: invalid-example POST /splices
    return Accepted(tucks=5 if splice.kind == "eye" else 3)


@app.post("/whippings", status_code=201)
async def whip(  # also: invalid-example POST /whippings
    whipping: Annotated[
        Whipping,
        Body(
            openapi_examples={
                "sailmaker": {"value": {"twine": "waxed", "turns": 12}},
                "common": {"value": {"twine": "tarred", "turns": 3}},  # lie: invalid-example POST /whippings
            }
        ),
    ],
    rush: Annotated[bool, Query(examples=[True])] = False,
) -> Accepted:
    return Accepted(tucks=whipping.turns * (2 if rush else 1))
