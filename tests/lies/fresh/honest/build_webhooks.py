"""Receives the signed webhooks of code forges and keeps what they say about builds."""

import hmac
import logging
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import singledispatchmethod
from typing import Annotated, Any, Literal

from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, Header, HTTPException, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

logger = logging.getLogger("webhooks")
LIMIT = 4096
Sha = Annotated[str, Field(pattern="^[0-9a-f]{7,40}$")]
Branch = Annotated[str, Field(pattern="^[a-z0-9/_.-]{1,60}$")]


class Event(BaseModel):
    model_config = ConfigDict(extra="forbid")
    repository: Annotated[str, Field(pattern="^[a-z0-9-]{1,40}$")]


class Push(Event):
    kind: Literal["push"]
    branch: Branch
    head: Sha


class BuildFinished(Event):
    kind: Literal["build"]
    head: Sha
    result: Literal["passed", "failed", "skipped"]


class Ping(Event):
    kind: Literal["ping"]


class Starred(Event):
    kind: Literal["star"]


KINDS = (Push, BuildFinished, Ping, Starred)
events: TypeAdapter[Event] = TypeAdapter(Annotated[Push | BuildFinished | Ping | Starred, Field(discriminator="kind")])


class Receipt(BaseModel):
    id: int
    outcome: Literal["stored", "ignored"]
    replayed: bool = False


class Head(BaseModel):
    repository: str
    branch: str
    head: str
    result: str | None


class Detail(BaseModel):
    detail: str


@dataclass(frozen=True)
class Forge:
    name: str
    secret: bytes = b""
    digest: str = "sha256"

    def accepts(self, raw: bytes, signature: str | None) -> bool:
        if not self.secret:
            return True
        method, _, given = (signature or "").partition("=")
        return method == self.digest and hmac.compare_digest(self._sign(raw), given.encode("utf-8"))

    def _sign(self, raw: bytes) -> bytes:
        return hmac.new(self.secret, raw, self.digest).hexdigest().encode()


FORGES = {f.name: f for f in (Forge("hubble", b"s3cr3t"), Forge("labrador", b"woof", "sha512"), Forge("loopback"))}


@dataclass
class Ledger:
    heads: dict[tuple[str, str], str] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)
    receipts: "OrderedDict[str, Receipt]" = field(default_factory=OrderedDict)
    count: int = 0

    @singledispatchmethod
    def apply(self, event: Event) -> None:
        raise NotImplementedError(type(event).__name__)

    @apply.register
    def _(self, event: Push) -> None:
        self.heads[event.repository, event.branch] = event.head

    @apply.register
    def _(self, event: BuildFinished) -> None:
        self.results[event.head] = event.result

    @apply.register
    def _(self, event: Ping) -> None:
        self.heads.setdefault((event.repository, "main"), "0" * 7)

    def record(self, key: str | None, event: Event) -> Receipt:
        try:
            self.apply(event)
        except NotImplementedError:
            outcome: Literal["stored", "ignored"] = "ignored"
        else:
            outcome = "stored"
        self.count += 1
        receipt = Receipt(id=self.count, outcome=outcome)
        if key:
            self.receipts[key] = receipt
            while len(self.receipts) > 100:
                self.receipts.popitem(last=False)
        return receipt

    def announce(self, event: Event) -> None:
        """Tell the chat, if somebody listens; nobody has to."""
        try:
            channel = {"docs": "#writers"}[event.repository]
            logger.info("%s: %s", channel, event)
        except LookupError:
            logger.debug("nobody listens to %s", event.repository)


ledger = Ledger()


def forge(name: Annotated[str, Path(alias="forge", max_length=20)]) -> Forge:
    known = FORGES.get(name)
    if known is None:
        raise HTTPException(404, "No such forge")
    return known


async def signed(
    request: Request,
    sender: Annotated[Forge, Depends(forge)],
    x_signature: Annotated[str | None, Header(description="`method=hexdigest` over the raw body")] = None,
) -> bytes:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise HTTPException(415, "Only application/json")
    raw = b""
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > LIMIT:
            raise HTTPException(413, f"At most {LIMIT} bytes")
    if not sender.accepts(raw, x_signature):
        raise HTTPException(401, "The signature does not match", {"WWW-Authenticate": "Signature"})
    return raw


def parsed(raw: Annotated[bytes, Depends(signed)]) -> Event:
    try:
        return events.validate_json(raw, strict=True)
    except ValidationError as error:
        faults = "; ".join(fault["type"] for fault in error.errors(include_input=False, include_context=False))
        raise HTTPException(400, f"Not an event: {faults}") from error


def refusals(**texts: str) -> dict[int | str, dict[str, Any]]:
    return {int(code.removeprefix("on_")): {"model": Detail, "description": text} for code, text in texts.items()}


BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"oneOf": [kind.model_json_schema() for kind in KINDS]}}},
    }
}
router = APIRouter(prefix="/hooks/{forge}", responses=refusals(on_404="No such forge"))


@router.post(
    "",
    status_code=202,
    openapi_extra=BODY,
    responses={
        200: {"model": Receipt, "description": "It came before"},
        **refusals(on_400="Not an event", on_401="Not signed, or wrongly", on_413="Too long", on_415="Not JSON"),
    },
)
async def receive(
    event: Annotated[Event, Depends(parsed)],
    tasks: BackgroundTasks,
    response: Response,
    x_delivery: Annotated[str | None, Header(max_length=64, description="The same for each attempt")] = None,
) -> Receipt:
    if x_delivery and (before := ledger.receipts.get(x_delivery)):
        response.status_code = 200
        return before.model_copy(update={"replayed": True})
    tasks.add_task(ledger.announce, event)
    return ledger.record(x_delivery, event)


@router.get("/methods", dependencies=[Depends(forge)])
async def methods(name: Annotated[str, Path(alias="forge", max_length=20)]) -> dict[str, str]:
    return {"signature": FORGES[name].digest if FORGES[name].secret else "none"}


app = FastAPI(title="Builds")
app.include_router(router)


@app.get("/heads")
async def heads() -> list[Head]:
    return [
        Head(repository=repository, branch=branch, head=head, result=ledger.results.get(head))
        for (repository, branch), head in ledger.heads.items()
    ]
