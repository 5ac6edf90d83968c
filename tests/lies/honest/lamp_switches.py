"""Switches for the lamps of a house."""

from typing import Annotated

from fastapi import FastAPI, Path, Response
from pydantic import BaseModel

app = FastAPI(title="Lamps")
Lamp = Annotated[str, Path(pattern="^[a-z]{1,12}$")]
lit: set[str] = set()


class State(BaseModel):
    lit: bool


@app.put("/lamps/{lamp}", status_code=204)
async def switch(lamp: Lamp, state: State) -> None:
    (lit.add if state.lit else lit.discard)(lamp)


@app.get("/lamps/{lamp}")
async def read(lamp: Lamp) -> State:
    return State(lit=lamp in lit)


@app.head("/lamps/{lamp}", status_code=200)
async def probe(lamp: Lamp) -> Response:
    return Response(headers={"X-Lit": str(lamp in lit).lower()}, media_type="application/json")


@app.options("/lamps/{lamp}", status_code=204)
async def allowed(lamp: Lamp) -> Response:
    return Response(status_code=204, headers={"Allow": "GET, HEAD, PUT, OPTIONS"})


@app.delete("/lamps", status_code=204, response_class=Response)
def all_off() -> None:
    lit.clear()
