"""A seed catalogue, with its document put in order by hand."""

from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Path
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, Field

app = FastAPI(title="Seeds", openapi_url="/api.json", docs_url=None)


class Seed(BaseModel):
    name: str
    days: int = Field(ge=1, le=200)


class Order(BaseModel):
    bags: int = Field(ge=1, le=20)


@app.get("/seeds/{name}", responses={404: {"description": "Not in the catalogue"}})
async def seed(name: str) -> Seed:
    if not name.isalpha():
        raise HTTPException(404)
    return Seed(name=name, days=60)


@app.post("/seeds/{number}/orders", status_code=202)
async def order(number: Annotated[int, Path(ge=1)], body: Order) -> Order:
    return body


def document() -> dict[str, Any]:
    if app.openapi_schema:
        return app.openapi_schema
    built = get_openapi(title=app.title, version="2026.1", routes=app.routes, description="Seeds by post")
    del built["paths"]["/seeds/{name}"]["get"]["responses"]["422"]
    built["paths"]["/seeds/{name}"]["get"]["responses"]["200"]["description"] = "A packet of seeds"
    built["components"]["schemas"]["Seed"]["properties"]["days"]["description"] = "From sowing to harvest"
    shared = {"description": "Refused", "content": {"application/json": {"schema": {
        "$ref": "#/components/schemas/HTTPValidationError",
    }}}}  # fmt: skip
    built["components"]["responses"] = {"Refused": shared}
    built["paths"]["/seeds/{number}/orders"]["post"]["responses"]["422"] = {"$ref": "#/components/responses/Refused"}
    built["tags"] = [{"name": "seeds", "description": "Everything"}]
    app.openapi_schema = built
    return built


app.openapi = document
