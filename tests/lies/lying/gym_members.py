"""Members of a climbing gym."""
# ruff: noqa: E501

from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI()


class Member(BaseModel):
    id: int
    name: str
    belay_card: bool


class MemberPatch(BaseModel):
    name: str = ""
    belay_card: bool = False


members: dict[int, Member] = {}


@app.post("/members", status_code=201)
async def join(patch: MemberPatch) -> Member:
    member = Member(id=len(members) + 1, name=patch.name, belay_card=patch.belay_card)
    members[member.id] = member
    return member


def valid_member(member_id: int) -> Member:
    try:
        return members[member_id]
    except KeyError:
        raise HTTPException(404, "Member not found") from None  # lie: undocumented-status GET /members/{member_id} 404; lie: undocumented-status PATCH /members/{member_id} 404; lie: undocumented-status DELETE /members/{member_id}/card 404


ValidMember = Annotated[Member, Depends(valid_member)]


@app.get("/members/{member_id}")
async def read(member: ValidMember) -> Member:
    return member


@app.patch("/members/{member_id}")
async def change(member: ValidMember, patch: MemberPatch) -> Member:
    changed = member.model_copy(update=patch.model_dump(exclude_unset=True))
    members[member.id] = changed
    return changed


@app.delete("/members/{member_id}/card", status_code=204)
async def revoke_card(member: ValidMember) -> None:
    member.belay_card = False
