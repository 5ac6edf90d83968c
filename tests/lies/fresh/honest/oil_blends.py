"""Shares of oils in a blend whose components are blends again."""

from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import singledispatch

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

HUNDREDTH = Decimal("0.01")
MAX_LEVELS = 4
app = FastAPI(title="Blends")


class Component(BaseModel):
    name: str = Field(pattern="^[a-z]{2,16}$")
    parts: int = Field(ge=1, le=1_000)
    components: list["Component"] = Field(default_factory=list, max_length=5)


class Batch(BaseModel):
    pressed: int = Field(ge=0, le=10_000)
    spilt: int = Field(ge=0, le=10_000)
    kept: int = Field(ge=0, le=10_000)


class Problem(BaseModel):
    detail: str


def levels(component: Component) -> int:
    found, level = 0, [component]
    while level:
        found, level = found + 1, [child for parent in level for child in parent.components]
    return found


@singledispatch
def percent(part: object, whole: int) -> Decimal:
    raise TypeError(f"No percentage of {type(part).__name__}")


@percent.register
def _(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / whole).quantize(HUNDREDTH, ROUND_HALF_EVEN)


@percent.register
def _(part: Component, whole: int) -> Decimal:
    return percent(part.parts, whole)


def spread(component: Component) -> dict[str, str]:
    """The share of each direct component; one without components is all there is."""
    whole = sum(child.parts for child in component.components)
    try:
        none = percent(0, whole)
    except InvalidOperation:
        return {component.name: "100.00"}
    shares: dict[str, Decimal] = {}
    for child in component.components:
        shares[child.name] = shares.get(child.name, none) + percent(child, whole)
    return {name: str(share) for name, share in shares.items()}


@app.post("/shares", responses={413: {"model": Problem}})
async def shares(blend: Component) -> dict[str, str]:
    if levels(blend) > MAX_LEVELS:
        raise HTTPException(413, "Four levels at most")
    return spread(blend)


@app.post("/losses")
async def loss(batch: Batch) -> str:
    try:
        return str(percent(batch.spilt, batch.pressed - batch.kept))
    except ArithmeticError:
        return str(percent(batch.spilt, max(batch.pressed, 1)))
