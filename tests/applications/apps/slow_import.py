"""An observatory that computes its tables while it is imported."""

import time

from fastapi import FastAPI, HTTPException

started = time.monotonic()
while time.monotonic() - started < 2:
    pass

app = FastAPI()


@app.get("/stars/{number}")
def star(number: int) -> int:
    if number < 0:
        raise HTTPException(404)  # lie: undocumented-status GET /stars/{number} 404
    return number
