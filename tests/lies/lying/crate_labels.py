"""Labels for crates of fruit."""
# ruff: noqa: E501

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

app = FastAPI()


@app.exception_handler(RequestValidationError)
async def explain(request: Request, exc: RequestValidationError) -> JSONResponse:
    where = ", ".join(str(error["loc"][0]) for error in exc.errors())
    return JSONResponse(status_code=422, content={"detail": f"Check the {where}"})  # lie: response-schema-mismatch POST /labels 422; lie: response-schema-mismatch GET /labels/{crate} 422


class Label(BaseModel):
    crate: int
    fruit: str = Field(min_length=2, max_length=20)


labels: dict[int, Label] = {}


@app.post("/labels")
async def attach(label: Label) -> Label:
    labels[label.crate] = label
    return label


@app.get("/labels/{crate}")
async def read(crate: int) -> Label | None:
    return labels.get(crate)
