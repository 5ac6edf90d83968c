"""Auctions of honey by the barrel; beekeepers bid, and may withdraw."""
# ruff: noqa: E501

import logging
from collections import defaultdict
from secrets import compare_digest
from typing import Annotated, Protocol

from fastapi import Depends, FastAPI, HTTPException, Path, Security
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, Field

log = logging.getLogger("honey")
app = FastAPI(title="Honey auctions")


class Detail(BaseModel):
    detail: str


class Bid(BaseModel):
    keeper: str = Field(pattern="^[a-z]{1,12}$")
    cents: int = Field(ge=100, le=10_000_000)


class Standing(BaseModel):
    bids: int
    highest: int | None


class Auction(Protocol):
    def bid(self, bid: Bid) -> None: ...
    def withdraw(self, keeper: str) -> bool: ...
    def standing(self) -> Standing: ...


class OpenAuction:
    """Everybody sees what is bid."""

    def __init__(self) -> None:
        self.by_keeper: dict[str, list[int]] = defaultdict(list)

    def bid(self, bid: Bid) -> None:
        self.by_keeper[bid.keeper].append(bid.cents)

    def withdraw(self, keeper: str) -> bool:
        if not self.by_keeper.get(keeper):
            return False
        self.by_keeper[keeper].pop()
        return True

    def standing(self) -> Standing:
        if not self.by_keeper:
            return Standing(bids=0, highest=None)
        highest = max(max(bids) for bids in self.by_keeper.values())  # lie: server-error GET /barrels/{barrel} 500
        return Standing(bids=sum(map(len, self.by_keeper.values())), highest=highest)


auctions: dict[str, Auction] = {barrel: OpenAuction() for barrel in ("heather", "lime", "acacia")}
clerk_key = APIKeyHeader(name="X-Clerk", auto_error=False)
CLERK = "propolis-1871"


def clerk(given: Annotated[str | None, Security(clerk_key)]) -> None:
    if given is None or not compare_digest(given, CLERK):  # lie: server-error DELETE /barrels/{barrel}/bids/{keeper} 500
        log.info("somebody else at the desk")
        raise HTTPException(401, "Only the clerk may")


def auction_of(barrel: Annotated[str, Path(max_length=20)]) -> Auction:
    try:
        return auctions[barrel]
    except KeyError as missing:
        raise HTTPException(404, "No such barrel") from missing


Of = Annotated[Auction, Depends(auction_of)]
NO_BARREL = {404: {"model": Detail}}


@app.get("/barrels/{barrel}", responses=NO_BARREL)
async def standing(auction: Of) -> Standing:
    return auction.standing()


@app.post("/barrels/{barrel}/bids", status_code=201, responses=NO_BARREL)
async def bid(auction: Of, bid: Bid) -> Bid:
    auction.bid(bid)
    return bid


@app.delete(
    "/barrels/{barrel}/bids/{keeper}",
    status_code=204,
    responses={**NO_BARREL, 401: {"model": Detail}},
    dependencies=[Depends(clerk)],
)
async def withdraw(auction: Of, keeper: Annotated[str, Path(pattern="^[a-z]{1,12}$")]) -> None:
    if not auction.withdraw(keeper):
        raise HTTPException(404, "No bid of theirs")
