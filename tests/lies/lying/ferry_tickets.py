"""Tickets for a ferry with few places."""

from functools import partial
from itertools import count

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field


class Ticket(BaseModel):
    id: int
    passengers: int


class Order(BaseModel):
    passengers: int = Field(1, ge=1, le=12)


class TicketOffice:
    def __init__(self, places: int) -> None:
        self.places = places
        self.sold: dict[int, Ticket] = {}
        self.ids = count(1)


def sell(office: TicketOffice, order: Order) -> Ticket:
    if order.passengers > office.places:
        raise HTTPException(409, "Full")  # lie: undocumented-status POST /tickets 409
    ticket = Ticket(id=next(office.ids), passengers=order.passengers)
    office.places -= order.passengers
    office.sold[ticket.id] = ticket
    return ticket


def refund(office: TicketOffice, ticket_id: int) -> None:
    ticket = office.sold.pop(ticket_id, None)
    if ticket is None:
        raise HTTPException(404)  # lie: undocumented-status DELETE /tickets/{ticket_id} 404
    office.places += ticket.passengers


app = FastAPI()
harbour = TicketOffice(places=40)
app.add_api_route("/tickets", partial(sell, harbour), methods=["POST"], status_code=201)
app.add_api_route("/tickets/{ticket_id}", partial(refund, harbour), methods=["DELETE"], status_code=204)
