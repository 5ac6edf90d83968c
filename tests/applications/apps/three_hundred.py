"""A warehouse of sixty aisles, five operations each."""

from fastapi import APIRouter, FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI()


class Crate(BaseModel):
    weight: int


def aisle(number: int) -> APIRouter:
    router = APIRouter(prefix=f"/aisles/{number}/crates")
    crates: dict[int, Crate] = {}

    @router.get("")
    def list_crates(limit: int = 10) -> list[Crate]:
        return list(crates.values())[:limit]

    @router.post("", status_code=201)
    def add_crate(crate: Crate) -> dict[str, int]:
        crates[len(crates)] = crate
        return {"id": len(crates) - 1}

    @router.get("/{crate_id}", responses={404: {}} if number != 37 else {})
    def read_crate(crate_id: int) -> Crate:
        if crate_id not in crates:
            raise HTTPException(404 if number != 37 else 410)  # lie: undocumented-status GET /aisles/37/crates/{crate_id} 410
        return crates[crate_id]

    @router.put("/{crate_id}")
    def put_crate(crate_id: int, crate: Crate) -> Crate:
        crates[crate_id] = crate
        return crate

    @router.delete("/{crate_id}", status_code=204)
    async def remove_crate(crate_id: int) -> None:
        crates.pop(crate_id, None)

    return router


for number in range(60):
    app.include_router(aisle(number))
