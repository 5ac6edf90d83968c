"""Drafts of librettos, which several people work on."""
# ruff: noqa: E501

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Librettos")


class Detail(BaseModel):
    detail: str


class Draft(BaseModel):
    title: str = Field(min_length=1)
    acts: list[str] = []


class Revision(BaseModel):
    title: str | None = None
    acts: list[str] | None = None
    version: int


class Kept(Draft):
    id: int
    version: int = 1
    held_by: str | None = None


drafts: dict[int, Kept] = {}
NONE = {404: {"model": Detail}}


def known(id: int) -> Kept:
    if id not in drafts:
        raise HTTPException(404, "No such draft")
    return drafts[id]


@app.post("/drafts", status_code=201)
def begin(draft: Draft) -> Kept:
    kept = Kept(id=len(drafts) + 1, **draft.model_dump())
    drafts[kept.id] = kept
    return kept


@app.put("/drafts/{id}", responses=NONE)
def revise(id: int, new: Revision) -> Kept:
    kept = known(id)
    if new.version != kept.version:
        raise HTTPException(409, "Somebody was quicker")  # lie: undocumented-status PUT /drafts/{id} 409
    if new.acts is not None and len({*new.acts}) < len(new.acts):
        raise HTTPException(400, "An act comes twice")  # lie: undocumented-status PUT /drafts/{id} 400
    if kept.held_by:
        raise HTTPException(423, "Somebody holds it")  # lie: undocumented-status PUT /drafts/{id} 423
    drafts[id] = kept.model_copy(update=new.model_dump(exclude_none=True) | {"version": kept.version + 1})
    return drafts[id]


@app.post("/drafts/{id}/hold", responses=NONE)
def hold(id: int, by: str) -> Kept:
    kept = known(id)
    if kept.held_by is not None and kept.held_by != by:
        raise HTTPException(409, "Somebody else holds it")  # lie: undocumented-status POST /drafts/{id}/hold 409
    kept.held_by = by
    return kept
