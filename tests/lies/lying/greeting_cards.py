"""Greeting cards, printed with a name."""

from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel


class Card(BaseModel):
    greeting: str


app = FastAPI()


@app.get("/card")
async def card(name: str = Query(max_length=30), plain: bool = False) -> Card:
    text = f"Many happy returns, {name}!"
    if plain:
        return PlainTextResponse(text)  # lie: undocumented-media-type GET /card 200
    return Card(greeting=text)


@app.get("/verse/{number}", response_class=PlainTextResponse, responses={404: {"model": str}})
async def verse(number: int) -> str:
    if number > 9:
        raise HTTPException(404, "We know nine verses")  # lie: undocumented-media-type GET /verse/{number} 404
    return f"Verse {number}"
