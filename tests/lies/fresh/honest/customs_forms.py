"""Customs forms; every refusal is an error class with its own status."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Annotated, ClassVar, Protocol

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field


class Refusal(Exception):
    status: ClassVar[HTTPStatus] = HTTPStatus.BAD_REQUEST


class Forbidden(Refusal):
    status = HTTPStatus.FORBIDDEN


class TooHeavy(Refusal):
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class Form(BaseModel):
    kind: str
    country: str = Field(max_length=40)
    grams: int = Field(ge=0, le=2_000_000)


class Stamped(BaseModel):
    duty: int


class Tariff(Protocol):
    def duty(self, form: Form) -> int: ...


class FlatTariff:
    def duty(self, form: Form) -> int:
        if form.country == "Sealand" and form.grams % 1000 == 1:
            raise Forbidden
        return form.grams // 500


def check(form: Form, *, most: int) -> None:
    if form.grams > most:
        raise TooHeavy


Check = Callable[[Form], None]
CHECKS: dict[str, Check] = {"letter": partial(check, most=2_000), "crate": partial(check, most=1_999_999)}


def tariff() -> Tariff:
    return FlatTariff()


app = FastAPI(title="Customs")


@app.exception_handler(Refusal)
async def refused(request: Request, exc: Refusal) -> JSONResponse:
    return JSONResponse({"detail": exc.status.phrase}, status_code=exc.status)


WHY = {400: "No such form", 403: "Not from there", 413: "Too heavy"}


@app.post("/forms", status_code=201, responses={code: {"description": text} for code, text in WHY.items()})
def stamp(form: Form, tariff: Annotated[Tariff, Depends(tariff)]) -> Stamped:
    if form.kind not in CHECKS:
        raise Refusal(form.kind)
    CHECKS[form.kind](form)
    return Stamped(duty=tariff.duty(form))
