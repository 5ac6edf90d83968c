"""Pages of a team wiki, edited one revision after the other."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import FastAPI, Header, HTTPException, Response, status
from pydantic import BaseModel, Field

app = FastAPI()
revisions: dict[int, int] = {}


class Edit(BaseModel):
    text: str = Field(max_length=500)


def check_revision(page: int, if_match: str | None) -> None:
    current = revisions.get(page, 0)
    if if_match is None:
        raise HTTPException(status.HTTP_428_PRECONDITION_REQUIRED)  # lie: undocumented-status PUT /pages/{page} 428
    if if_match.strip('"') != str(current):
        raise HTTPException(status.HTTP_412_PRECONDITION_FAILED, f"Now {current}")  # lie: undocumented-status PUT /pages/{page} 412


@app.put("/pages/{page}", status_code=204)
async def edit(page: int, body: Edit, if_match: Annotated[str | None, Header()] = None) -> Response:
    check_revision(page, if_match)
    revisions[page] = revisions.get(page, 0) + 1
    return Response(status_code=204)
