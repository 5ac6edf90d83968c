"""Lost property of a bus company."""

from fastapi import FastAPI, Response
from pydantic import BaseModel

app = FastAPI()


class Thing(BaseModel):
    what: str
    bus: int


THINGS = [Thing(what="umbrella", bus=14), Thing(what="left glove", bus=3)]


@app.get("/things", response_model=list[Thing])
def things(bus: int | None = None):
    found = [thing for thing in THINGS if bus in (None, thing.bus)]
    if not found:
        return Response(status_code=204)  # lie: undocumented-status GET /things 204
    return found
