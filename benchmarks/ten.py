"""A veterinary practice in ten operations, documented as it behaves: what the rates are measured on."""

# ruff: noqa: FAST003 - `known` takes the id

from datetime import date
from enum import StrEnum
from itertools import count, islice
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Form, Header, HTTPException, Path, Query, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field


class Species(StrEnum):
    """What is treated here."""

    CAT = "cat"
    DOG = "dog"
    RABBIT = "rabbit"


class Problem(BaseModel):
    """Why a request was refused."""

    detail: str


class Owner(BaseModel):
    """Who brings an animal."""

    name: str = Field(min_length=1, max_length=80)
    phone: str = Field(pattern=r"^\+?[0-9 ]{6,20}$")


class AnimalIn(BaseModel):
    """An animal as it is registered."""

    name: str = Field(min_length=1, max_length=60)
    species: Species
    born: date | None = None
    weight_grams: int = Field(ge=10, le=120_000)
    owner: Owner
    allergies: list[str] = Field(default_factory=list, max_length=20)


class Animal(AnimalIn):
    """A registered animal."""

    id: int


class Prescription(BaseModel):
    """One medicine."""

    medicine: str = Field(min_length=1, max_length=60)
    days: int = Field(ge=1, le=365)


class VisitIn(BaseModel):
    """A visit as it is written down."""

    reason: str = Field(min_length=3, max_length=500)
    cents: int = Field(default=0, ge=0, le=10_000_000)
    prescriptions: list[Prescription] = Field(default_factory=list, max_length=10)


class Visit(VisitIn):
    """A visit."""

    id: int
    animal_id: int


class Token(BaseModel):
    """What a vet signs in with from now on."""

    access_token: str
    token_type: str


class Totals(BaseModel):
    """How busy the practice is."""

    animals: int
    visits: int
    cents: int


PASSWORDS = {"vet": "stethoscope"}
ANIMALS: dict[int, Animal] = {}
VISITS: dict[int, list[Visit]] = {}
NUMBERS = count(1)

Documented = dict[int | str, dict[str, Any]]
NOT_FOUND: Documented = {404: {"model": Problem, "description": "No such animal"}}
NOT_SIGNED_IN: Documented = {401: {"model": Problem, "description": "Not signed in"}}

AnimalId = Annotated[int, Path(ge=1, le=2**31 - 1)]


def known(animal_id: AnimalId) -> Animal:
    """Find the animal that a path names."""
    if animal_id not in ANIMALS:
        raise HTTPException(404, "No such animal")
    return ANIMALS[animal_id]


Known = Annotated[Animal, Depends(known)]
animals = APIRouter(prefix="/animals", tags=["animals"])


@animals.get("")
async def list_animals(
    species: Species | None = None,
    name: Annotated[str, Query(max_length=60)] = "",
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> list[Animal]:
    """List animals, a page at a time."""
    fitting = (a for a in ANIMALS.values() if species in {None, a.species} and a.name.startswith(name))
    return list(islice(fitting, offset, offset + limit))


@animals.post("", status_code=201)
async def register(animal: AnimalIn) -> Animal:
    """Register an animal."""
    number = next(NUMBERS)
    ANIMALS[number] = Animal(id=number, **animal.model_dump())
    return ANIMALS[number]


@animals.get("/{animal_id}", responses=NOT_FOUND)
async def get_animal(animal: Known) -> Animal:
    """Return one animal."""
    return animal


@animals.put("/{animal_id}", responses=NOT_FOUND)
async def change_animal(old: Known, animal: AnimalIn) -> Animal:
    """Change what is known of an animal."""
    ANIMALS[old.id] = Animal(id=old.id, **animal.model_dump())
    return ANIMALS[old.id]


@animals.delete("/{animal_id}", status_code=204, responses=NOT_FOUND)
async def forget_animal(animal: Known) -> Response:
    """Forget an animal and its visits."""
    del ANIMALS[animal.id]
    VISITS.pop(animal.id, None)
    return Response(status_code=204)


@animals.get("/{animal_id}/visits", responses=NOT_FOUND)
async def list_visits(animal: Known, dearest_first: bool = False) -> list[Visit]:  # noqa: FBT001, FBT002 - a query parameter
    """List the last visits of an animal."""
    visits = VISITS.get(animal.id, [])[-50:]
    return sorted(visits, key=lambda visit: -visit.cents) if dearest_first else visits


@animals.post("/{animal_id}/visits", status_code=201, responses=NOT_FOUND)
async def write_visit(
    animal: Known, visit: VisitIn, x_practice: Annotated[str | None, Header(max_length=20)] = None
) -> Visit:
    """Write a visit down."""
    reason = f"{x_practice}: {visit.reason}"[:500] if x_practice else visit.reason
    written = Visit(id=next(NUMBERS), animal_id=animal.id, **visit.model_dump() | {"reason": reason})
    VISITS.setdefault(animal.id, []).append(written)
    return written


app = FastAPI(title="Practice")
app.include_router(animals)


@app.post("/login", responses=NOT_SIGNED_IN)
async def login(
    username: Annotated[str, Form(min_length=1, max_length=40)], password: Annotated[str, Form(max_length=100)]
) -> Token:
    """Sign a vet in."""
    if PASSWORDS.get(username) != password:
        raise HTTPException(401, "Wrong user or password")
    return Token(access_token=f"token-of-{username}", token_type="bearer")  # noqa: S106 - no secret


@app.get("/me", responses=NOT_SIGNED_IN)
async def me(token: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> str:
    """Tell who is signed in."""
    name = token.credentials.removeprefix("token-of-")
    if name not in PASSWORDS:
        raise HTTPException(401, "Not a token of ours")
    return name


@app.get("/totals")
async def totals(species: Annotated[list[Species] | None, Query(max_length=3)] = None) -> Totals:
    """Add up animals, visits and fees."""
    counted = [a.id for a in ANIMALS.values() if not species or a.species in species]
    visits = [visit for number in counted for visit in VISITS.get(number, ())]
    return Totals(animals=len(counted), visits=len(visits), cents=sum(visit.cents for visit in visits))
