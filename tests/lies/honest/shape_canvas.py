"""Shapes on a canvas."""

from typing import Annotated, Literal

from fastapi import Body, FastAPI
from pydantic import BaseModel, Field, RootModel

app = FastAPI(title="Canvas")
Side = Annotated[int, Field(gt=0, le=10_000)]


class Circle(BaseModel):
    kind: Literal["circle"]
    radius: Side


class Box(BaseModel):
    kind: Literal["box"]
    width: Side
    height: Side


class Group(BaseModel):
    kind: Literal["group"]
    shapes: list["Shape"] = Field(max_length=10)


Shape = Annotated[Circle | Box | Group, Field(discriminator="kind")]
Group.model_rebuild()


class Bounds(RootModel[tuple[int, int]]):
    pass


def bounds(shape: Circle | Box | Group) -> tuple[int, int]:
    match shape:
        case Circle(radius=radius):
            return 2 * radius, 2 * radius
        case Box(width=width, height=height):
            return width, height
    inner = [bounds(part) for part in shape.shapes]
    return max((w for w, _ in inner), default=0), max((h for _, h in inner), default=0)


@app.post("/shapes", status_code=201)
async def draw(shape: Shape) -> Shape:
    return shape


@app.post("/shapes/bounds")
async def measure(shape: Annotated[Shape, Body(embed=True)]) -> Bounds:
    return Bounds(bounds(shape))


@app.post("/mixed")
async def mixed(value: int | str | None = Body(None, embed=True)) -> int | str | None:
    return value
