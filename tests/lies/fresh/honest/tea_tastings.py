"""Notes of tea tastings, with examples to copy from."""
# ruff: noqa: E501

from datetime import date
from typing import Annotated

from fastapi import Body, FastAPI, Path, Query
from pydantic import BaseModel, ConfigDict, Field


class Note(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"garden": "Margaret's Hope", "flush": 2, "day": "2026-06-11", "words": ["malt"]}]}
    )

    garden: str = Field(min_length=1, max_length=80, examples=["Castleton", "Jungpana"])
    flush: int = Field(ge=1, le=3, examples=[1])
    day: date | None = Field(None, examples=["2026-03-29", None])
    words: list[str] = Field(default=[], max_length=6, examples=[["muscatel", "hay"], []])


class Saved(BaseModel):
    code: str = Field(pattern="^T-[0-9]+$", examples=["T-12"])


app = FastAPI(title="Tastings")


@app.post(
    "/notes", status_code=201, responses={201: {"content": {"application/json": {"example": {"code": "T-7"}}}}}
)
async def save(
    note: Annotated[
        Note,
        Body(
            openapi_examples={
                "short": {"value": {"garden": "Puttabong", "flush": 1}},
                "long": {"value": {"garden": "Goomtee", "flush": 3, "day": None, "words": ["plum", "smoke"]}},
                "elsewhere": {"externalValue": "https://example.org/note.json"},
            }
        ),
    ],
) -> Saved:
    return Saved(code=f"T-{len(note.words) + note.flush}")


@app.get("/notes/{code}/steeps")
async def steeps(
    code: Annotated[str, Path(pattern="^T-[0-9]{1,6}$", examples=["T-3"])],
    seconds: Annotated[int, Query(ge=5, le=600, examples=[30, 600])] = 45,
) -> list[int]:
    return [seconds + 10 * steep + int(code[2:]) % 2 for steep in range(3)]
