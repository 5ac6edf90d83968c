"""Sign-in of an allotment society."""

from typing import Annotated

from fastapi import FastAPI, Form, HTTPException
from pydantic import BaseModel

GARDENERS = {"plot-12": "marrow"}
app = FastAPI()


class Welcome(BaseModel):
    plot: str
    remembered: bool


@app.post("/sign-in")
def sign_in(
    plot: Annotated[str, Form(max_length=20)],
    word: Annotated[str, Form()],
    remember: Annotated[bool, Form()] = False,
) -> Welcome:
    expected = GARDENERS.get(plot)
    if expected is None or expected != word:
        raise HTTPException(status_code=401, detail="Wrong plot or word")  # lie: undocumented-status POST /sign-in 401
    return Welcome(plot=plot, remembered=remember)
