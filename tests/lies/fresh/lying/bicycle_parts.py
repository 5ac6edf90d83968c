"""Spare parts for bicycles: a stock, carts, and a checkout in one unit of work."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Path, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ForeignKey, StaticPool, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, sessionmaker


class Base(DeclarativeBase):
    pass


class PartRow(Base):
    __tablename__ = "parts"
    sku: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    cents: Mapped[int]
    stock: Mapped[int]


class LineRow(Base):
    __tablename__ = "lines"
    id: Mapped[int] = mapped_column(primary_key=True)
    cart_id: Mapped[int] = mapped_column(ForeignKey("carts.id"))
    sku: Mapped[str] = mapped_column(ForeignKey("parts.sku"))
    quantity: Mapped[int]
    part: Mapped[PartRow] = relationship()


class CartRow(Base):
    __tablename__ = "carts"
    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(default="open")
    lines: Mapped[list[LineRow]] = relationship(order_by=LineRow.id)


engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)
Base.metadata.create_all(engine)
DEFAULT_SESSION_FACTORY = sessionmaker(engine)
with DEFAULT_SESSION_FACTORY.begin() as seeding:
    seeding.add_all(
        [
            PartRow(sku="BRK-01", name="Brake pad", cents=790, stock=12),
            PartRow(sku="CHN-10", name="Chain, ten-speed", cents=2450, stock=3),
            PartRow(sku="TUB-28", name="Inner tube", cents=595, stock=40),
        ]
    )


# domain


class ShopError(Exception):
    status = 400
    title = "Bad request"


class NotFound(ShopError):
    status = 404
    title = "Not found"


class OutOfStock(ShopError):
    status = 409
    title = "Out of stock"


class CartClosed(Exception):
    def __init__(self, cart_id: int) -> None:
        super().__init__(f"Cart {cart_id} was checked out")


# repositories and the unit of work


class Repository:
    def __init__(self, session: Session) -> None:
        self.session = session

    def part(self, sku: str) -> PartRow:
        if row := self.session.get(PartRow, sku):
            return row
        raise NotFound(f"No part {sku}")

    def parts(self) -> list[PartRow]:
        return list(self.session.scalars(select(PartRow).order_by(PartRow.sku)))

    def cart(self, cart_id: int) -> CartRow:
        if row := self.session.get(CartRow, cart_id):
            return row
        raise NotFound(f"No cart {cart_id}")


@contextmanager
def unit_of_work(factory: Callable[[], Session] = DEFAULT_SESSION_FACTORY) -> Iterator[Repository]:
    session = factory()
    try:
        yield Repository(session)
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()


# services


def allocate(part: PartRow, quantity: int, message: str) -> None:
    if part.stock < quantity:
        raise OutOfStock(message.format(part=part.sku, left=part.stock))  # lie: undocumented-status POST /carts/{cart_id}/checkout 409


def add_line(cart_id: int, sku: str, quantity: int) -> Cart:
    with unit_of_work() as repo:
        cart = repo.cart(cart_id)
        if cart.state != "open":
            raise CartClosed(cart_id)  # also: undocumented-media-type POST /carts/{cart_id}/lines 410
        part = repo.part(sku)
        allocate(part, quantity, "Only {left} of {part} left")
        cart.lines.append(LineRow(sku=part.sku, quantity=quantity, part=part))
        repo.session.flush()
        return Cart.model_validate(cart)


def checkout(cart_id: CartId) -> Cart:
    with unit_of_work() as repo:
        cart = repo.cart(cart_id)
        if cart.state == "open":
            for line in cart.lines:
                allocate(line.part, line.quantity, "{part} was sold in the meantime")
                line.part.stock -= line.quantity
            cart.state = "paid"
        return Cart.model_validate(cart)


# api


class Problem(BaseModel):
    title: str
    status: int
    detail: str


class Part(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    sku: str
    name: str
    cents: int
    stock: int


class NewLine(BaseModel):
    sku: Annotated[str, Field(pattern=r"^[A-Z]{3}-[0-9]{2}$")]
    quantity: Annotated[int, Field(ge=1, le=99)]


class Line(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    sku: str
    quantity: int


class Cart(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    state: str
    lines: list[Line]


class Summary(BaseModel):
    pieces: int
    cents: int
    cents_per_piece: int


def problems(*statuses: int) -> dict[int | str, dict]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {s: {"description": "A problem", "content": {"application/problem+json": {"schema": schema}}} for s in statuses}


CartId = Annotated[int, Path(ge=1, le=2**31)]
router = APIRouter(prefix="/carts", tags=["carts"])


@router.post("", status_code=201)
def open_cart() -> Cart:
    with unit_of_work() as repo:
        row = CartRow()
        repo.session.add(row)
        repo.session.flush()
        return Cart.model_validate(row)


@router.post("/{cart_id}/lines", status_code=201, responses=problems(404, 409, 410))
def add(cart_id: CartId, line: NewLine) -> Cart:
    return add_line(cart_id, line.sku, line.quantity)


@router.get("/{cart_id}/summary", responses=problems(404))
def summary(cart_id: CartId) -> Summary:
    with unit_of_work() as repo:
        lines = repo.cart(cart_id).lines
        pieces = sum(line.quantity for line in lines)
        cents = sum(line.quantity * line.part.cents for line in lines)
        return Summary(pieces=pieces, cents=cents, cents_per_piece=cents // pieces)  # lie: server-error GET /carts/{cart_id}/summary 500


@router.post("/{cart_id}/checkout", responses=problems(404))
def pay(cart: Annotated[Cart, Depends(checkout)]) -> Cart:
    return cart


app = FastAPI(title="Parts")
app.include_router(router)


@app.get("/parts")
def stock() -> list[Part]:
    with unit_of_work() as repo:
        return [Part.model_validate(row) for row in repo.parts()]


@app.get("/problems/{status}", response_model=Problem)
def explain(status: Annotated[int, Path(ge=400, le=499)]) -> Problem:
    titles = {kind.status: kind.title for kind in (ShopError, *ShopError.__subclasses__())}
    return Problem(title=titles.get(status, "Another problem"), status=status, detail="See the manual")


@app.exception_handler(ShopError)
def shop_error(request: Request, error: ShopError) -> JSONResponse:
    body = Problem(title=error.title, status=error.status, detail=str(error)).model_dump()
    return JSONResponse(body, error.status, media_type="application/problem+json")  # also: undocumented-status POST /carts/{cart_id}/checkout 409


@app.exception_handler(CartClosed)
def cart_closed(request: Request, error: CartClosed) -> JSONResponse:
    body = Problem(title="Gone", status=410, detail=str(error))
    return JSONResponse(body.model_dump(), status_code=body.status)  # lie: undocumented-media-type POST /carts/{cart_id}/lines 410
