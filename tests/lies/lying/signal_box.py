"""Signals of a model railway, described by hand."""
# ruff: noqa: E501

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()
aspects: dict[int, str] = {}
NUMBER = {"name": "number", "in": "path", "required": True, "schema": {"type": "integer", "title": "Number"}}
SIGNAL = {
    "type": "object",
    "required": ["number", "aspect"],
    "properties": {"number": {"type": "integer"}, "aspect": {"type": "string"}},
}
OK = {
    "200": {"description": "The signal", "content": {"application/json": {"schema": SIGNAL}}},
    "422": {"description": "Not a number"},
}
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Signal box", "version": "3"},
    "paths": {
        "/signals/{number}": {"get": {"operationId": "show", "parameters": [NUMBER], "responses": OK}},
        "/signals/{number}/clear": {"post": {"operationId": "clear", "parameters": [NUMBER], "responses": OK}},
        "/signals/{number}/reset": {"post": {"operationId": "reset", "parameters": [NUMBER], "responses": OK}},  # lie: phantom-operation POST /signals/{number}/reset
    },
}


class Signal(BaseModel):
    number: int
    aspect: str


@app.get("/signals/{number}")
def show(number: int) -> Signal:
    return Signal(number=number, aspect=aspects.get(number, "danger"))


@app.post("/signals/{number}/clear")
def clear(number: int) -> Signal:
    aspects[number] = "clear"
    return show(number)


app.openapi = lambda: DOCUMENT
