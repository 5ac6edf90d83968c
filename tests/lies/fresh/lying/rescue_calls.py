"""Takes emergency calls and sends the crew that fits them."""
# ruff: noqa: E501

from itertools import count
from typing import Annotated, Literal

from fastapi import Body, FastAPI, Response
from pydantic import BaseModel, Field

app = FastAPI(title="Rescue desk")
numbers = count(1)
HANDLERS_OF = {"cat": "ladder", "horse": "lifting", "swan": "boat"}


class FireCall(BaseModel):
    kind: Literal["fire"]
    floors: int = Field(ge=0, le=60)
    smoke: bool = False


class FloodCall(BaseModel):
    kind: Literal["flood"]
    depth_cm: int = Field(ge=0, le=900)
    people: int = Field(ge=0, le=500)


class AnimalCall(BaseModel):
    kind: Literal["animal"]
    species: Literal["cat", "horse", "swan", "snake"]


Call = FireCall | FloodCall | AnimalCall


class Ticket(BaseModel):
    number: int
    crew: str
    urgent: bool


class Desk:
    """Chooses crews; what cannot leave at once is kept for the next one."""

    depth_of_boats_cm = 240

    def crew_for(self, call: Call) -> str:
        if isinstance(call, AnimalCall):
            return HANDLERS_OF[call.species]  # lie: server-error POST /calls 500
        if isinstance(call, FloodCall):
            return "boat"
        return "turntable" if call.floors > 7 else "engine"

    def must_wait(self, call: Call) -> bool:
        return isinstance(call, FloodCall) and call.depth_cm > self.depth_of_boats_cm and call.people == 0

    def urgent(self, call: Call) -> bool:
        return isinstance(call, FireCall) and call.smoke


desk = Desk()


@app.post("/calls", status_code=201)
async def take(call: Annotated[Call, Body(discriminator="kind")], response: Response) -> Ticket:
    ticket = Ticket(number=next(numbers), crew=desk.crew_for(call), urgent=desk.urgent(call))
    if desk.must_wait(call):
        response.status_code = 202  # lie: undocumented-status POST /calls 202
    return ticket
