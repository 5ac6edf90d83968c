"""A box of recipes that can be scaled."""
# ruff: noqa: E501

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

app = FastAPI()


class Recipe(BaseModel):
    name: str = Field(min_length=1, max_length=60)
    servings: int = Field(ge=1, le=24)


box: dict[str, Recipe] = {}


@app.exception_handler(RequestValidationError)
async def refused(request: Request, exc: RequestValidationError):
    return JSONResponse({"detail": "Please check your input", "problems": len(exc.errors())}, status_code=400)  # lie: undocumented-status POST /recipes 400; lie: undocumented-status GET /recipes 400


@app.post("/recipes", status_code=201)
async def add(recipe: Recipe) -> Recipe:
    box[recipe.name] = recipe
    return recipe


@app.get("/recipes")
async def search(max_servings: int = 24) -> list[Recipe]:
    return [recipe for recipe in box.values() if recipe.servings <= max_servings][:20]
