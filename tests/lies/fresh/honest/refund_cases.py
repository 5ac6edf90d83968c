"""Cases of refunds that go through a table of transitions, with keys that make requests safe to repeat."""

import hashlib
import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from fastapi import APIRouter, Body, Depends, FastAPI, Header, HTTPException, Path, Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field

KEY, REPLAYED = "Idempotency-Key", "Idempotency-Replayed"


class State(StrEnum):
    OPENED = "opened"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    PAID = "paid"
    REJECTED = "rejected"


class Action(StrEnum):
    REVIEW = "review"
    APPROVE = "approve"
    PAY = "pay"
    REJECT = "reject"
    REOPEN = "reopen"


class Refused(Exception):
    def __init__(self, status: int, detail: str) -> None:
        self.status, self.detail = status, detail


@dataclass
class Case:
    id: int
    order: str
    cents: int
    state: State = State.OPENED
    version: int = 1
    history: list[Action] = field(default_factory=list)

    @property
    def voucher(self) -> str:
        return hashlib.sha256(f"{self.id}:{self.order}".encode()).hexdigest()[:8]


def anyone(case: Case, supervisor: bool) -> None:
    """No condition."""


def supervised(case: Case, supervisor: bool) -> None:
    if case.cents > 100_00 and not supervisor:
        raise Refused(403, "A supervisor has to do this")


def reviewed_once(case: Case, supervisor: bool) -> None:
    if Action.REOPEN in case.history:
        raise Refused(409, "It was opened again before")


class Transition(NamedTuple):
    to: State
    guard: Callable[[Case, bool], None] = anyone


TABLE: dict[State, dict[Action, Transition]] = {
    State.OPENED: {Action.REVIEW: Transition(State.REVIEWED), Action.REJECT: Transition(State.REJECTED)},
    State.REVIEWED: {
        Action.APPROVE: Transition(State.APPROVED, supervised),
        Action.REJECT: Transition(State.REJECTED, supervised),
    },
    State.APPROVED: {Action.PAY: Transition(State.PAID)},
    State.REJECTED: {Action.REOPEN: Transition(State.OPENED, reviewed_once)},
}


@dataclass(frozen=True)
class Machine:
    table: dict[State, dict[Action, Transition]]

    def allowed(self, state: State) -> list[Action]:
        return [*self.table.get(state, ())]

    def fire(self, case: Case, action: Action, supervisor: bool) -> Case:
        try:
            transition = self.table[case.state][action]
        except KeyError:
            raise Refused(409, f"Cannot {action} what is {case.state}") from None
        transition.guard(case, supervisor)
        case.state = transition.to
        case.version += 1
        case.history.append(action)
        return case


class NewCase(BaseModel):
    order: Annotated[str, Field(pattern="^[A-Z0-9]{4,12}$")]
    cents: Annotated[int, Field(ge=1, le=10_000_000)]


class Common(BaseModel):
    id: int
    order: str
    cents: int
    version: int
    next: list[Action]


class ActiveCase(Common):
    state: Literal[State.OPENED, State.REVIEWED]


class GrantedCase(Common):
    state: Literal[State.APPROVED, State.PAID]
    voucher: Annotated[str, Field(min_length=8, max_length=8)]


class RejectedCase(Common):
    state: Literal[State.REJECTED]
    can_reopen: bool


CaseOut = Annotated[ActiveCase | GrantedCase | RejectedCase, Field(discriminator="state")]


class Detail(BaseModel):
    detail: str


class Remembered(NamedTuple):
    fingerprint: str
    status: int
    body: bytes


class IdempotentRoute(APIRoute):
    """Answers a request again as it was answered before, where its key says that it is the same."""

    memory: ClassVar[dict[str, Remembered]] = {}

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        original = super().get_route_handler()

        async def handle(request: Request) -> Response:
            key = request.headers.get(KEY)
            if key is None or request.method == "GET":
                return await original(request)
            fingerprint = hashlib.sha256(
                f"{request.method} {request.url.path} ".encode() + await request.body()
            ).hexdigest()
            if before := self.memory.get(key):
                if before.fingerprint != fingerprint:
                    return JSONResponse({"detail": "The key was used for another request"}, 409)
                return Response(before.body, before.status, {REPLAYED: "true"}, "application/json")
            response = await original(request)
            if response.status_code < 300:
                self.memory[key] = Remembered(fingerprint, response.status_code, bytes(response.body))
            return response

        return handle


def documented_key(
    response: Response,
    idempotency_key: Annotated[str | None, Header(max_length=60, description="The same for each attempt")] = None,
) -> None:
    response.headers[REPLAYED] = "false"


def errors(*pairs: tuple[int, str]) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": Detail, "description": text} for status, text in pairs}


cases: dict[int, Case] = {}
machine = Machine(TABLE)
CaseId = Annotated[int, Path(ge=1)]
MARKED = {"headers": {REPLAYED: {"required": True, "schema": {"type": "string", "enum": ["true", "false"]}}}}
reads = APIRouter(prefix="/cases")
writes = APIRouter(prefix="/cases", route_class=IdempotentRoute, dependencies=[Depends(documented_key)])


def known(case_id: CaseId) -> Case:
    if case_id in cases:
        return cases[case_id]
    raise Refused(404, "No such case")


Known = Annotated[Case, Depends(known)]


def show(case: Case) -> dict[str, Any]:
    """Fields of all kinds of cases; the model of the state takes its own."""
    shown = {name: getattr(case, name) for name in ("id", "order", "cents", "state", "version", "voucher")}
    return {**shown, "next": machine.allowed(case.state), "can_reopen": Action.REOPEN not in case.history}


@reads.get("/{case_id}", response_model=CaseOut, responses=errors((404, "No such case")))
def read(case: Known):
    return show(case)


@reads.get("")
def count() -> dict[State, int]:
    return {state: sum(case.state is state for case in cases.values()) for state in State}


@writes.post(
    "",
    status_code=201,
    response_model=ActiveCase,
    responses={201: MARKED, **errors((409, "The key was used otherwise"))},
)
def open_case(new: NewCase):
    case = Case(len(cases) + 1, new.order, new.cents)
    return show(cases.setdefault(case.id, case))


@writes.post(
    "/{case_id}/{action}",
    response_model=CaseOut,
    responses={
        200: MARKED,
        **errors((403, "Not without a supervisor"), (404, "No such case"), (409, "Not in this state or version")),
    },
)
def act(
    case: Known,
    action: Action,
    version: Annotated[int, Body(embed=True, ge=1)],
    x_role: Annotated[Literal["clerk", "supervisor"], Header()] = "clerk",
):
    if version != case.version:
        raise HTTPException(409, json.dumps({"current": case.version}))
    return show(machine.fire(case, action, supervisor=x_role == "supervisor"))


app = FastAPI(title="Refunds")
app.include_router(reads)
app.include_router(writes)


@app.exception_handler(Refused)
def refused(request: Request, error: Refused) -> JSONResponse:
    return JSONResponse({"detail": error.detail}, error.status)
