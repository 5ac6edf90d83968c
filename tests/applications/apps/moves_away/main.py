"""A circus that changes its working directory while it is asked, and stays there."""

import os
from pathlib import Path

from fastapi import FastAPI, HTTPException

app = FastAPI()
HOME = Path(__file__).parent


@app.get("/hours")
def hours() -> str:
    os.chdir(HOME / "data")
    return Path("hours.txt").read_text(encoding="utf-8").strip()


@app.get("/acts/{number}")
def act(number: int) -> int:
    os.chdir("/")
    if number > 5:
        raise HTTPException(404)  # lie: undocumented-status GET /acts/{number} 404
    return number
