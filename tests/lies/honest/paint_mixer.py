"""Mixes paint from three pigments."""

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException


class Fault(BaseModel):
    status: int
    message: str


class Paint(BaseModel):
    hex: str
    millilitres: int


app = FastAPI(responses={"default": {"model": Fault, "description": "Anything else"}})


@app.exception_handler(HTTPException)
async def http_fault(request: Request, exc: HTTPException) -> JSONResponse:
    return JSONResponse({"status": exc.status_code, "message": exc.detail}, exc.status_code, exc.headers)


@app.exception_handler(RequestValidationError)
async def invalid(request: Request, exc: RequestValidationError) -> JSONResponse:
    return JSONResponse({"status": 400, "message": f"{len(exc.errors())} invalid"}, 400)


@app.get("/paint")
def paint(
    red: int = Query(0, ge=0, le=255),
    green: int = Query(0, ge=0, le=255),
    blue: int = Query(0, ge=0, le=255),
    millilitres: int = Query(100, ge=1, le=5000),
) -> Paint:
    if red + green + blue == 0:
        raise HTTPException(409, "Black is sold out")
    if millilitres > 2500:
        raise HTTPException(507, "The mixer holds two and a half litres")
    return Paint(hex=f"#{red:02x}{green:02x}{blue:02x}", millilitres=millilitres)
