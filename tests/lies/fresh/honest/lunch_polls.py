"""Polls on where to have lunch, whose document says once for all operations how they refuse."""

import hashlib
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Cookie, Depends, FastAPI, Header, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel, Field, model_validator
from starlette.exceptions import HTTPException

Choice = Annotated[str, Field(pattern="^[a-z ]{1,30}$")]


class PollIn(BaseModel):
    question: Annotated[str, Field(max_length=120)]
    choices: Annotated[list[Choice], Field(min_length=1, max_length=6)]
    secret: bool = False

    @model_validator(mode="before")
    @classmethod
    def without_repeats(cls, data: Any) -> Any:
        """A choice that comes again counts once; what is no list of texts is left for others to refuse."""
        choices = data.get("choices") if isinstance(data, dict) else None
        if not isinstance(choices, list) or len(choices) > 6:
            return data
        if not all(isinstance(choice, str) for choice in choices):
            return data
        return {**data, "choices": list(dict.fromkeys(choices))}


class Poll(PollIn):
    id: int
    open: bool = True


class Ballot(BaseModel):
    choice: Choice


class Receipt(BaseModel):
    poll: int
    choice: str
    changed: bool


class Tally(BaseModel):
    choice: str
    votes: int = Field(ge=0)


class Tallies(BaseModel):
    poll: int
    turnout: int
    tallies: list[Tally]
    winner: str | None


class Refusal(BaseModel):
    status: int = Field(ge=400, le=599)
    reason: str
    fields: list[str] = []


class Polls:
    def __init__(self) -> None:
        self.polls = {1: Poll(id=1, question="Today?", choices=["noodles", "soup"])}
        self.votes: dict[int, dict[str, str]] = {}

    def get(self, poll_id: int) -> Poll:
        poll = self.polls.get(poll_id)
        if poll is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return poll

    def vote(self, poll: Poll, voter: str, choice: str) -> bool:
        """Counts the vote; whether there was one before."""
        if not poll.open:
            raise HTTPException(HTTPStatus.CONFLICT, "The poll is closed")
        if choice not in poll.choices:
            raise HTTPException(HTTPStatus.CONFLICT, "That is not on the menu")
        votes = self.votes.setdefault(poll.id, {})
        before = votes.get(voter)
        votes[voter] = choice
        return before is not None

    def tally(self, poll: Poll) -> Tallies:
        counts = Counter(dict.fromkeys(poll.choices, 0))
        counts.update(self.votes.get(poll.id, {}).values())
        ranking = counts.most_common()
        tied = len(ranking) > 1 and ranking[0][1] == ranking[1][1]
        return Tallies(
            poll=poll.id,
            turnout=counts.total(),
            tallies=[Tally(choice=choice, votes=votes) for choice, votes in ranking],
            winner=None if tied else ranking[0][0],
        )


polls = Polls()
router = APIRouter(prefix="/polls")
REFUSES = {"x-refuses": True}


def poll_of(poll_id: Annotated[int, Path(ge=1, le=10**6)]) -> Poll:
    return polls.get(poll_id)


def voter(
    request: Request,
    response: Response,
    name: Annotated[str | None, Header(alias="X-Name", max_length=40)] = None,
    known: Annotated[str | None, Cookie(alias="voter", max_length=16)] = None,
) -> str:
    """Who votes: the bearer of the cookie, or whoever says a name and gets one."""
    if known:
        return known
    if not name:
        raise HTTPException(HTTPStatus.UNAUTHORIZED, "Say who you are", {"WWW-Authenticate": "Name"})
    fresh = hashlib.sha256(name.encode()).hexdigest()[:16]
    response.set_cookie("voter", fresh, httponly=True, samesite="lax")
    return fresh


PollDep = Annotated[Poll, Depends(poll_of)]
Voter = Annotated[str, Depends(voter)]


@router.get("", openapi_extra=REFUSES)
def index(open: bool | None = None, word: Annotated[str, Query(max_length=20)] = "") -> list[Poll]:
    return [p for p in polls.polls.values() if open in (None, p.open) and word.casefold() in p.question.casefold()]


@router.post("", status_code=201, openapi_extra=REFUSES)
def ask(new: PollIn) -> Poll:
    poll = Poll(**new.model_dump(), id=len(polls.polls) + 1)
    return polls.polls.setdefault(poll.id, poll)


@router.get("/latest", response_model=Poll)
def latest() -> Poll:
    return polls.polls[max(polls.polls)]


@router.get("/{poll_id}", openapi_extra=REFUSES)
def read(poll: PollDep) -> Poll:
    return poll


@router.put(
    "/{poll_id}/vote", responses={201: {"model": Receipt, "description": "The first vote"}}, openapi_extra=REFUSES
)
def vote(poll: PollDep, who: Voter, ballot: Ballot, response: Response) -> Receipt:
    changed = polls.vote(poll, who, ballot.choice)
    if not changed:
        response.status_code = HTTPStatus.CREATED
    return Receipt(poll=poll.id, choice=ballot.choice, changed=changed)


@router.post("/{poll_id}/close", status_code=204, openapi_extra=REFUSES)
def close(poll: PollDep) -> None:
    if not poll.open:
        raise HTTPException(HTTPStatus.CONFLICT, "It was closed before")
    poll.open = False


@router.get(
    "/{poll_id}/tallies",
    responses={
        200: {"content": {"text/plain": {"schema": {"type": "string"}}}},
        204: {"description": "Nobody voted"},
    },
    response_model=Tallies,
    openapi_extra=REFUSES,
)
def tallies(poll: PollDep, format: Literal["json", "text"] = "json") -> Any:
    result = polls.tally(poll)
    if not result.turnout:
        return Response(status_code=204)
    if poll.open and poll.secret:
        raise HTTPException(HTTPStatus.FORBIDDEN, "Secret until it is closed")
    if format == "text":
        return PlainTextResponse("\n".join(f"{t.choice}: {t.votes}" for t in result.tallies))
    return result


def refusal(request: Request, error: Exception) -> JSONResponse:
    """One shape for everything that is refused, by us or by the framework."""
    headers = None
    match error:
        case RequestValidationError():
            fields = sorted({str(e["loc"][0]) for e in error.errors()})
            body = Refusal(status=422, reason="Unprocessable Content", fields=fields)
        case HTTPException(status_code=status, detail=detail):
            body, headers = Refusal(status=status, reason=detail), error.headers
        case _:
            raise error
    return JSONResponse(body.model_dump(), body.status, headers)


app = FastAPI(title="Lunch", exception_handlers={RequestValidationError: refusal, HTTPException: refusal})
app.include_router(router)


def document(application: FastAPI) -> Callable[[], dict[str, Any]]:
    def openapi() -> dict[str, Any]:
        if application.openapi_schema is None:
            schema = get_openapi(title=application.title, version="2.1", routes=application.routes)
            parts = schema["components"]
            content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
            parts["schemas"]["Refusal"] = Refusal.model_json_schema()
            parts["responses"] = {"Refused": {"description": "Refused", "content": content}}
            for operation in (o for item in schema["paths"].values() for o in item.values()):
                operation["responses"].pop("422", None)
                if operation.pop("x-refuses", False):
                    operation["responses"]["4XX"] = {"$ref": "#/components/responses/Refused"}
            for unused in ("HTTPValidationError", "ValidationError"):
                parts["schemas"].pop(unused, None)
            application.openapi_schema = schema
        return application.openapi_schema

    return openapi


app.openapi = document(app)  # type: ignore[method-assign]
