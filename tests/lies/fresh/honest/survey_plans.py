"""Sheets of a land survey with entity tags: drawn, read, redrawn and withdrawn."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Header, HTTPException, Path, Response
from pydantic import BaseModel, Field


class Problem(BaseModel):
    detail: Any


class Drawing(BaseModel):
    scale: int = Field(ge=100, le=50_000)
    surveyor: str = Field(pattern="^[A-Z][a-z]{1,19}$")


class SheetOut(Drawing):
    sheet: str


@dataclass
class Sheet:
    key: str
    drawing: Drawing
    version: int = 1
    withdrawn: bool = False

    @property
    def tag(self) -> str:
        return f'"{self.key}.{self.version}"'

    def out(self) -> SheetOut:
        return SheetOut(sheet=self.key, **self.drawing.model_dump())


Key = Annotated[str, Path(pattern="^S[0-9]{1,6}$")]
Tag = Annotated[str | None, Header()]
TAGGED: dict[int | str, dict[str, Any]] = {200: {"headers": {"ETag": {"schema": {"type": "string"}}}}}
sheets: dict[str, Sheet] = {}
router = APIRouter(prefix="/sheets", responses={"4XX": {"model": Problem}})


def lookup(key: str) -> Sheet:
    if key not in sheets:
        raise HTTPException(404, "No such sheet")
    if sheets[key].withdrawn:
        raise HTTPException(410, "Withdrawn")
    return sheets[key]


def unchanged_since(found: Sheet, if_match: str | None) -> None:
    if if_match is None:
        raise HTTPException(428, "Send the tag of the sheet you saw")
    if if_match not in ("*", found.tag):
        raise HTTPException(412, {"message": "Redrawn since", "tag": found.tag})


@router.post("", status_code=201)
async def draw(drawing: Drawing) -> SheetOut:
    key = f"S{len(sheets) + 1}"
    sheets[key] = Sheet(key, drawing)
    return sheets[key].out()


@router.get("/{key}", response_model=SheetOut, responses={**TAGGED, 304: {"description": "You have it"}})
async def read(key: Key, response: Response, if_none_match: Tag = None) -> SheetOut | Response:
    found = lookup(key)
    if if_none_match == found.tag:
        return Response(status_code=304, headers={"ETag": found.tag})
    response.headers["ETag"] = found.tag
    return found.out()


@router.put("/{key}", responses=TAGGED)
async def redraw(key: Key, drawing: Drawing, response: Response, if_match: Tag = None) -> SheetOut:
    found = lookup(key)
    unchanged_since(found, if_match)
    found.drawing, found.version = drawing, found.version + 1
    response.headers["ETag"] = found.tag
    return found.out()


@router.delete("/{key}", status_code=204)
async def withdraw(key: Key) -> None:
    lookup(key).withdrawn = True


app = FastAPI(title="Land survey")
app.include_router(router)
