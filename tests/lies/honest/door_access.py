"""Opens the doors of a laboratory."""

from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

app = FastAPI(title="Doors")
bearer = HTTPBearer()


class Refusal(BaseModel):
    detail: str


class Door(BaseModel):
    name: str
    open: bool


def holder(token: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> str:
    if not token.credentials.isascii() or len(token.credentials) > 40:
        raise HTTPException(403, "Not one of our badges")
    return token.credentials


Holder = Annotated[str, Depends(holder)]
GUARDED = {401: {"model": Refusal}, 403: {"model": Refusal}}


@app.post("/doors/{name}/open", responses=GUARDED)
async def open_door(name: str, badge: Holder) -> Door:
    return Door(name=name, open=True)


@app.get("/doors", responses=GUARDED)
async def doors(badge: Holder, floor: int = 0) -> list[Door]:
    return [Door(name=f"{floor}.{n}", open=False) for n in range(3)]


@app.get("/doors/public")
async def public() -> Door:
    return Door(name="lobby", open=True)
