"""Prices of fabrics, kept as decimals and sent by an encoder of the shop's own."""

import json
from decimal import Decimal
from typing import Annotated

from fastapi import FastAPI, Query
from fastapi.responses import Response
from pydantic import BaseModel


class ShopResponse(Response):
    media_type = "application/json"

    def render(self, content) -> bytes:
        return json.dumps(content, default=str).encode()


class Price(BaseModel):
    fabric: str
    euros: float


app = FastAPI()


@app.get("/prices/{fabric}", response_model=Price)
def price(fabric: str, centimetres: Annotated[int, Query(ge=10, le=5000)] = 100):
    euros = Decimal("18.90") * centimetres / 100
    return ShopResponse({"fabric": fabric, "euros": euros})  # lie: response-schema-mismatch GET /prices/{fabric} 200
