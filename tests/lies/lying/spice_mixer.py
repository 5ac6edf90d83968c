"""Mixes spices to a recipe sent by the cook."""

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field


class Spice(BaseModel):
    model_config = ConfigDict(json_schema_extra={"additionalProperties": False})
    name: str
    grams: int = Field(json_schema_extra={"minimum": 1, "maximum": 100})


class Mix(BaseModel):
    spices: list[Spice]
    toasted: bool = False


class Jar(BaseModel):
    grams: int


app = FastAPI(title="Spices")


@app.post("/mixes")
async def mix(recipe: Mix) -> Jar:  # lie: accepts-invalid-request POST /mixes 200
    return Jar(grams=sum(spice.grams for spice in recipe.spices))
