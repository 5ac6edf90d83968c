"""A brewery that catches every exception, and says nothing of that in its docs."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel


class Beer(BaseModel):
    name: str
    strength: float = 0


app = FastAPI()


@app.exception_handler(Exception)
async def anything(request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"error": type(error).__name__}, 500)


@app.post("/beers")
def brew(beer: Beer) -> Beer:
    return beer


@app.get("/beers/{number}")
def read_beer(number: int, strength: float = 1) -> Beer:
    return Beer(name=str(1000 // (number or 1)), strength=strength)


@app.get("/barrels")
def barrels(full: int = 1) -> list[Beer]:
    return [] if full else [Beer(name=None)]  # lie: server-error GET /barrels 500


@app.get("/kegs")
def kegs(full: int = 1) -> list[Beer]:
    if full:
        return []
    return [{"name": None}]  # lie: server-error GET /kegs 500
