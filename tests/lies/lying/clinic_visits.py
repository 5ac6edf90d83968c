"""Visits to a small clinic, seen by its staff."""
# ruff: noqa: E501

from datetime import date

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel

STAFF = {"n-17": "nurse", "d-04": "doctor"}


class Visit(BaseModel):
    id: int
    patient: str
    day: date


VISITS = [
    Visit(id=1, patient="A. Moreau", day=date(2026, 3, 2)),
    Visit(id=2, patient="J. Okafor", day=date(2026, 3, 3)),
]


def staff_badge(x_badge: str | None = Header(default=None)) -> str | None:
    return x_badge


def require_staff(badge: str | None = Depends(staff_badge)) -> str:
    role = STAFF.get(badge or "")
    if role is None:
        raise HTTPException(status_code=403, detail="Staff only")  # lie: undocumented-status GET /visits 403; lie: undocumented-status GET /visits/count 403
    return role


router = APIRouter(prefix="/visits", tags=["visits"], dependencies=[Depends(require_staff)])


@router.get("", response_model=list[Visit])
def list_visits(since: date | None = None):
    return [visit for visit in VISITS if since is None or visit.day >= since]


@router.get("/count")
def count_visits() -> int:
    return len(VISITS)


app = FastAPI(title="Clinic")
app.include_router(router)
