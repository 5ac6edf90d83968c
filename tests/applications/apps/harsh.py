"""A circus of answers that no client expects."""

import asyncio

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

app = FastAPI()


class Act(BaseModel):
    name: str


@app.exception_handler(Exception)
def anything(request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"name": type(error).__name__}, 500)


@app.get("/cancelled/{number}")
async def cancelled(number: int) -> int:
    if number < 0:
        raise asyncio.CancelledError  # lie: server-error GET /cancelled/{number} 500
    return number


@app.get("/left/{number}")
def left(number: int) -> int:
    if number < 0:
        raise SystemExit(3)  # lie: server-error GET /left/{number} 500
    return number


@app.get("/deep")
def deep(times: int = 1) -> int:
    return 0 if times < 0 else deep(times + 1)  # lie: server-error GET /deep 500


@app.get("/texts")
def texts() -> Act:
    return Response("not really", media_type="application/json")  # lie: response-schema-mismatch GET /texts 200


@app.get("/nothing")
def nothing() -> Act:
    return None  # lie: server-error GET /nothing 500


@app.get("/caught", responses={500: {"model": Act}})
def caught(number: int = 1) -> Act:
    return Act(name=str(1 // number))


@app.get("/odd")
def odd() -> Act:
    return JSONResponse({"name": "x"}, 299)  # lie: undocumented-status GET /odd 299


@app.get("/own-500", responses={503: {"model": Act}})
def busy(number: int = 1) -> Act:
    if number > 9:
        return JSONResponse({"name": "busy"}, 503)
    return JSONResponse({"name": 1}, 503)  # lie: response-schema-mismatch GET /own-500 503


@app.get("/assert")
def asserts(number: int = 1) -> int:
    assert number < 100, "too many"  # lie: server-error GET /assert 500
    return number
