"""Song requests for a radio show; a request is answered at once or queued."""

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

app = FastAPI(title="Night radio")


class Wish(BaseModel):
    song: str = Field(min_length=1, max_length=100)
    dedication: str | None = Field(None, max_length=200)


@app.post("/wishes")
async def wish(body: Wish) -> Wish:
    """Songs with a dedication wait for the evening."""
    if body.dedication:
        return JSONResponse(body.model_dump(), status_code=202)  # lie: undocumented-status POST /wishes 202
    return body
