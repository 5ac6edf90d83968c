"""What changed in a register since a given revision."""

from fastapi import FastAPI, Query
from fastapi.responses import Response
from pydantic import BaseModel

app = FastAPI()
CURRENT = 12


class Change(BaseModel):
    revision: int
    subject: str


@app.get("/changes", response_model=list[Change])
def changes(since: int = Query(0, ge=0, le=1_000_000)):
    if since >= CURRENT:
        return Response(status_code=304)  # lie: undocumented-status GET /changes 304
    return [Change(revision=r, subject=f"parcel {r}") for r in range(since + 1, CURRENT + 1)]
