"""The rota of a volunteers' desk: what is kept is set up when the desk opens."""
# ruff: noqa: E501

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Request, Security
from fastapi.security import OAuth2PasswordBearer, SecurityScopes
from pydantic import BaseModel, Field
from starlette.datastructures import FormData

SCOPES = {"rota:read": "Read the rota", "rota:write": "Change it"}
bearer = OAuth2PasswordBearer(tokenUrl="sign-in", scopes=SCOPES)


class Problem(BaseModel):
    detail: str


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": Problem} for status in statuses}


class Shift(BaseModel):
    day: int = Field(ge=1, le=31)
    name: str = Field(pattern="^[a-z]{1,12}$")


class Rota:
    def __init__(self) -> None:
        self.shifts: dict[int, Shift] = {}

    def put(self, shift: Shift) -> Shift:
        self.shifts[shift.day] = shift
        return shift


class Desk(FastAPI):
    """An app that says where it stands."""

    def openapi(self) -> dict[str, Any]:
        document = super().openapi()
        document["info"]["contact"] = {"name": "The desk"}
        return document


@asynccontextmanager
async def opened(app: FastAPI) -> AsyncIterator[None]:
    app.state.rota = Rota()
    yield


app = Desk(title="Rota", lifespan=opened)
tokens: dict[str, frozenset[str]] = {}


def rota(request: Request) -> Rota:
    kept: Rota = request.app.state.rota
    return kept


def allowed(needed: SecurityScopes, token: Annotated[str, Depends(bearer)]) -> None:
    if token not in tokens:
        raise HTTPException(401, "Sign in", {"WWW-Authenticate": "Bearer"})
    if not tokens[token].issuperset(needed.scopes):
        raise HTTPException(403, "Not with this token")  # lie: undocumented-status PUT /shifts 403


class Credentials(BaseModel):
    access_token: str
    token_type: str


def signed(form: FormData) -> frozenset[str]:
    if (form.get("username"), form.get("password")) != ("desk", "open-sesame"):
        raise HTTPException(400, "Wrong name or password")
    return frozenset(str(form.get("scope") or "rota:read").split()) & SCOPES.keys()


FORM = {
    "type": "object",
    "properties": {
        "username": {"type": "string", "examples": ["desk"]},
        "password": {"type": "string", "examples": ["open-sesame"]},
        "scope": {"type": "string"},
    },
    "required": ["username", "password"],
}


@app.post(
    "/sign-in",
    responses=problems(400),
    openapi_extra={"requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": FORM}}}},
)
async def sign_in(request: Request) -> Credentials:
    async with request.form() as form:
        scopes = signed(form)
    token = f"token-{len(tokens) + 1}"
    tokens[token] = scopes
    return Credentials(access_token=token, token_type="bearer")


@app.get("/shifts", responses={**problems(401, 403)}, dependencies=[Security(allowed, scopes=["rota:read"])])
async def shifts(kept: Annotated[Rota, Depends(rota)]) -> list[Shift]:
    return list(kept.shifts.values())


@app.put(
    "/shifts",
    responses=problems(401, 409),  # lie: phantom-status PUT /shifts 409
    dependencies=[Security(allowed, scopes=["rota:write"])],
)
async def put(shift: Shift, kept: Annotated[Rota, Depends(rota)]) -> Shift:
    return kept.put(shift)
