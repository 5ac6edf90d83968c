"""The manifest of a cargo ship."""

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

app = FastAPI(title="Manifest")


class Container(BaseModel):
    code: str
    kilos: int
    hazard: str | None = None


HOLD = [Container(code="A1", kilos=20_000), Container(code="A2", kilos=1200, hazard="flammable")]


@app.get("/containers", response_model=list[Container], response_model_exclude_unset=True)
async def containers(hazardous: bool = False):
    return [box for box in HOLD if box.hazard or not hazardous]  # lie: response-schema-mismatch GET /containers 200


def document() -> dict:
    if app.openapi_schema is None:
        built = get_openapi(title="Manifest", version="2", routes=app.routes)
        container = built["components"]["schemas"]["Container"]
        container["required"] = sorted(container["properties"])
        app.openapi_schema = built
    return app.openapi_schema


app.openapi = document
