"""Lines of a tram network."""
# ruff: noqa: E501

from enum import Enum

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI()


class Line(str, Enum):  # noqa: UP042
    red = "red"
    green = "green"
    harbour = "harbour"


class Stop(BaseModel):
    name: str
    accessible: bool = True


STOPS = {
    Line.red: [Stop(name="Market"), Stop(name="Abbey", accessible=False)],
    Line.green: [Stop(name="Canal"), Stop(name="Hospital")],
}


@app.get("/lines/{line}/stops")
def stops(line: Line, accessible: bool = False) -> list[Stop]:
    if line is Line.harbour:
        raise HTTPException(status_code=410, detail="Closed in 1998")  # lie: undocumented-status GET /lines/{line}/stops 410
    return [stop for stop in STOPS[line] if stop.accessible or not accessible]
