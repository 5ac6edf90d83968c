"""Opening hours of a bakery."""

from fastapi import FastAPI, Path
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

app = FastAPI(title="Bakery")


class Hours(BaseModel):
    opens: int
    closes: int


@app.get("/hours/{weekday}")
async def hours(weekday: int = Path(ge=1, le=7)) -> Hours:
    return Hours(opens=9 if weekday == 7 else 7, closes=18)


def with_orders() -> dict:
    if app.openapi_schema:
        return app.openapi_schema
    document = get_openapi(title=app.title, version=app.version, routes=app.routes)
    document["paths"]["/orders"] = {  # lie: phantom-operation POST /orders
        "post": {
            "summary": "Order a cake",
            "operationId": "order_cake",
            "responses": {"202": {"description": "Being baked"}},
        }
    }
    app.openapi_schema = document
    return document


app.openapi = with_orders
