"""The catalogue of a regional museum, page by page."""
# ruff: noqa: E501

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI(title="Museum catalogue")


class Artefact(BaseModel):
    number: int
    label: str


COLLECTION = [Artefact(number=n, label=f"Fragment {n}") for n in range(1, 61)]


class Window:
    """The part of a listing that the caller asked for."""

    def __init__(self, offset: int = 0, limit: int = 20) -> None:
        if limit > 50:
            raise HTTPException(status_code=400, detail="Ask for 50 at most")  # lie: undocumented-status GET /artefacts 400
        self.offset = max(offset, 0)
        self.limit = max(limit, 0)

    def cut(self, items: list[Artefact]) -> list[Artefact]:
        return items[self.offset : self.offset + self.limit]


@app.get("/artefacts", response_model=list[Artefact])
def artefacts(window: Window = Depends()):
    return window.cut(COLLECTION)


@app.get("/artefacts/total")
def total() -> int:
    return len(COLLECTION)
