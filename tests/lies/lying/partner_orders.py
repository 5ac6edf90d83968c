"""A shop whose partners have an application of their own below /partner."""

from fastapi import FastAPI, HTTPException
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

app = FastAPI(title="Shop")
partner = FastAPI(title="Partners")


class Order(BaseModel):
    number: int
    shipped: bool


ORDERS = {1: Order(number=1, shipped=True), 2: Order(number=2, shipped=False)}


@app.get("/orders")
async def orders() -> list[Order]:
    return list(ORDERS.values())


@partner.get("/orders/{number}")
async def order(number: int) -> Order:
    if number not in ORDERS:
        raise HTTPException(404)  # lie: undocumented-status GET /partner/orders/{number} 404
    return ORDERS[number]


app.mount("/partner", partner)


def whole_document() -> dict:
    if not app.openapi_schema:
        document = get_openapi(title=app.title, version=app.version, routes=app.routes)
        below = partner.openapi()
        document["paths"].update({f"/partner{path}": item for path, item in below["paths"].items()})
        document["components"]["schemas"].update(below["components"]["schemas"])
        app.openapi_schema = document
    return app.openapi_schema


app.openapi = whole_document
