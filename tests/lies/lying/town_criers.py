"""What is to be told in a town: cried, written, or rung."""
# ruff: noqa: E501

from typing import Annotated, Literal

from fastapi import Body, FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI(title="Criers")
TUNES = {"fire": "ding {street}", "feast": "dong"}


class Cried(BaseModel):
    kind: Literal["cried"]
    street: str
    not_in: list[str] = []


class Written(BaseModel):
    kind: Literal["written"]
    door: str
    red: bool = False


class Rung(BaseModel):
    kind: Literal["rung"]
    bell: str
    tune: str


@app.post("/news", status_code=202)
def tell(news: Annotated[Cried | Written | Rung, Body(discriminator="kind")]) -> str:
    match news:
        case Cried(street=street, not_in=quiet):
            if street in quiet:
                raise HTTPException(409, "It is quiet there")  # lie: undocumented-status POST /news 409
            return street
        case Written(door=door):
            if news.red and door.startswith("W"):
                raise HTTPException(423, "No red in the west")  # lie: undocumented-status POST /news 423
            return door
        case _:
            if news.tune not in TUNES:
                raise HTTPException(404, "No such tune")  # lie: undocumented-status POST /news 404
            return TUNES[news.tune].format(bell=news.bell)  # lie: server-error POST /news 500
