"""Evening classes; who asks is settled where the app is put together."""

import uuid

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="Night school")
PLACES = 6
REFUSED = {"description": "Not now", "content": {"application/json": {"schema": {"type": "object"}}}}


class Enrolment(BaseModel):
    course: str = Field(min_length=1, max_length=40)


class Enrolled(Enrolment):
    id: str
    pupil: str


enrolled: dict[str, Enrolled] = {}
left: set[str] = set()


def pupil() -> str:
    raise RuntimeError("no pupil is known here")


app.dependency_overrides[pupil] = lambda: "Ada"


@app.post("/enrolments", status_code=201, responses={409: REFUSED, 429: REFUSED})
def enrol(new: Enrolment, name: str = Depends(pupil)) -> Enrolled:
    if any(other.course == new.course and other.id not in left for other in enrolled.values()):
        raise HTTPException(409, "You are enrolled")
    if len(enrolled) - len(left) >= PLACES:
        raise HTTPException(429, "The school is full")
    made = Enrolled(id=uuid.uuid4().hex, pupil=name, course=new.course)
    enrolled[made.id] = made
    return made


@app.delete("/enrolments/{id}", status_code=204, responses={404: REFUSED, 410: REFUSED})
def leave(id: str) -> None:
    if id not in enrolled:
        raise HTTPException(404, "No such enrolment")
    if id in left:
        raise HTTPException(410, "You have left")
    left.add(id)
