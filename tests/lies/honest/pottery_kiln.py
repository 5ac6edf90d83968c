"""Firings of a pottery, refused in the words of the pottery."""

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field


class Mistake(BaseModel):
    where: str
    what: str


class Refusal(BaseModel):
    mistakes: list[Mistake]


class Firing(BaseModel):
    pots: int = Field(ge=1, le=80)
    celsius: int = Field(ge=600, le=1300)


app = FastAPI(title="Pottery", responses={422: {"model": Refusal, "description": "Refused"}})


@app.exception_handler(RequestValidationError)
async def refuse(request: Request, exc: RequestValidationError) -> JSONResponse:
    mistakes = [{"where": str(error["loc"][0]), "what": error["type"]} for error in exc.errors()]
    return JSONResponse({"mistakes": mistakes}, status_code=422)


@app.post("/firings", status_code=201)
async def fire(firing: Firing) -> Firing:
    return firing


@app.get("/firings/cost")
async def cost(pots: int = Query(ge=1, le=80), celsius: int = Query(1000, ge=600, le=1300)) -> int:
    return pots * celsius // 100
