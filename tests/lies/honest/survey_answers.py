"""Answers to surveys, whose questions nobody knows beforehand."""

from collections import deque
from typing import Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, JsonValue

app = FastAPI(title="Surveys")


class Answer(BaseModel):
    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, int]
    survey: int


class Settings(BaseModel):
    colours: dict[str, str]
    anything: JsonValue = None


answers: deque[Answer] = deque(maxlen=20)


@app.post("/answers", status_code=201)
async def answer(body: Answer) -> Answer:
    answers.append(body)
    return body


@app.get("/summary")
async def summary() -> dict[str, Any]:
    return {"answers": len(answers), "mean": None, "by_day": {"monday": [1, 2.5, "x", {"deep": True}]}}


@app.get("/raw", response_model=Answer)
async def raw(survey: int = 1):
    return JSONResponse({"survey": survey, "q1": 3, "q2": 5})


@app.put("/settings")
async def settings(new: Settings) -> dict[str, str]:
    return new.colours
