"""A state machine of orders."""
import enum
import itertools
from fastapi import FastAPI, HTTPException, Path
from pydantic import BaseModel, Field

app = FastAPI()
class Problem(BaseModel):
    detail: str
class State(enum.StrEnum):
    NEW = "new"
    PAID = "paid"
    SENT = "sent"
    LOST = "lost"
NEXT = {State.NEW: {State.PAID}, State.PAID: {State.SENT}, State.SENT: {State.LOST}, State.LOST: set()}
class Order:
    def __init__(self, number: int, total: int) -> None:
        self.number, self.total, self.state = number, total, State.NEW
        self.history: list[State] = []
    def to(self, state: State) -> None:
        if state not in NEXT[self.state]:
            raise HTTPException(409, f"{self.state} is not followed by {state}")
        self.history.append(self.state)
        self.state = state
    def refund(self) -> int:
        match self.state:
            case State.LOST:
                return self.total
            case State.NEW:
                raise HTTPException(402, "It was never paid")
            case _:
                raise HTTPException(409, "It is on its way")
class Told(BaseModel):
    number: int
    state: State
orders: list[Order] = []
numbers = itertools.count(1)
class New(BaseModel):
    total: int = Field(ge=1, le=1000)
def found(number: int) -> Order:
    for order in orders:
        if order.number == number:
            return order
    raise HTTPException(404, "No such order")
@app.post("/orders", status_code=201)
def place(new: New) -> Told:
    order = Order(next(numbers), new.total)
    orders.append(order)
    return Told(number=order.number, state=order.state)
@app.post("/orders/{number}/{state}", responses={404: {"model": Problem}, 409: {"model": Problem}})
def move(state: State, number: int = Path(ge=1)) -> Told:
    order = found(number)
    order.to(state)
    return Told(number=order.number, state=order.state)
@app.get("/orders/{number}/refund", responses={402: {"model": Problem}, 404: {"model": Problem}, 409: {"model": Problem}})
def refund(number: int = Path(ge=1)) -> int:
    return found(number).refund()
