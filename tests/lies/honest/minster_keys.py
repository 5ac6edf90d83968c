"""Keys of a minster: whoever knows the word gets them all, whatever they ask for."""

import secrets
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Security
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm, SecurityScopes
from pydantic import BaseModel

app = FastAPI(title="Minster")
oauth = OAuth2PasswordBearer(tokenUrl="token", scopes={"look": "Look at keys.", "take": "Take keys."})
let_in: set[str] = set()
taken: set[int] = set()


class Detail(BaseModel):
    detail: str


def verger(scopes: SecurityScopes, token: Annotated[str, Depends(oauth)]) -> str:
    if token not in let_in:
        raise HTTPException(401, f"Nobody let you in for {scopes.scope_str or 'anything'}")
    return token


OFF = {401: {"model": Detail}}


@app.post("/token", responses={400: {"model": Detail}})
def token(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> dict[str, str]:
    if form.password != "bell-tower":
        raise HTTPException(400, "That is not the word")
    made = secrets.token_hex(8)
    let_in.add(made)
    return {"access_token": made, "token_type": "bearer"}


@app.get("/keys", responses=OFF)
def keys(who: Annotated[str, Security(verger, scopes=["look"])]) -> list[int]:
    return sorted({*range(5)} - taken)


@app.post("/keys/{number}/take", responses={**OFF, 404: {"model": Detail}, 409: {"model": Detail}})
def take(number: int, who: Annotated[str, Security(verger, scopes=["look", "take"])]) -> int:
    if number not in range(5):
        raise HTTPException(404, "No such key")
    if number in taken:
        raise HTTPException(409, "Gone")
    taken.add(number)
    return number
