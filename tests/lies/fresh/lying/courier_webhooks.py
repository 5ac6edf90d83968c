"""Takes in the webhooks of couriers, checks their signatures and forwards what they tell."""
# ruff: noqa: E501

import hashlib
import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, Header, HTTPException, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

log = logging.getLogger("couriers")


class Kind(StrEnum):
    PICKED_UP = "picked_up"
    DELIVERED = "delivered"
    DELAYED = "delayed"
    RETURNED = "returned"


class CourierEvent(BaseModel):
    model_config = ConfigDict(extra="forbid", title="CourierEvent")
    kind: Kind
    parcel: Annotated[str, Field(pattern=r"^[A-Z]{2}[0-9]{6}$")]
    depot: Annotated[str, Field(pattern=r"^[a-z]{3,12}$")] | None = None


class Delivery(BaseModel):
    id: int
    courier: str
    kind: Kind
    parcel: str
    forwarded: int = 0


class ParcelState(BaseModel):
    parcel: str
    state: str
    events: int


class Detail(BaseModel):
    detail: str


@dataclass(frozen=True)
class Courier:
    name: str
    secret: str | None
    algorithm: str = "sha256"

    def sign(self, raw: bytes) -> str:
        assert self.secret is not None
        return f"{self.algorithm}=" + hmac.new(self.secret.encode(), raw, self.algorithm).hexdigest()


COURIERS = {
    courier.name: courier
    for courier in (
        Courier("pedalo", "whsec_5b1c"),
        Courier("northpost", "whsec_aa90", "sha1"),
        Courier("sandbox", None),
    )
}


@dataclass
class Outbox:
    """What was forwarded, and to whom."""

    subscribers: dict[str, list[str]] = field(default_factory=lambda: {"pedalo": ["billing"], "northpost": ["billing", "care"]})
    sent: list[tuple[str, int]] = field(default_factory=list)

    def forward(self, delivery: Delivery) -> None:
        for subscriber in self.subscribers[delivery.courier]:  # lie: background-task-error POST /deliveries/{delivery_id}/forward
            self.sent.append((subscriber, delivery.id))
            delivery.forwarded += 1


outbox = Outbox()
deliveries: list[Delivery] = []
states: dict[str, str] = {}
seen: dict[str, int] = {}

# what an event does to its parcel

Effect = Callable[[CourierEvent], str]
EFFECTS: dict[Kind, Effect] = {}


def effect(*kinds: Kind) -> Callable[[Effect], Effect]:
    def register(function: Effect) -> Effect:
        EFFECTS.update(dict.fromkeys(kinds, function))
        return function

    return register


@effect(Kind.PICKED_UP, Kind.DELAYED)
def on_the_way(event: CourierEvent) -> str:
    return f"with the courier, last seen in {event.depot}" if event.depot else "with the courier"


@effect(Kind.DELIVERED)
def arrived(event: CourierEvent) -> str:
    return "delivered"


# dependencies

CourierName = Annotated[str, Path(alias="courier", max_length=30)]


def get_courier(name: CourierName) -> Courier:
    if name not in COURIERS:
        raise HTTPException(404, "No such courier")
    return COURIERS[name]


async def verified_body(
    request: Request,
    courier: Annotated[Courier, Depends(get_courier)],
    x_signature: Annotated[str | None, Header(description="`algorithm=hexdigest` of the raw body")] = None,
) -> bytes:
    raw = await request.body()
    if courier.secret is None:
        log.debug("%s is not signed", courier.name)
        return raw
    if x_signature is None or not hmac.compare_digest(courier.sign(raw).encode(), x_signature.encode()):
        raise HTTPException(401, "Wrong signature")
    return raw


def parse_event(raw: Annotated[bytes, Depends(verified_body)]) -> CourierEvent:
    try:
        return CourierEvent.model_validate_json(raw)
    except ValidationError as error:
        log.info("refused %d bytes: %d faults", len(raw), error.error_count())
        raise HTTPException(400, "Not an event") from error  # lie: undocumented-status POST /hooks/{courier} 400


def event_body(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    kinds = schema.pop("$defs")["Kind"]
    schema["properties"]["kind"] = {"type": "string", "enum": kinds["enum"]}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


NO_COURIER = {404: {"model": Detail, "description": "No such courier"}}
hooks = APIRouter(prefix="/hooks", tags=["hooks"], responses=NO_COURIER)


@hooks.post(
    "/{courier}",
    status_code=202,
    responses={200: {"model": Delivery, "description": "Told before"}, 401: {"model": Detail, "description": "Wrong signature"}},
    openapi_extra=event_body(CourierEvent),
)
async def receive(
    courier: Annotated[Courier, Depends(get_courier)],
    event: Annotated[CourierEvent, Depends(parse_event)],
    request: Request,
    response: Response,
) -> Delivery:
    key = f"{event.parcel}/{event.kind}/" + request.headers.get("X-Delivery-Id", "")  # lie: undocumented-parameter POST /hooks/{courier}
    if key in seen:
        response.status_code = 200
        return deliveries[seen[key] - 1]
    states[event.parcel] = EFFECTS[event.kind](event)  # lie: server-error POST /hooks/{courier} 500
    delivery = Delivery(id=len(deliveries) + 1, courier=courier.name, kind=event.kind, parcel=event.parcel)
    deliveries.append(delivery)
    seen[key] = delivery.id
    return delivery


@hooks.get("/{courier}/digest", dependencies=[Depends(get_courier)])
async def digest(name: CourierName) -> dict[str, str]:
    """A digest of what this courier told, to compare notes."""
    lines = [f"{d.id}:{d.kind}:{d.parcel}" for d in deliveries if d.courier == name]
    return {"sha256": hashlib.sha256("\n".join(lines).encode()).hexdigest()}


app = FastAPI(title="Courier webhooks")
app.include_router(hooks)


@app.get("/parcels")
async def parcels() -> list[ParcelState]:
    return [
        ParcelState(parcel=parcel, state=state, events=sum(d.parcel == parcel for d in deliveries))
        for parcel, state in states.items()
    ]


@app.post("/deliveries/{delivery_id}/forward", status_code=202, responses={404: {"model": Detail}})
async def forward(delivery_id: int, tasks: BackgroundTasks) -> Delivery:
    if not 1 <= delivery_id <= len(deliveries):
        raise HTTPException(404, "No such delivery")
    tasks.add_task(outbox.forward, deliveries[delivery_id - 1])
    return deliveries[delivery_id - 1]
