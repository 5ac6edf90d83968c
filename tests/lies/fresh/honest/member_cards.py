"""Cards of a climbing club; a new club has one account, warden with the password piton."""

import secrets
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Form, HTTPException, Response, Security
from fastapi.security import OAuth2PasswordBearer, SecurityScopes
from pydantic import BaseModel, Field

SCOPES = {"cards": "See cards", "cards:issue": "Issue cards"}
oauth2 = OAuth2PasswordBearer(tokenUrl="session", scopes=SCOPES, auto_error=False)


class Problem(BaseModel):
    detail: str


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"


class NewCard(BaseModel):
    name: str = Field(min_length=1, max_length=60)


class Card(BaseModel):
    number: int
    name: str


@dataclass
class Club:
    accounts: dict[str, str] = field(default_factory=lambda: {"warden": "piton"})
    tokens: dict[str, frozenset[str]] = field(default_factory=dict)
    cards: dict[int, Card] = field(default_factory=dict)

    def issue(self, name: str) -> Card:
        card = Card(number=len(self.cards) + 1, name=name)
        self.cards[card.number] = card
        return card


class Door:
    """Lets in who has a token, as far as its scopes reach."""

    def __init__(self, club: Club) -> None:
        self.club = club

    def __call__(self, needed: SecurityScopes, token: Annotated[str | None, Depends(oauth2)]) -> frozenset[str]:
        challenge = f'Bearer scope="{needed.scope_str}"' if needed.scopes else "Bearer"
        held = self.club.tokens.get(token or "")
        if held is None:
            raise HTTPException(401, "Sign in first", headers={"WWW-Authenticate": challenge})
        if not held.issuperset(needed.scopes):
            raise HTTPException(403, "Your token does not reach that far", headers={"WWW-Authenticate": challenge})
        return held


club = Club()
door = Door(club)
router = APIRouter(prefix="/cards")


@router.get("", responses={403: {"model": Problem}}, dependencies=[Security(door, scopes=["cards"])])
async def cards() -> list[Card]:
    return list(club.cards.values())


@router.post("", status_code=201, responses={403: {"model": Problem}})
async def issue(new: NewCard, held: Annotated[frozenset[str], Security(door, scopes=["cards:issue"])]) -> Card:
    return club.issue(new.name)


@router.get("/mine")
async def mine(held: Annotated[frozenset[str], Security(door)]) -> list[str]:
    return sorted(held)


app = FastAPI(title="Club cards", description="A new club has one account: `warden`, with the password `piton`.")
app.include_router(router, responses={401: {"model": Problem}})


@app.post("/session", responses={400: {"model": Problem}})
async def sign_in(
    username: Annotated[str, Form(max_length=40, examples=["warden"])],
    password: Annotated[str, Form(max_length=40, examples=["piton"])],
    response: Response,
    scope: Annotated[str, Form(max_length=60, examples=["cards cards:issue"])] = "",
) -> Token:
    response.status_code = 400
    if club.accounts.get(username) != password:
        raise HTTPException(response.status_code, "Wrong name or password")
    response.status_code = 200
    token = secrets.token_urlsafe(24)
    club.tokens[token] = frozenset(scope.split()) & frozenset(SCOPES)
    return Token(access_token=token)
