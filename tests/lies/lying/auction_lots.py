"""Lots of an auction house, and the bids on them; a catalogue number is given once."""

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI()
GONE = {404: {"description": "No such thing"}}


class NewLot(BaseModel):
    catalogue: str = Field(pattern="^L[0-9]{6}$")
    reserve: int = Field(ge=0, le=50_000)


class NewBid(BaseModel):
    lot_id: int
    paddle: int = Field(ge=1, le=99)


class Bid(NewBid):
    id: int
    share: int
    state: str = Field(max_length=6)


lots: list[NewLot] = []
bids: dict[int, Bid] = {}


def known(bid_id: int) -> Bid:
    if bid_id not in bids:
        raise HTTPException(404, "No such bid")
    return bids[bid_id]


@app.post("/lots", status_code=201, responses={409: {"description": "Number is given"}})
def add(lot: NewLot) -> dict[str, int]:
    if any(lot.catalogue == other.catalogue for other in lots):
        raise HTTPException(409, "Number is given")
    lots.append(lot)
    return {"id": len(lots)}


@app.post("/bids", status_code=201, responses=GONE)
def bid(new: NewBid) -> Bid:
    if not 0 < new.lot_id <= len(lots):
        raise HTTPException(404, "No such lot")
    share = 100_000 // lots[new.lot_id - 1].reserve  # lie: server-error POST /bids 500
    bids[len(bids) + 1] = Bid(**new.model_dump(), id=len(bids) + 1, share=share, state="open")
    return bids[len(bids)]


@app.get("/bids/{bid_id}", responses=GONE)
def read(bid_id: int) -> dict[str, int]:
    found = known(bid_id)
    if found.state == "closed":
        raise HTTPException(410, "Closed")  # lie: undocumented-status GET /bids/{bid_id} 410
    return {"paddle": found.paddle}


@app.post("/bids/{bid_id}/close", responses=GONE)
def close(bid_id: int) -> str:
    known(bid_id).state = "closed"
    return "closed"


@app.post("/bids/{bid_id}/reopen", responses=GONE)
def reopen(bid_id: int) -> str:
    known(bid_id).state = "open"
    return "open"
