"""A toll road whose document is made by hand around the one that FastAPI makes."""

from typing import Any

from fastapi import FastAPI, Response
from fastapi.openapi.utils import get_openapi

app = FastAPI()


@app.get("/tolls/{gate}")
def toll(gate: int, response: Response) -> dict[str, int]:
    response.headers["X-Gate"] = f"{gate % 7}"
    return {"cents": 250}


@app.get("/gates")
def gates(response: Response) -> list[int]:
    response.headers["X-Gate"] = "all"  # lie: response-header-mismatch GET /gates 200
    return [1, 2]


def document() -> dict[str, Any]:
    if not app.openapi_schema:
        made = get_openapi(title="Toll road", version="3", routes=app.routes)
        made["info"]["x-logo"] = {"url": "https://example.org/logo.png"}
        for item in made["paths"].values():
            item["get"]["responses"]["200"]["headers"] = {"X-Gate": {"required": True, "schema": {"type": "integer"}}}
        app.openapi_schema = made
    return app.openapi_schema


app.openapi = document
