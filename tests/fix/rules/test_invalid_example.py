"""An example is corrected where only its type is wrong, and else taken out with what serves it alone."""

from tests.fix.rules.conftest import Shop, missing

SOURCE = """
from typing import Annotated

from fastapi import Body, FastAPI, Path, Query
from pydantic import BaseModel, ConfigDict, Field

app = FastAPI()


class Book(BaseModel):
    title: str = Field(examples=["Orlando", 7])
    pages: int = Field(default=1, examples=["many"])

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"title": "Orlando", "pages": "12"},  # as seen
        },
    )


class Shop(BaseModel):
    model_config = {"json_schema_extra": {"examples": [{"name": "x"}, {"nme": "y"}]}}

    name: str


class Lamp(BaseModel):
    model_config = {"json_schema_extra": {"example": {"nme": "z"}}, "title": "Lamp"}

    name: str


@app.post("/a")
def a(book: Book) -> str:
    return "a"


@app.post("/b")
def b(
    shop: Annotated[
        Shop,
        Body(
            openapi_examples={
                "good": {"value": {"name": "x"}},
                "bad": {"summary": "no", "value": {"nam": 1}},
            }
        ),
    ],
) -> Shop:
    return shop


@app.get("/c/{number}")
def c(
    number: Annotated[int, Path(examples=["one"])],
    size: Annotated[int, Query(ge=1, openapi_examples={"zero": {"value": 0}})] = 1,
) -> str:
    return "c"


@app.get("/d", responses={200: {"content": {"application/json": {"example": {"n": 1}}}}})
def d() -> list[int]:
    return [1]


@app.post("/e")
def e(lamp: Lamp) -> str:
    return "e"
"""

WANTED = """
    title: str = Field(examples=["Orlando", "7"])
    pages: int = Field(default=1)

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"title": "Orlando", "pages": 12},  # as seen
        },
    )
...
    model_config = {"json_schema_extra": {"examples": [{"name": "x"}]}}
...
    model_config = {"title": "Lamp"}
...
                "good": {"value": {"name": "x"}},
            }
        ),
...
    number: Annotated[int, Path()],
    size: Annotated[int, Query(ge=1)] = 1,
...
@app.get("/d", responses={200: {"content": {"application/json": {}}}})
"""


def test_fix(shop: Shop) -> None:
    after = shop(SOURCE, "invalid-example")["main.py"]
    assert not missing(after, WANTED), after
