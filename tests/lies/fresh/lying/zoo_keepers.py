"""The keepers of a zoo, their sections and their shifts."""
# ruff: noqa: E501

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Path
from fastapi.responses import JSONResponse
from pydantic import BaseModel

app = FastAPI(title="Keepers")


class Section(StrEnum):
    APES = "apes"
    AVIARY = "aviary"
    REPTILES = "reptiles"


class View(StrEnum):
    CARD = "card"
    ROTA = "rota"


class KeeperOut(BaseModel):
    badge: str
    name: str
    section: Section
    shifts: list[str] = []


class Problem(BaseModel):
    detail: str


@dataclass(frozen=True)
class Keeper:
    badge: str
    name: str
    section: Section
    shifts: tuple[str, ...]
    cabinet: str = ""


KEEPERS = {
    keeper.badge: keeper
    for keeper in (
        Keeper("K-101", "Ibrahim", Section.APES, ("mon early", "thu late")),
        Keeper("K-118", "Solveig", Section.AVIARY, ("tue early",)),
        Keeper("K-207", "Noemi", Section.REPTILES, ("mon late", "sat early"), cabinet="7731"),
    )
}


class Presenter:
    def __init__(self, view: View) -> None:
        self.view = view

    def payload(self, keeper: Keeper) -> dict[str, Any]:
        out: dict[str, Any] = {"badge": keeper.badge, "name": keeper.name, "section": keeper.section.value}
        if self.view is View.ROTA:
            out["shifts"] = list(keeper.shifts)
            if keeper.section is Section.REPTILES:
                out["antivenom_cabinet"] = keeper.cabinet
        return out


@app.get("/keepers")
async def keepers() -> list[str]:
    return sorted(KEEPERS)


@app.get("/keepers/{badge}", response_model=KeeperOut, responses={404: {"model": Problem}})
async def keeper(badge: Annotated[str, Path(pattern="^K-[0-9]{3}$")], view: View = View.CARD) -> JSONResponse:
    found = KEEPERS.get(badge)
    if found is None:
        raise HTTPException(404, "No such keeper")
    return JSONResponse(Presenter(view).payload(found))  # lie: undocumented-field GET /keepers/{badge} 200
