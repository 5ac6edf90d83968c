"""Repair jobs of a bicycle workshop, put in place and looked up."""

from itertools import count
from typing import Annotated

from fastapi import FastAPI, Path, Response, status
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field


class Job(BaseModel):
    bicycle: str = Field(pattern="^[a-z]{3}-[0-9]{2}$")
    minutes: int = Field(ge=5, le=480)


class Ticket(BaseModel):
    id: int
    state: str


app = FastAPI(title="Workshop")
racks: dict[int, Job] = {}
polls: dict[int, int] = {}
ids = count(1)
Rack = Annotated[int, Path(ge=1, le=30)]


@app.put("/racks/{rack}", responses={201: {"model": Job, "description": "The rack was empty"}})
async def park(rack: Rack, job: Job, response: Response) -> Job:
    if rack not in racks:
        response.status_code = status.HTTP_201_CREATED
    racks[rack] = job
    return job


@app.delete("/racks/{rack}", status_code=204, responses={404: {"description": "Empty"}})
async def leave(rack: Rack) -> Response:
    return Response(status_code=204 if racks.pop(rack, None) else 404)


@app.post("/tickets", status_code=202)
async def open_ticket(job: Job) -> Ticket:
    ticket = Ticket(id=next(ids), state="waiting")
    polls[ticket.id] = 0
    return ticket


@app.get("/tickets/{id}", responses={202: {"model": Ticket}, 404: {"description": "Unknown"}})
async def poll(id: int) -> Ticket:
    if id not in polls:
        return JSONResponse({"detail": "Unknown"}, 404)
    polls[id] += 1
    if polls[id] < 3:
        return JSONResponse({"id": id, "state": "waiting"}, 202)
    return Ticket(id=id, state="done")
