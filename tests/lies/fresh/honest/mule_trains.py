"""Mule trains over the pass: who may see them, and who may lead them."""

from collections.abc import Awaitable, Callable
from secrets import compare_digest
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request, Response, Security
from fastapi.responses import JSONResponse
from fastapi.security import APIKeyCookie, HTTPBasic, HTTPBasicCredentials, SecurityScopes
from pydantic import BaseModel, Field

basic = HTTPBasic(auto_error=False, realm="The pass")
gate = APIKeyCookie(name="gate", description="Given out at the foot of the pass")
GATES = {"foot-of-the-pass": 1, "old-customs-house": 2}
PASSWORDS = {"gerda": "juniper & rye", "luis": "Maultier#8"}
LEADS = {"gerda": frozenset({"see", "lead"}), "luis": frozenset({"see"})}


class Refusal(BaseModel):
    detail: str


class Load(BaseModel):
    kilos: int = Field(ge=1, le=120)


class Train(BaseModel):
    number: int
    driver: str
    mules: int
    kilos: int = 0


TRAINS = {7: Train(number=7, driver="gerda", mules=12), 8: Train(number=8, driver="luis", mules=3)}


class Muleteer(BaseModel):
    name: str
    may: frozenset[str]

    def must(self, *scopes: str) -> None:
        if not self.may.issuperset(scopes):
            raise HTTPException(403, "Not a leader of trains")


def muleteer(needed: SecurityScopes, shown: Annotated[HTTPBasicCredentials | None, Depends(basic)]) -> Muleteer:
    expected = PASSWORDS.get(shown.username, "") if shown else ""
    if not (shown and expected and compare_digest(shown.password.encode(), expected.encode())):
        raise HTTPException(401, "Who are you?", headers={"WWW-Authenticate": 'Basic realm="The pass"'})
    found = Muleteer(name=shown.username, may=LEADS[shown.username])
    found.must(*needed.scopes)
    return found


Seeing = Annotated[Muleteer, Security(muleteer, scopes=["see"])]
Leading = Annotated[Muleteer, Security(muleteer, scopes=["see", "lead"])]
NO_TRAIN = {404: {"model": Refusal, "description": "No such train, or none of yours"}}
trains = APIRouter(prefix="/trains", responses={401: {"model": Refusal}}, tags=["trains"])


@trains.get("")
async def all_trains(who: Seeing) -> list[Train]:
    return [train for train in TRAINS.values() if "lead" in who.may or train.driver == who.name]


@trains.get("/{number}", responses=NO_TRAIN)
async def one(number: int, who: Seeing) -> Train:
    train = TRAINS.get(number)
    if train is None:
        raise HTTPException(404, "No such train")
    if train.driver != who.name:
        who.must("lead")
    return train


@trains.post("/{number}/loads", status_code=201, responses=NO_TRAIN)
async def load(number: int, load: Load, who: Leading) -> Train:
    train = await one(number, who)
    train.kilos = min(train.kilos + load.kilos, train.mules * 120)
    return train


app = FastAPI(title="Mule trains")
app.include_router(trains)


@app.get("/gates/here", responses={401: {"model": Refusal}})
async def here(cookie: Annotated[str, Depends(gate)]) -> int:
    if (number := GATES.get(cookie)) is None:
        raise HTTPException(401, "That gate was closed long ago")
    return number


@app.middleware("http")
async def tell_nobody_of_trains(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """A train that is not yours is told apart from none at all by nobody."""
    response = await call_next(request)
    if response.status_code == 403:
        return JSONResponse({"detail": "No such train"}, 404)
    return response
