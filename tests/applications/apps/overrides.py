"""A post office whose dependencies are replaced where the app is made: the docs know the first ones, answers the others."""

from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import APIKeyHeader

app = FastAPI()
key = APIKeyHeader(name="X-Key")


def counter(weight: int = 1) -> int:
    raise RuntimeError("no counter is open here")


def own_counter(weight: int = 1) -> int:
    if weight > 200:
        raise HTTPException(413)  # lie: undocumented-status GET /stamps 413
    return weight


def clerk(key: Annotated[str, Depends(key)]) -> str:
    return key


def own_clerk() -> str:
    return "Ada"


@app.get("/stamps")
def stamps(weight: Annotated[int, Depends(counter)]) -> int:
    return weight


@app.get("/safe")
def safe(clerk: Annotated[str, Depends(clerk)]) -> str:  # lie: auth-not-enforced GET /safe
    return clerk


app.dependency_overrides[counter] = own_counter
app.dependency_overrides[clerk] = own_clerk
