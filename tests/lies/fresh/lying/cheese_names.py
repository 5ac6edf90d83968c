"""Cheeses of a counter, looked up as customers write them."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel

ARTICLES = ("le ", "la ", "el ", "il ")
BANNED = ("casu marzu", "casu frazigu")


class Problem(BaseModel):
    detail: str


class Cheese(BaseModel):
    name: str
    cents_per_kilo: int


CHEESES = {
    "brie de meaux": Cheese(name="Brie de Meaux", cents_per_kilo=2890),
    "manchego": Cheese(name="Manchego", cents_per_kilo=2450),
    "taleggio": Cheese(name="Taleggio", cents_per_kilo=2190),
}
WHEELS = {3: "taleggio", 12: "manchego", 40: "brie de meaux"}
UNKNOWN = {404: {"model": Problem}}


def key_of(name: str) -> str:
    """The one way to write a name: no article, no mark of origin, small letters."""
    key = name.strip().casefold()
    for article in ARTICLES:
        key = key.removeprefix(article)
    return key.removesuffix(" aop").replace("-", " ")


def wheel_number(code: str) -> int | None:
    digits = code.strip().lower().removeprefix("wheel").lstrip(" #-")
    if digits.isdigit():
        return int(digits)  # lie: server-error GET /wheels 500
    return None


def find(key: str) -> Cheese:
    if key.startswith(BANNED):
        raise HTTPException(451, "We are not allowed to sell that")  # lie: undocumented-status GET /cheeses 451
    if key not in CHEESES:
        raise HTTPException(404, "We do not have that one")
    return CHEESES[key]


app = FastAPI(title="Cheese counter")


@app.get("/cheeses", responses=UNKNOWN)
async def by_name(name: Annotated[str, Query(min_length=1, max_length=60)]) -> Cheese:
    return find(key_of(name))


@app.get("/wheels", responses=UNKNOWN)
async def by_wheel(code: Annotated[str, Query(max_length=20)]) -> Cheese:
    number = wheel_number(code)
    if number is None or number not in WHEELS:
        raise HTTPException(404, "No such wheel")
    return find(WHEELS[number])
