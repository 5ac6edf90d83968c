"""Allocates order lines to batches of stock, with a message bus and a unit of work."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial, reduce
from http import HTTPStatus
from operator import or_
from typing import Annotated, Any, ClassVar, Self

from fastapi import Depends, FastAPI, Path, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ForeignKey, StaticPool, create_engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, sessionmaker

logger = logging.getLogger(__name__)


class Base(DeclarativeBase):
    pass


class Batch(Base):
    __tablename__ = "batches"
    reference: Mapped[str] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(index=True)
    purchased: Mapped[int]
    eta: Mapped[date | None]
    lines: Mapped[list[OrderLine]] = relationship(back_populates="batch")

    @property
    def available(self) -> int:
        return self.purchased - sum(line.quantity for line in self.lines)

    @property
    def rank(self) -> tuple[bool, date, str]:
        return self.eta is not None, self.eta or date.min, self.reference


class OrderLine(Base):
    __tablename__ = "order_lines"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(index=True)
    quantity: Mapped[int]
    batch_reference: Mapped[str] = mapped_column(ForeignKey("batches.reference"))
    batch: Mapped[Batch] = relationship(back_populates="lines")


engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)
Base.metadata.create_all(engine)
new_session = sessionmaker(engine)


class UnitOfWork:
    def __init__(self, factory: Callable[[], Session] = new_session) -> None:
        self.factory = factory
        self.events: deque[Event] = deque()

    def __enter__(self) -> Self:
        self.session = self.factory()
        return self

    def __exit__(self, *reason: object) -> None:
        self.session.rollback()
        self.session.close()


class DomainError(Exception):
    status: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init_subclass__(cls, status: int) -> None:
        cls.status = HTTPStatus(status)


class InvalidSku(DomainError, status=404):
    """No batch holds this SKU."""


class NoSuchOrder(DomainError, status=404):
    """Nothing is allocated to this order."""


class DuplicateBatch(DomainError, status=409):
    """A batch with this reference came before."""


class OutOfStock(DomainError, status=409):
    """No batch has enough of it left."""


@dataclass(frozen=True)
class Event:
    sku: str


class StockRanLow(Event):
    pass


class Allocated(Event):
    pass


def warn_buyers(event: StockRanLow, mailbox: dict[str, int]) -> None:
    mailbox[event.sku] += 1


def count_allocation(event: Allocated, tally: dict[str, int]) -> None:
    tally[event.sku] = tally.get(event.sku, 0) + 1


TALLY: dict[str, int] = {}
HANDLERS: dict[type[Event], list[Callable[[Any], None]]] = {
    # Buyers subscribe to a SKU; for all others the handler fails, which is logged.
    StockRanLow: [partial(warn_buyers, mailbox={"LAMP": 0})],
    Allocated: [partial(count_allocation, tally=TALLY)],
}


def publish(uow: UnitOfWork) -> None:
    while uow.events:
        event = uow.events.popleft()
        for handler in HANDLERS[type(event)]:
            try:
                handler(event)
            except Exception:
                logger.debug("handling %s", event, exc_info=True)


def add_batch(new: NewBatch, uow: UnitOfWork) -> None:
    with uow:
        uow.session.add(Batch(**new.model_dump()))
        try:
            uow.session.commit()
        except IntegrityError as clash:
            raise DuplicateBatch(new.reference) from clash


def allocate(line: NewLine, uow: UnitOfWork) -> str:
    with uow:
        batches = uow.session.scalars(select(Batch).where(Batch.sku == line.sku)).all()
        if not batches:
            raise InvalidSku(line.sku)
        try:
            batch = next(b for b in sorted(batches, key=lambda b: b.rank) if b.available >= line.quantity)
        except StopIteration:
            uow.events.append(StockRanLow(line.sku))
            publish(uow)
            raise OutOfStock(line.sku) from None
        batch.lines.append(OrderLine(order_id=line.order_id, quantity=line.quantity))
        reference = batch.reference
        uow.events.append(Allocated(line.sku))
        uow.session.commit()
    publish(uow)
    return reference


def allocations(order_id: str, uow: UnitOfWork) -> Iterator[Allocation]:
    with uow:
        query = select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.id)
        for row in uow.session.scalars(query):
            yield Allocation(sku=row.batch.sku, batch=row.batch_reference, quantity=row.quantity)


Reference = Annotated[str, Field(pattern=r"^[A-Z0-9-]{1,24}$")]


class NewBatch(BaseModel):
    model_config = ConfigDict(extra="forbid")
    reference: Reference
    sku: Reference
    purchased: Annotated[int, Field(ge=1, le=10_000)]
    eta: date | None = None


class NewLine(BaseModel):
    model_config = ConfigDict(extra="forbid")
    order_id: Reference
    sku: Reference
    quantity: Annotated[int, Field(ge=1, le=10_000)]


class Allocation(BaseModel):
    sku: str
    batch: str
    quantity: int


class BatchRef(BaseModel):
    batch: str


class Problem(BaseModel):
    type: str
    title: str
    status: int
    detail: str


def problems(*kinds: type[DomainError]) -> dict[int | str, dict[str, Any]]:
    """One response for each status of these errors; errors that share one share its description."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    grouped = {kind.status: [k.__doc__ for k in kinds if k.status == kind.status] for kind in kinds}
    entries = (
        {int(status): {"description": " ".join(filter(None, docs)), "content": content}}
        for status, docs in grouped.items()
    )
    return reduce(or_, entries, {})


Uow = Annotated[UnitOfWork, Depends(lambda: UnitOfWork())]
app = FastAPI(title="Stockroom")


@app.exception_handler(DomainError)
def domain_error(request: Request, error: DomainError) -> JSONResponse:
    problem = Problem(type=type(error).__name__, title=error.status.phrase, status=error.status, detail=str(error))
    return JSONResponse(problem.model_dump(), error.status, media_type="application/problem+json")


@app.post("/batches", status_code=201, response_class=Response, responses=problems(DuplicateBatch))
def new_batch(batch: NewBatch, uow: Uow) -> Response:
    add_batch(batch, uow)
    return Response(status_code=201)


@app.post("/allocations", status_code=201, responses=problems(InvalidSku, OutOfStock))
def new_allocation(line: NewLine, uow: Uow) -> BatchRef:
    return BatchRef(batch=allocate(line, uow))


@app.get("/allocations/{order_id}", responses=problems(NoSuchOrder))
def read_allocations(order_id: Annotated[str, Path(max_length=24)], uow: Uow) -> list[Allocation]:
    if found := list(allocations(order_id, uow)):
        return found
    raise NoSuchOrder(order_id)


@app.get("/problems/{name}", response_model=Problem, responses=problems(NoSuchOrder))
def explain(name: str) -> Problem:
    kinds = {kind.__name__: kind for kind in DomainError.__subclasses__()}
    if (kind := kinds.get(name)) is None:
        raise NoSuchOrder(name)
    return Problem(type=name, title=kind.status.phrase, status=kind.status, detail=kind.__doc__ or "")
