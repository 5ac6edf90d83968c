"""Vouchers of an opera house, which end some day."""
# ruff: noqa: E501

from datetime import UTC, datetime

from fastapi import FastAPI, HTTPException
from pydantic import AwareDatetime, BaseModel, Field

app = FastAPI(title="Opera vouchers")


class Detail(BaseModel):
    detail: str


class Issue(BaseModel):
    seats: int = Field(ge=1, le=4)
    ends: AwareDatetime
    gift: bool = False
    note: str = ""


class Voucher(Issue):
    id: int
    used: bool = False
    returned: bool = False


class Change(BaseModel):
    returned: bool | None = None
    note: str | None = None


vouchers: list[Voucher] = []
NONE = {404: {"model": Detail}}


def known(id: int) -> Voucher:
    if not 0 <= id < len(vouchers):
        raise HTTPException(404, "No such voucher")
    return vouchers[id]


@app.post("/vouchers", status_code=201)
def issue(new: Issue) -> Voucher:
    vouchers.append(Voucher(id=len(vouchers), **new.model_dump()))
    return vouchers[-1]


@app.patch("/vouchers/{id}", responses=NONE)
def change(id: int, new: Change) -> Voucher:
    vouchers[known(id).id] = known(id).model_copy(update=new.model_dump(exclude_none=True))
    return vouchers[id]


@app.post("/vouchers/{id}/use", responses=NONE)
def use(id: int) -> Voucher:
    found = known(id)
    if found.ends < datetime.now(UTC):
        raise HTTPException(410, "It has ended")  # lie: undocumented-status POST /vouchers/{id}/use 410
    if found.used:
        raise HTTPException(409, "Used before")  # lie: undocumented-status POST /vouchers/{id}/use 409
    if found.gift and found.returned:
        raise HTTPException(402, "Gifts are not returned")  # lie: undocumented-status POST /vouchers/{id}/use 402
    if found.note.startswith("void:"):
        raise HTTPException(423, "Void")  # lie: undocumented-status POST /vouchers/{id}/use 423
    found.used = True
    return found
