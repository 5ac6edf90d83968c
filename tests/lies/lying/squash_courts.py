"""Courts of a squash club, booked with the club's card."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import Depends, FastAPI, Response
from fastapi.security import APIKeyCookie, OpenIdConnect
from pydantic import BaseModel

card = APIKeyCookie(name="club_card", auto_error=False)
identity = OpenIdConnect(openIdConnectUrl="/.well-known/openid-configuration", auto_error=False)
app = FastAPI(title="Squash club", dependencies=[Depends(card)])
booked: dict[int, str] = {}


class Court(BaseModel):
    number: int
    free: bool


@app.get("/courts/{number}")
async def court(number: int) -> Court:  # lie: auth-not-enforced GET /courts/{number}
    return Court(number=number, free=number not in booked)


@app.put("/courts/{number}", status_code=204)
async def book(number: int, who: Annotated[str | None, Depends(identity)]) -> Response:  # lie: auth-not-enforced PUT /courts/{number}
    booked[number] = who or "guest"
    return Response(status_code=204)
