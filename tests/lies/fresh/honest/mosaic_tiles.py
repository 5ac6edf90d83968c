"""Orders for mosaic tiles; faults are told in the shop's own words."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, model_validator


class Fault(BaseModel):
    where: str
    kind: str


class Faults(BaseModel):
    title: str
    faults: list[Fault]


class Order(BaseModel):
    colour: str = Field(min_length=1, max_length=30)
    rows: int = Field(ge=1, le=400)
    columns: int = Field(ge=1, le=400)


class Total(BaseModel):
    tiles: int
    boxes: int

    @model_validator(mode="after")
    def boxes_hold_all(self) -> "Total":
        if self.boxes * 60 < self.tiles:
            raise ValueError("not enough boxes")
        return self


app = FastAPI(title="Mosaic", responses={422: {"model": Faults, "description": "The order makes no sense"}})


@app.exception_handler(RequestValidationError)
async def own_words(request: Request, exc: RequestValidationError) -> JSONResponse:
    faults = [Fault(where=str(error["loc"][0]), kind=error["type"]) for error in exc.errors()]
    return JSONResponse(Faults(title="Please look again", faults=faults).model_dump(), status_code=422)


@app.post("/orders", status_code=201)
async def order(order: Order) -> Total:
    tiles = order.rows * order.columns
    return Total(tiles=tiles, boxes=-(-tiles // 60))


@app.get("/colours/{number}")
async def colour(number: int) -> str:
    return ("lapis", "ochre", "bone", "jade")[number % 4]
