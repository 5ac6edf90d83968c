"""Sets the lights of a stage."""

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

app = FastAPI(title="Stage lights")
levels: dict[str, int] = {}


@app.put("/lamps/{lamp}", openapi_extra={"parameters": [
    {"name": "X-Operator", "in": "header", "required": True, "schema": {"type": "string"}},
]})  # fmt: skip
async def dim(lamp: str, level: int) -> dict[str, int]:  # lie: accepts-invalid-request PUT /lamps/{lamp} 200
    levels[lamp] = level
    return {"level": level}


@app.get("/lamps")
async def lamps(prefix: str = "spot") -> list[str]:  # lie: accepts-invalid-request GET /lamps 200
    return [lamp for lamp in levels if lamp.startswith(prefix)][:40]


def openapi() -> dict:
    if not app.openapi_schema:
        document = get_openapi(title=app.title, version="1.0", routes=app.routes)
        (prefix,) = document["paths"]["/lamps"]["get"]["parameters"]
        prefix["schema"].update(minLength=2, pattern="^[a-z]+$")
        app.openapi_schema = document
    return app.openapi_schema


app.openapi = openapi
