"""Readings of a boiler, for the caretaker."""

import secrets

from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPBasic, HTTPBasicCredentials
from pydantic import BaseModel

app = FastAPI(title="Boiler room")
basic = HTTPBasic(realm="boiler")  # lie: undocumented-status GET /reading 401


class Reading(BaseModel):
    bar: float
    burning: bool


def caretaker(credentials: HTTPBasicCredentials = Depends(basic)) -> str:
    right_user = secrets.compare_digest(credentials.username.encode(), b"caretaker")
    right_password = secrets.compare_digest(credentials.password.encode(), b"coal&coke")
    if not (right_user and right_password):
        raise HTTPException(  # lie: undocumented-status GET /reading 401
            status_code=401,
            detail="Incorrect credentials",
            headers={"WWW-Authenticate": 'Basic realm="boiler"'},
        )
    return credentials.username


@app.get("/reading")
def reading(who: str = Depends(caretaker)) -> Reading:
    return Reading(bar=1.4, burning=True)
