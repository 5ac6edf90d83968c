"""A museum: an app below another, files beside it, and one document for both."""

from typing import Any

from fastapi import FastAPI, HTTPException
from fastapi.staticfiles import StaticFiles

tours = FastAPI()
app = FastAPI()


@tours.get("/tours")
def list_tours() -> list[str]:
    return ["night"]


@tours.get("/tours/{name}")
def read_tour(name: str) -> str:
    if name != "night":
        raise HTTPException(404, "No such tour")  # lie: undocumented-status GET /api/tours/{name} 404
    return name


@app.get("/health")
def health() -> str:
    return "well"


app.mount("/static", StaticFiles(directory="static"), name="static")
app.mount("/api", tours)

own = app.openapi


def merged() -> dict[str, Any]:
    document = own()
    inner = tours.openapi()
    paths = {f"/api{path}": item for path, item in inner["paths"].items()}
    return document | {
        "paths": document["paths"] | paths,
        "components": inner["components"],
    }


app.openapi = merged
