"""Body measures, in the camel case of an older client."""

from fastapi import FastAPI, Query
from pydantic import BaseModel, ConfigDict, Field, computed_field, field_serializer
from pydantic.alias_generators import to_camel

app = FastAPI(title="Measures", separate_input_output_schemas=False)


class Measure(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
    height_cm: int = Field(ge=30, le=260)
    weight_kg: int = Field(ge=1, le=400)
    shoe_size: int | None = None
    taken_by: str = Field("self", serialization_alias="takenBy", validation_alias="takenBy")

    @computed_field
    @property
    def body_mass_index(self) -> float:
        return round(self.weight_kg / (self.height_cm / 100) ** 2, 1)


class Masked(BaseModel):
    name: str

    @field_serializer("name")
    def hide(self, name: str) -> str:
        return name[:1] + "*" * len(name[1:])


@app.post("/measures", response_model=Measure, response_model_exclude_unset=True)
def measure(body: Measure):
    return body


@app.get("/measures/sparse", response_model=Measure, response_model_exclude_defaults=True)
def sparse(height: int = Query(170, ge=30, le=260, alias="heightCm")):
    return Measure(height_cm=height, weight_kg=70)


@app.post("/masked")
def masked(body: Masked) -> Masked:
    return body
