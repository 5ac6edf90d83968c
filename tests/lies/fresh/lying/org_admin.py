"""Administration of organisations by API keys with roles."""
# ruff: noqa: E501

from __future__ import annotations

from enum import IntEnum
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Path, Security
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, Field


class Role(IntEnum):
    viewer = 10
    admin = 20
    owner = 30


class Plan(NamedTuple):
    name: str
    seats: int


FREE, TEAM = Plan("free", 3), Plan("team", 50)


class Principal(NamedTuple):
    org: str
    user: str
    role: Role


class MemberIn(BaseModel):
    user: Annotated[str, Field(pattern=r"^[a-z]{2,20}$")]
    role: Role = Role.viewer


class RoleChange(BaseModel):
    role: Role


class Member(BaseModel):
    user: str
    role: Role


class OrgInfo(BaseModel):
    slug: str
    plan: str
    members: int


class Usage(BaseModel):
    slug: str
    seats_used: int
    seats_left: int


class Detail(BaseModel):
    detail: str


class Organisation:
    def __init__(self, slug: str, plan: Plan, **members: Role) -> None:
        self.slug = slug
        self.plan = plan
        self.members = dict(members)

    @property
    def owners(self) -> list[str]:
        return [user for user, role in self.members.items() if role is Role.owner]

    def add(self, user: str, role: Role) -> Member:
        if user in self.members:
            raise HTTPException(409, f"{user} is a member already")
        if len(self.members) >= self.plan.seats:
            raise HTTPException(402, f"The plan {self.plan.name} has {self.plan.seats} seats")  # lie: undocumented-status POST /orgs/{org}/members 402
        self.members[user] = role
        return Member(user=user, role=role)

    def remove(self, user: str) -> None:
        if self.owners == [user]:
            raise HTTPException(409, "An organisation needs an owner")  # lie: undocumented-status DELETE /orgs/{org}/members/{user} 409
        del self.members[user]

    def member(self, user: str) -> Member:
        if user not in self.members:
            raise HTTPException(404, f"{user} is not a member")
        return Member(user=user, role=self.members[user])


ORGANISATIONS = {
    o.slug: o
    for o in (
        Organisation("acme", FREE, wile=Role.owner, road=Role.viewer),
        Organisation("umbra", TEAM, ada=Role.owner, bo=Role.owner, cy=Role.admin, di=Role.viewer),
    )
}
KEYS = {
    "ak_acme_owner": Principal("acme", "wile", Role.owner),
    "ak_acme_view": Principal("acme", "road", Role.viewer),
    "ak_umbra_admin": Principal("umbra", "cy", Role.admin),
    "ak_umbra_owner": Principal("umbra", "ada", Role.owner),
}

api_key = APIKeyHeader(name="X-API-Key", auto_error=False, description="The key of a member")


def principal(key: Annotated[str | None, Security(api_key)]) -> Principal:
    if key is None:
        raise HTTPException(401, "An API key is needed")
    try:
        return KEYS[key]
    except KeyError:
        raise HTTPException(401, "This key was never issued, or is revoked") from None


Caller = Annotated[Principal, Depends(principal)]


def organisation(org: Annotated[str, Path(max_length=40)]) -> Organisation:
    if found := ORGANISATIONS.get(org):
        return found
    raise HTTPException(404, "No such organisation")


def own_organisation(caller: Caller, found: Annotated[Organisation, Depends(organisation)]) -> Organisation:
    if found.slug != caller.org:
        raise HTTPException(404, "No such organisation")
    return found


class Require:
    """A dependency that gives the caller's organisation to those of a role at least."""

    def __init__(self, least: Role) -> None:
        self.least = least

    def __call__(self, caller: Caller, own: Annotated[Organisation, Depends(own_organisation)]) -> Organisation:
        if caller.role < self.least:
            raise HTTPException(403, f"Only for {self.least.name}s")
        return own


View = Annotated[Organisation, Depends(Require(Role.viewer))]
Administer = Annotated[Organisation, Depends(Require(Role.admin))]
Own = Annotated[Organisation, Depends(Require(Role.owner))]


def errors(*statuses: int) -> dict[int | str, dict]:
    reasons = {401: "No key", 403: "Role too low", 404: "Not here", 409: "In conflict with who is here"}
    return {status: {"model": Detail, "description": reasons[status]} for status in statuses}


router = APIRouter(prefix="/orgs/{org}", responses=errors(404))
secured = APIRouter(prefix="/orgs/{org}", responses=errors(401, 404))


@router.get("/usage", dependencies=[Security(api_key)])
async def usage(org: Annotated[Organisation, Depends(organisation)]) -> Usage:  # lie: auth-not-enforced GET /orgs/{org}/usage
    used = len(org.members)
    return Usage(slug=org.slug, seats_used=used, seats_left=org.plan.seats - used)


@secured.get("")
async def read(org: View) -> OrgInfo:
    return OrgInfo(slug=org.slug, plan=org.plan.name, members=len(org.members))


@secured.get("/members")
async def members(org: View, least: Role = Role.viewer) -> list[Member]:
    return [Member(user=user, role=role) for user, role in org.members.items() if role >= least]


@secured.post("/members", status_code=201, responses=errors(403, 409))
async def invite(org: Administer, caller: Caller, new: MemberIn) -> Member:
    if new.role > caller.role:
        raise HTTPException(403, "Nobody invites above their own role")
    return org.add(new.user, new.role)


@secured.put("/members/{user}/role", responses=errors(403))
async def change_role(org: Own, caller: Caller, user: str, change: RoleChange) -> Member:
    member = org.member(user)
    if member.user == caller.user:
        raise HTTPException(403, "Not one's own")
    org.members[member.user] = change.role
    return org.member(user)


@secured.delete("/members/{user}", status_code=204, responses=errors(403))
async def remove(org: Administer, caller: Caller, user: str) -> None:
    member = org.member(user)
    if member.role > caller.role:
        raise HTTPException(403, "Nobody removes those above")
    org.remove(member.user)


app = FastAPI(title="Organisations")
app.include_router(router)
app.include_router(secured)
