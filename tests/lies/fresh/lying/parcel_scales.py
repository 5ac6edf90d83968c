"""Commands for the scales at a parcel counter."""

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI(title="Scales")


class Command(BaseModel):
    verb: str
    grams: int = 0


class Display(BaseModel):
    text: str


def weigh(command: Command) -> Display:
    return Display(text=f"{command.grams} g")


def tare(command: Command) -> Display:
    if command.grams < 0:
        raise HTTPException(409, "The pan is lifted")  # lie: undocumented-status POST /commands 409
    return Display(text="0 g")


def self_test(command: Command) -> Display:
    raise HTTPException(423, "Break the seal first")  # lie: undocumented-status POST /commands 423


VERBS = {"weigh": weigh, "tare": tare, "self-test": self_test}


@app.post("/commands", responses={400: {"description": "Unknown verb"}})
async def run(command: Command) -> Display:
    handler = VERBS.get(command.verb)
    if handler is None:
        raise HTTPException(400, "Unknown verb")
    return handler(command)
