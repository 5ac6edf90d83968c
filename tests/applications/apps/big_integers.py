"""A mint that keeps its coins in SQLite, which knows 64 bits, while its docs know no end."""

import sqlite3
from typing import Annotated

from fastapi import Body, FastAPI, HTTPException, Path, Query
from pydantic import BaseModel

app = FastAPI()
store = sqlite3.connect(":memory:", check_same_thread=False)
store.execute("CREATE TABLE coins (id INTEGER PRIMARY KEY, cents INTEGER)")


class Coin(BaseModel):
    cents: int


class Safe(BaseModel):
    cents: Annotated[int, Query(ge=0, le=10_000)]


@app.post("/coins", status_code=201)
def add_coin(coin: Coin) -> int:
    return store.execute("INSERT INTO coins (cents) VALUES (?)", (coin.cents,)).lastrowid  # lie: server-error POST /coins 500


@app.get("/coins/{number}", responses={404: {}})
def read_coin(number: int) -> int:
    row = store.execute("SELECT cents FROM coins WHERE id = ?", (number,)).fetchone()  # lie: server-error GET /coins/{number} 500
    if row is None:
        raise HTTPException(404)
    return row[0]


@app.get("/coins")
def list_coins(least: int = 0) -> list[int]:
    rows = store.execute("SELECT id FROM coins WHERE cents >= ? LIMIT 9", (least,))  # lie: server-error GET /coins 500
    return [row[0] for row in rows]


@app.post("/safe-coins", status_code=201)
def add_safe_coin(coin: Safe) -> int:
    return store.execute("INSERT INTO coins (cents) VALUES (?)", (coin.cents,)).lastrowid


@app.delete("/coins/{number}", status_code=204)
def remove_coin(number: Annotated[int, Path(ge=-(2**63), lt=2**63)]) -> None:
    store.execute("DELETE FROM coins WHERE id = ?", (number,))


@app.post("/purses", status_code=201)
def add_purse(purse: Annotated[list[Coin], Body()]) -> int:
    store.executemany("INSERT INTO coins (cents) VALUES (?)", [(coin.cents,) for coin in purse])  # lie: server-error POST /purses 500
    return len(purse)
