"""Lines of a poem, one by one or together."""
# ruff: noqa: E501

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI()
POEM = ("The fog comes", "on little cat feet.", "It sits looking")


class Line(BaseModel):
    number: int
    text: str


@app.get("/lines/{number}")
def line(number: int) -> Line:
    if not 1 <= number <= len(POEM):
        raise HTTPException(422, detail="No such line")  # lie: response-schema-mismatch GET /lines/{number} 422; lie: rejects-valid-request GET /lines/{number} 422
    return Line(number=number, text=POEM[number - 1])


@app.get("/opening", response_model=Line, response_model_exclude={"number"})
def opening():
    return Line(number=1, text=POEM[0])  # lie: response-schema-mismatch GET /opening 200
