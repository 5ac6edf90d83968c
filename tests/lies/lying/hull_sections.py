"""Sections of hulls in a shipyard, and what they are welded to."""
# ruff: noqa: E501

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Hulls")


class Detail(BaseModel):
    detail: str


class Section(BaseModel):
    code: str = Field(min_length=3, max_length=12)
    parent: str | None = None
    tonnes: int = Field(gt=0)


sections: dict[str, Section] = {}


@app.post("/sections", status_code=201, responses={409: {"model": Detail}})
def lay_down(section: Section) -> Section:
    if section.code in sections:
        raise HTTPException(409, "Laid down before")
    if section.parent is not None:
        if (parent := sections.get(section.parent)) is None:
            raise HTTPException(404, "Nothing to weld it to")  # lie: undocumented-status POST /sections 404
        if parent.parent is not None:
            raise HTTPException(400, "Two deep at most")  # lie: undocumented-status POST /sections 400
    sections[section.code] = section
    return section


@app.delete("/sections/{code}", status_code=204, responses={404: {"model": Detail}})
def scrap(code: str) -> None:
    if code not in sections:
        raise HTTPException(404, "No such section")
    if any(other.parent == code for other in sections.values()):
        raise HTTPException(409, "Something is welded to it")  # lie: undocumented-status DELETE /sections/{code} 409
    del sections[code]
