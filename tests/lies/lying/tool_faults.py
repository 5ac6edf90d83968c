"""Faults reported for the machines of a workshop."""
# ruff: noqa: E501

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

app = FastAPI()


class Fault(BaseModel):
    machine: int = Field(ge=1, le=60)
    stopped: bool


class Gone(BaseModel):
    detail: str


@app.exception_handler(RequestValidationError)
def invalid(request: Request, exc: RequestValidationError) -> JSONResponse:
    errors = [{"loc": list(e["loc"]), "msg": e["msg"], "type": e["type"]} for e in exc.errors()]
    return JSONResponse({"detail": errors, "path": request.url.path}, 422)  # lie: undocumented-field POST /faults 422


@app.post("/faults", status_code=201, responses={410: {"model": Gone}})
def report(fault: Fault) -> Fault:
    if fault.machine > 50:
        return JSONResponse({"detail": "Scrapped", "since": 2019}, status_code=410)  # lie: undocumented-field POST /faults 410
    return fault
