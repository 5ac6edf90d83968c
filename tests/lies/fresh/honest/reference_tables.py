"""Reference tables of a shipping company, each with the same routes made by a factory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Annotated, Any, Generic, Protocol, TypeVar

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field, create_model

# What is stored


class Entity(BaseModel):
    model_config = ConfigDict(extra="ignore")
    id: int


class PortIn(BaseModel):
    code: Annotated[str, Field(pattern="^[A-Z]{5}$")]
    name: Annotated[str, Field(max_length=60)]


class CarrierIn(BaseModel):
    name: Annotated[str, Field(max_length=60)]
    home_port: Annotated[int, Field(ge=1)] | None = None


class CurrencyIn(BaseModel):
    iso: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    minor_units: Annotated[int, Field(ge=0, le=4)] = 2


E = TypeVar("E", bound=Entity)


class Store(Generic[E]):
    def __init__(self) -> None:
        self._live: dict[int, E] = {}
        self._bin: dict[int, E] = {}
        self._last = 0

    def __iter__(self) -> Iterator[E]:
        return iter(self._live.values())

    def next_id(self) -> int:
        self._last += 1
        return self._last

    def put(self, entity: E) -> E:
        self._live[entity.id] = entity
        return entity

    def find(self, id: int) -> E | None:
        return self._live.get(id)

    def discard(self, id: int) -> None:
        self._bin[id] = self._live.pop(id)

    def restore(self, id: int) -> E | None:
        entity = self._bin.pop(id, None)
        return entity and self.put(entity)


# Rules, which know what they answer when they are broken


class Rule(Protocol):
    responses: dict[int | str, dict[str, Any]]

    def __call__(self, value: Any, own_id: int | None) -> None: ...


class Error(BaseModel):
    detail: str


def rule(status: int, description: str) -> Callable[[Callable[[Any, int | None], str | None]], Rule]:
    """Turns a function that names a fault into one that raises it."""

    def decorate(function: Callable[[Any, int | None], str | None]) -> Rule:
        def check(value: Any, own_id: int | None = None) -> None:
            if fault := function(value, own_id):
                raise HTTPException(status, fault)

        check.responses = {status: {"model": Error, "description": description}}  # type: ignore[attr-defined]
        return check  # type: ignore[return-value]

    return decorate


def no_rule(value: Any, own_id: int | None = None) -> None:
    return None


no_rule.responses = {}  # type: ignore[attr-defined]


def joined(*rules: Rule) -> dict[int | str, dict[str, Any]]:
    merged: dict[int | str, dict[str, Any]] = {}
    for one in rules:
        merged.update(one.responses)
    return merged


@dataclass
class Resource(Generic[E]):
    """A table, and the routes to it."""

    name: str
    shape: type[BaseModel]
    on_save: Rule = no_rule  # type: ignore[assignment]
    on_delete: Rule = no_rule  # type: ignore[assignment]
    read_only: bool = False
    restorable: bool = False
    store: Store[Any] = field(default_factory=Store)

    def __post_init__(self) -> None:
        self.entity = create_model(self.name.title(), __base__=(self.shape, Entity))
        optional = {name: (info.rebuild_annotation() | None, None) for name, info in self.shape.model_fields.items()}
        self.patch = create_model(f"{self.name.title()}Patch", **optional)  # type: ignore[call-overload]

    def seed(self, *rows: BaseModel) -> "Resource[E]":
        for row in rows:
            self.store.put(self.entity(**row.model_dump(), id=self.store.next_id()))
        return self

    def router(self) -> APIRouter:
        missing = {404: {"model": Error, "description": f"No such {self.name}"}}
        router = APIRouter(
            prefix=f"/{self.name}", tags=[self.name], generate_unique_id_function=lambda r: f"{self.name}-{r.name}"
        )
        store, entity, shape, patch = self.store, self.entity, self.shape, self.patch
        Id = Annotated[int, Path(ge=1, description=f"The number of the {self.name}")]

        def one(id: Id) -> Any:
            if (found := store.find(id)) is None:
                raise HTTPException(404, f"No such {self.name}")
            return found

        One = Annotated[Any, Depends(one)]

        @router.get("", response_model=list[entity])
        def index(
            skip: Annotated[int, Query(ge=0, le=10**9)] = 0, limit: Annotated[int, Query(ge=0, le=100)] = 20
        ) -> Iterable:
            return list(islice(store, skip, skip + limit))

        @router.get("/{id}", response_model=entity, responses=missing)
        def read(row: One):
            return row

        if self.read_only:
            return router

        @router.post("", response_model=entity, status_code=201, responses=self.on_save.responses)
        def create(new: shape):  # type: ignore[valid-type]
            self.on_save(new, None)
            return store.put(entity(**new.model_dump(), id=store.next_id()))

        @router.patch("/{id}", response_model=entity, responses={**missing, **self.on_save.responses})
        def update(row: One, changes: patch):  # type: ignore[valid-type]
            changed = entity(**{**row.model_dump(), **changes.model_dump(exclude_none=True)})
            self.on_save(changed, row.id)
            return store.put(changed)

        @router.delete("/{id}", status_code=204, responses={**missing, **joined(self.on_delete)})
        def delete(row: One) -> Response:
            self.on_delete(row, row.id)
            store.discard(row.id)
            return Response(status_code=204)

        if self.restorable:

            @router.post("/{id}/restore", response_model=entity, responses=missing)
            def restore(id: Id):
                return store.restore(id) or one(id)

        return router


@rule(409, "The code is taken")
def code_is_free(port: PortIn, own_id: int | None) -> str | None:
    return next((f"{p.code} is {p.name}" for p in ports.store if p.code == port.code and p.id != own_id), None)


@rule(409, "A carrier has its home there")
def nobody_lives_there(port: Any, own_id: int | None) -> str | None:
    return "In use" if any(carrier.home_port == own_id for carrier in carriers.store) else None


@rule(400, "The home port does not exist")
def port_exists(carrier: CarrierIn, own_id: int | None) -> str | None:
    if carrier.home_port is not None and ports.store.find(carrier.home_port) is None:
        return "No such port"
    return None


ports: Resource = Resource("port", PortIn, on_save=code_is_free, on_delete=nobody_lives_there)
carriers: Resource = Resource("carrier", CarrierIn, on_save=port_exists, restorable=True)
currencies: Resource = Resource("currency", CurrencyIn, read_only=True)
currencies.seed(CurrencyIn(iso="EUR"), CurrencyIn(iso="JPY", minor_units=0))

app = FastAPI(title="Reference tables")
for resource in (ports, carriers, currencies):
    app.include_router(resource.router())
