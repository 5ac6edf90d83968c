"""Lends tapestries to other museums, and opens the vault in which the others hang."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Security
from fastapi.security import APIKeyHeader, OAuth2PasswordBearer, SecurityScopes
from pydantic import BaseModel, Field

app = FastAPI(title="Tapestry loans")
bearer = OAuth2PasswordBearer("https://login.example/tokens", scopes={"look": "See them", "lend": "Lend them"})
vault_key = APIKeyHeader(name="X-Vault-Key")  # lie: undocumented-status POST /vault/openings 401
strongroom_key = APIKeyHeader(name="X-Strongroom-Key", scheme_name="strongroom")

TOKENS: dict[str, frozenset[str]] = {
    "weft-2214": frozenset({"look"}),
    "warp-9051": frozenset({"look", "lend"}),
    "loom-0007": frozenset(),
}


class Detail(BaseModel):
    detail: str


class Tapestry(BaseModel):
    number: int
    title: str
    lent_to: str | None = None


class Loan(BaseModel):
    museum: str = Field(min_length=2, max_length=80)
    days: int = Field(ge=7, le=400)


class Opening(BaseModel):
    door: str
    reason: str


class Reason(BaseModel):
    reason: str = Field(max_length=200)


TAPESTRIES = {n: Tapestry(number=n, title=title) for n, title in enumerate(["The Hunt", "Five Senses", "The Siege"], 1)}


def allowed(needed: SecurityScopes, token: Annotated[str, Depends(bearer)]) -> frozenset[str]:
    scopes = TOKENS.get(token)
    if scopes is None:
        raise HTTPException(401, "Unknown token", headers={"WWW-Authenticate": "Bearer"})
    if not scopes.issuperset(needed.scopes):
        raise HTTPException(403, "Ask the registrar")  # lie: undocumented-status POST /tapestries/{number}/loans 403
    return scopes


def keyed(expected: str):
    def check(given: str) -> None:
        if given != expected:
            raise HTTPException(403, "That is not the key")

    return check


@app.get("/tapestries", responses={401: {"model": Detail}, 403: {"model": Detail}})
def tapestries(scopes: Annotated[frozenset[str], Security(allowed, scopes=["look"])]) -> list[Tapestry]:
    return list(TAPESTRIES.values())


@app.post("/tapestries/{number}/loans", status_code=201, responses={401: {"model": Detail}, 404: {"model": Detail}})
def lend(number: int, loan: Loan, scopes: Annotated[frozenset[str], Security(allowed, scopes=["look", "lend"])]) -> Tapestry:
    if number not in TAPESTRIES:
        raise HTTPException(404, "No such tapestry")
    TAPESTRIES[number].lent_to = loan.museum
    return TAPESTRIES[number]


@app.post("/vault/openings", responses={403: {"model": Detail}})
def open_vault(why: Reason, key: Annotated[str, Depends(vault_key)]) -> Opening:
    keyed("seventh-madder")(key)
    return Opening(door="vault", reason=why.reason)


@app.post("/strongroom/openings", responses={401: {"model": Detail}, 403: {"model": Detail}})
def open_strongroom(why: Reason, key: Annotated[str, Depends(strongroom_key)]) -> Opening:
    keyed("woad-and-weld")(key)
    return Opening(door="strongroom", reason=why.reason)
