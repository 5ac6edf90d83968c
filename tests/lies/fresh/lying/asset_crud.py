"""Assets of an office and the places where they stand, by one set of routes for both."""
# ruff: noqa: E501

from collections.abc import Callable
from typing import Annotated, Generic, TypeVar

from fastapi import APIRouter, FastAPI, HTTPException, Query, status
from pydantic import BaseModel, Field

Name = Annotated[str, Field(min_length=1, max_length=60)]
Code = Annotated[str, Field(pattern=r"^[A-Z]{2}-[0-9]{3}$")]


class Stored(BaseModel):
    id: int
    deleted: bool = Field(default=False, exclude=True)


class LocationCreate(BaseModel):
    name: Name
    floor: Annotated[int, Field(ge=-3, le=40)] = 0


class LocationUpdate(BaseModel):
    name: Name = "Unnamed"
    floor: Annotated[int, Field(ge=-3, le=40)] = 0


class Location(LocationCreate, Stored):
    pass


class AssetCreate(BaseModel):
    code: Code
    label: Name
    location_id: int | None = None


class AssetUpdate(BaseModel):
    label: Name | None = None
    location_id: int | None = None


class Asset(AssetCreate, Stored):
    pass


class Message(BaseModel):
    detail: str


S = TypeVar("S", bound=Stored)
Hook = Callable[[S], None]


class SoftDeleteRepository(Generic[S]):
    """Rows are marked as deleted and stay."""

    def __init__(self, model: type[S]) -> None:
        self.model = model
        self.rows: dict[int, S] = {}

    def list(self, skip: int = 0, limit: int | None = None) -> list[S]:
        alive = [row for row in self.rows.values() if not row.deleted]
        return alive[skip:] if limit is None else alive[skip : skip + limit]

    def get(self, id: int, *, with_deleted: bool = False) -> S | None:
        row = self.rows.get(id)
        return None if row is None or (row.deleted and not with_deleted) else row

    def create(self, data: BaseModel) -> S:
        row = self.model(**data.model_dump(), id=len(self.rows) + 1)
        self.rows[row.id] = row
        return row

    def update(self, row: S, data: BaseModel) -> S:
        changed = row.model_copy(update=data.model_dump(exclude_unset=True))
        self.rows[row.id] = changed
        return changed

    def delete(self, row: S) -> None:
        row.deleted = True


def make_router(
    repository: SoftDeleteRepository,
    create_model: type[BaseModel],
    update_model: type[BaseModel],
    *,
    before_create: Hook | None = None,
    before_delete: Hook | None = None,
    extra_create_responses: dict | None = None,
) -> APIRouter:
    name = repository.model.__name__
    router = APIRouter(prefix=f"/{name.lower()}s", tags=[name])
    not_found = {404: {"model": Message, "description": f"{name} not found"}}

    def must_get(id: int) -> Stored:
        row = repository.get(id)
        if row is None:
            raise HTTPException(status.HTTP_404_NOT_FOUND, f"{name} not found")
        return row

    @router.get("", response_model=list[repository.model], name=f"List {name}s")
    def list_all(skip: Annotated[int, Query(ge=0)] = 0, limit: Annotated[int, Query(ge=1, le=100)] = 50):
        return repository.list(skip, limit)  # lie: response-schema-mismatch GET /assets 200

    @router.post("", response_model=repository.model, status_code=201, responses=extra_create_responses or {}, name=f"Create {name}")
    def create(data: create_model):
        if before_create is not None:
            before_create(data)
        return repository.create(data)

    @router.get("/{id}", response_model=repository.model, responses=not_found, name=f"Get {name}")
    def get_one(id: int):
        row = repository.get(id, with_deleted=True)
        if row is not None and row.deleted:
            raise HTTPException(status.HTTP_410_GONE, f"{name} was deleted")  # lie: undocumented-status GET /locations/{id} 410; lie: undocumented-status GET /assets/{id} 410
        return must_get(id)  # lie: response-schema-mismatch GET /assets/{id} 200

    @router.patch("/{id}", response_model=repository.model, responses=not_found, name=f"Update {name}")
    def update(id: int, data: update_model):
        return repository.update(must_get(id), data)  # lie: response-schema-mismatch PATCH /assets/{id} 200

    @router.delete("/{id}", status_code=204, responses=not_found, name=f"Delete {name}")
    def delete(id: int) -> None:
        row = must_get(id)
        if before_delete is not None:
            before_delete(row)
        repository.delete(row)

    return router


locations: SoftDeleteRepository[Location] = SoftDeleteRepository(Location)
assets: SoftDeleteRepository[Asset] = SoftDeleteRepository(Asset)


def unique_code(data: AssetCreate) -> None:
    if any(asset.code == data.code for asset in assets.list()):
        raise HTTPException(status.HTTP_409_CONFLICT, f"{data.code} is in use")


def empty(location: Location) -> None:
    standing = [asset.code for asset in assets.list() if asset.location_id == location.id]
    if standing:
        raise HTTPException(status.HTTP_409_CONFLICT, f"Still there: {', '.join(standing)}")  # lie: undocumented-status DELETE /locations/{id} 409


app = FastAPI(title="Assets")
app.include_router(make_router(locations, LocationCreate, LocationUpdate, before_delete=empty))
app.include_router(
    make_router(
        assets,
        AssetCreate,
        AssetUpdate,
        before_create=unique_code,
        extra_create_responses={409: {"model": Message, "description": "The code is in use"}},
    )
)
