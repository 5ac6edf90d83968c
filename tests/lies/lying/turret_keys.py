"""Keys of the turrets, each handed out against a word; what hangs on a key is written down."""
# ruff: noqa: E501

import hmac
from typing import Annotated

from fastapi import FastAPI, Header, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Turret keys")


class NewKey(BaseModel):
    turret: str = Field(min_length=1, max_length=30)
    note: str = Field(max_length=80)


class ChangedKey(BaseModel):
    note: str | None = Field(None, max_length=80)


class Key(NewKey):
    id: int


class Detail(BaseModel):
    detail: str


keys: dict[int, dict[str, object]] = {}
WORD = "portcullis"
NONE = {404: {"model": Detail}}


@app.post("/keys", status_code=201)
def cut(new: NewKey) -> Key:
    keys[len(keys) + 1] = {"id": len(keys) + 1, **new.model_dump()}
    return Key.model_validate(keys[len(keys)])


@app.patch("/keys/{id}", status_code=204, responses=NONE)
def change(id: int, changed: ChangedKey) -> None:
    if id not in keys:
        raise HTTPException(404, "No such key")
    keys[id] |= changed.model_dump(exclude_unset=True)


@app.get("/keys/{id}", responses=NONE, response_model=Key)
def look(id: int) -> dict[str, object]:
    if id not in keys:
        raise HTTPException(404, "No such key")
    return keys[id]  # lie: server-error GET /keys/{id} 500


@app.get("/keys", response_model=list[Key])
def all_of_them() -> list[dict[str, object]]:
    return [*keys.values()]  # lie: server-error GET /keys 500


@app.get("/gate", responses={401: {"model": Detail}})
def gate(word: Annotated[str, Header(max_length=60)]) -> str:
    if not hmac.compare_digest(word, WORD):  # lie: server-error GET /gate 500
        raise HTTPException(401, "Not the word")
    return "open"
