"""Opals and the cuts that are made from them, priced by weight."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import FastAPI, HTTPException, Query
from pydantic import (
    AliasGenerator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    RootModel,
    Tag,
    computed_field,
    field_validator,
    model_serializer,
)
from pydantic.alias_generators import to_camel

app = FastAPI(title="Opal cutters")
Carats = Annotated[float, Field(gt=0, le=500), PlainSerializer(lambda carats: f"{carats:.2f} ct", return_type=str)]


class Cut(BaseModel):
    model_config = ConfigDict(alias_generator=AliasGenerator(serialization_alias=to_camel))

    carats: Carats
    days_needed: int = Field(5, ge=1, le=60)

    @computed_field
    @property
    def price_cents(self) -> int:
        return round(self.carats * self.rate())

    def rate(self) -> int:
        return 4_000


class Cabochon(Cut):
    cut: Literal["cabochon"] = "cabochon"
    dome_mm: float = Field(3, ge=0, le=40)

    @field_validator("days_needed")
    @classmethod
    def in_pairs_of_days(cls, days: int) -> int:
        return days + days % 2


class Faceted(Cut):
    cut: Literal["faceted"]
    facets: int = Field(ge=8, le=120)

    def rate(self) -> int:
        return 4_000 + 25 * self.facets


class Rough(BaseModel):
    """What is not cut at all is told in one word."""

    cut: Literal["rough"]

    @model_serializer
    def in_a_word(self) -> str:
        return self.cut


def kind_of(value: Any) -> str:
    cut = value.get("cut", "cabochon") if isinstance(value, dict) else getattr(value, "cut", "cabochon")
    return cut if cut in ("faceted", "rough") else "cabochon"


Order = Annotated[
    Annotated[Cabochon, Tag("cabochon")] | Annotated[Faceted, Tag("faceted")] | Annotated[Rough, Tag("rough")],
    Discriminator(kind_of),
]


class Book(RootModel[dict[str, list[Order]]]):
    pass


class Quote(BaseModel):
    euros: Decimal = Field(ge=0, max_digits=12, decimal_places=2)
    ready: date
    note: str | None = None


book: dict[str, list[Order]] = {"Coober": [Faceted(cut="faceted", carats=2, facets=58)]}
OPENED = date(2021, 3, 1)


@app.post("/orders/{cutter}", status_code=201)
def order(cutter: str, order: Order) -> Order:
    book.setdefault(cutter, []).append(order)
    return order


@app.get("/orders")
def orders() -> Book:
    return Book(book)


@app.get(
    "/quotes/{cutter}",
    response_model=Quote,
    response_model_exclude_none=True,
    responses={404: {"description": "No such cutter"}},
)
def quote(cutter: str, weeks: Annotated[int, Query(ge=0, le=520)] = 0) -> dict[str, Any]:
    if cutter not in book:
        raise HTTPException(404, "No such cutter")
    cuts = [cut for cut in book[cutter] if isinstance(cut, Cut)][-100:]
    cents = sum(cut.price_cents for cut in cuts)
    ready = OPENED + timedelta(weeks=weeks, days=sum(cut.days_needed for cut in cuts))
    return {"euros": Decimal(cents) / 100, "ready": ready, "note": None if cuts else "nothing to cut", "book": book}
