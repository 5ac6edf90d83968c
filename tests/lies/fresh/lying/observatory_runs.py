"""The latest runs of a telescope, for the observers who have time on it."""
# ruff: noqa: E501

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Path
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field

app = FastAPI(title="Observatory")
bearer = HTTPBearer(auto_error=False, scheme_name="observer")
CALIBRATION = ("flat-", "dark-")
TOKENS = {"obs-7c1e": "hana", "obs-e290": "luis"}


class Run(BaseModel):
    field: str
    frames: int
    seconds: int


class Problem(BaseModel):
    detail: str


class Note(BaseModel):
    text: str = Field(pattern="^[A-Za-z0-9 .,]{1,80}$")


@dataclass(frozen=True)
class Observer:
    name: str


INSTRUMENT = Observer("instrument")
RUNS = {
    "m31": Run(field="m31", frames=40, seconds=300),
    "ngc-891": Run(field="ngc-891", frames=12, seconds=600),
    "flat-v": Run(field="flat-v", frames=21, seconds=2),
}
FieldName = Annotated[str, Path(pattern="^[a-z0-9-]{2,16}$")]
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
notes: dict[str, list[tuple[str, str]]] = {}


def signed_in(credentials: Credentials) -> Observer | None:
    if credentials is None:
        return None
    if credentials.credentials not in TOKENS:
        raise HTTPException(401, "No such token")
    return Observer(TOKENS[credentials.credentials])


SignedIn = Annotated[Observer | None, Depends(signed_in)]


def reader(field: FieldName, observer: SignedIn) -> Observer:
    """The pipeline fetches calibration frames for itself."""
    if observer is None and field.startswith(CALIBRATION):
        return INSTRUMENT
    return writer(observer)


def writer(observer: SignedIn) -> Observer:
    if observer is None:
        raise HTTPException(401, "Sign in first")
    return observer


def run_of(field: str) -> Run:
    if field not in RUNS:
        raise HTTPException(404, "No run of this field")
    return RUNS[field]


REFUSED = {401: {"model": Problem}, 404: {"model": Problem}}


@app.get("/fields/{field}/latest", responses=REFUSED)
async def latest(field: FieldName, observer: Annotated[Observer, Depends(reader)]) -> Run:  # lie: auth-not-enforced GET /fields/{field}/latest
    return run_of(field)


@app.post("/fields/{field}/notes", status_code=201, responses=REFUSED)
async def note(field: FieldName, new: Note, observer: Annotated[Observer, Depends(writer)]) -> int:
    written = notes.setdefault(run_of(field).field, [])
    written.append((observer.name, new.text))
    return len(written)
