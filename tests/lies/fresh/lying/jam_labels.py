"""Labels for jars of jam."""

from fastapi import FastAPI, Request
from pydantic import BaseModel, Field

app = FastAPI(title="Jam")
WORDS = {"en": "Best before", "fr": "À consommer avant", "de": "Mindestens haltbar bis"}


class Jar(BaseModel):
    fruit: str = Field(max_length=40)
    grams: int = Field(ge=30, le=5000)


class Label(BaseModel):
    title: str
    weight: str
    promise: str


def weight(grams: int, request: Request) -> str:
    if request.headers.get("x-units") == "imperial":  # lie: undocumented-parameter POST /labels
        return f"{grams * 10 // 284} oz"
    return f"{grams} g"


@app.post("/labels")
async def label(jar: Jar, request: Request) -> Label:
    language = request.query_params.get("lang", "en")  # lie: undocumented-parameter POST /labels
    return Label(title=jar.fruit.title(), weight=weight(jar.grams, request), promise=WORDS.get(language, WORDS["en"]))


@app.get("/fruits")
async def fruits(request: Request) -> list[str]:
    fruits = ["apricot", "damson", "quince"]
    if "winter" in request.cookies:  # lie: undocumented-parameter GET /fruits
        return fruits[1:]
    return fruits
