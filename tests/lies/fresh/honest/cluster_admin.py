"""Administration of clusters for several tenants, by bearer tokens or API keys with permissions."""

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Path, Request, Security
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field
from starlette.status import HTTP_201_CREATED, HTTP_204_NO_CONTENT, HTTP_403_FORBIDDEN


class Permission(enum.Flag):
    NOTHING = 0
    READ = enum.auto()
    SCALE = enum.auto()
    DELETE = enum.auto()
    ADMIN = READ | SCALE | DELETE


@dataclass(frozen=True)
class Identity:
    name: str
    tenant: str
    granted: Permission


@dataclass
class Cluster:
    name: str
    nodes: dict[str, int] = field(default_factory=dict)
    protected: bool = False


@dataclass
class Tenant:
    slug: str
    quota: int
    clusters: dict[str, Cluster] = field(default_factory=dict)

    @property
    def used(self) -> int:
        return sum(sum(cluster.nodes.values()) for cluster in self.clusters.values())


TENANTS = {
    "north": Tenant(
        "north", 12, {"edge": Cluster("edge", {"small": 2}), "core": Cluster("core", {"large": 3}, protected=True)}
    ),
    "south": Tenant("south", 4, {"lab": Cluster("lab", {"small": 1})}),
}
BY_TOKEN = {
    "t-north-admin": Identity("noor", "north", Permission.ADMIN),
    "t-north-read": Identity("nils", "north", Permission.READ),
    "t-south-admin": Identity("sara", "south", Permission.ADMIN),
}
BY_KEY = {
    "k-autoscaler": Identity("autoscaler", "north", Permission.READ | Permission.SCALE),
    "k-probe": Identity("probe", "north", Permission.NOTHING),
}
bearer = HTTPBearer(auto_error=False)
api_key = APIKeyHeader(name="X-Api-Key", auto_error=False)


class AuthError(HTTPException):
    def __init__(self) -> None:
        super().__init__(401, "Unknown or no credentials", {"WWW-Authenticate": 'Bearer realm="clusters"'})


def identify(
    credentials: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)],
    key: Annotated[str | None, Security(api_key)],
) -> Identity:
    candidates = [
        BY_TOKEN.get(credentials.credentials) if credentials else None,
        BY_KEY.get(key) if key else None,
    ]
    for candidate in filter(None, candidates):
        return candidate
    raise AuthError


def own_tenant(
    request: Request, tenant: Annotated[str, Path(max_length=20)], me: Annotated[Identity, Depends(identify)]
) -> Tenant:
    found = TENANTS.get(tenant)
    if found is None or me.tenant != found.slug:
        raise HTTPException(404, "No such tenant")
    request.state.identity = me
    return found


TenantDep = Annotated[Tenant, Depends(own_tenant)]


@cache
def allow(needed: Permission) -> Callable[..., None]:
    def check(request: Request, tenant: TenantDep) -> None:
        missing = needed & ~request.state.identity.granted
        if missing:
            raise HTTPException(HTTP_403_FORBIDDEN, f"Lacks {missing.name} in {tenant.slug}")

    return check


class Refusal(BaseModel):
    detail: str


CHALLENGE = {"WWW-Authenticate": {"required": True, "schema": {"type": "string"}, "description": "How to sign in"}}
REFUSALS: dict[int, dict[str, Any]] = {
    401: {"description": "Unknown or no credentials", "headers": CHALLENGE},
    403: {"description": "A permission is missing"},
    404: {"description": "No such tenant, or nothing of that name in it"},
    409: {"description": "It cannot be done to the cluster as it is"},
}


def route(needed: Permission, *, conflicts: bool = False, **more: Any) -> dict[str, Any]:
    """The arguments of a path operation that needs a permission."""
    statuses: Iterable[int] = (401, 403, 404, 409) if conflicts else (401, 403, 404)
    return {
        "dependencies": [Depends(allow(needed))],
        "responses": {status: {"model": Refusal, **REFUSALS[status]} for status in statuses},
        **more,
    }


class ClusterIn(BaseModel):
    name: Annotated[str, Field(pattern="^[a-z][a-z0-9-]{0,19}$")]


class Scale(BaseModel):
    nodes: Annotated[int, Field(ge=0, le=100)]


class ClusterOut(BaseModel):
    name: str
    protected: bool
    nodes: dict[str, int]

    @classmethod
    def of(cls, cluster: Cluster) -> "ClusterOut":
        return cls.model_validate(cluster, from_attributes=True)


class Quota(BaseModel):
    used: int
    quota: int


def cluster_of(tenant: TenantDep, cluster: Annotated[str, Path(max_length=20)]) -> Cluster:
    try:
        return tenant.clusters[cluster]
    except KeyError:
        raise HTTPException(404, "No such cluster") from None


ClusterDep = Annotated[Cluster, Depends(cluster_of)]
router = APIRouter(prefix="/tenants/{tenant}", tags=["clusters"])


@router.get("/quota", **route(Permission.READ))
def quota(tenant: TenantDep) -> Quota:
    return Quota(used=tenant.used, quota=tenant.quota)


@router.get("/clusters", **route(Permission.READ))
def clusters(tenant: TenantDep) -> list[ClusterOut]:
    return [ClusterOut.of(cluster) for cluster in tenant.clusters.values()]


@router.post("/clusters", **route(Permission.ADMIN, conflicts=True, status_code=HTTP_201_CREATED))
def create(tenant: TenantDep, new: ClusterIn) -> ClusterOut:
    cluster = Cluster(new.name)
    if tenant.clusters.setdefault(new.name, cluster) is not cluster:
        raise HTTPException(409, "The name is taken")
    return ClusterOut.of(cluster)


@router.get("/clusters/{cluster}", **route(Permission.READ))
def read(cluster: ClusterDep) -> ClusterOut:
    return ClusterOut.of(cluster)


@router.put("/clusters/{cluster}/pools/{pool}", **route(Permission.SCALE, conflicts=True))
def scale(
    tenant: TenantDep, cluster: ClusterDep, pool: Annotated[str, Path(pattern="^[a-z]{1,12}$")], to: Scale
) -> ClusterOut:
    if tenant.used - cluster.nodes.get(pool, 0) + to.nodes > tenant.quota:
        raise HTTPException(409, "More than the quota")
    if to.nodes:
        cluster.nodes[pool] = to.nodes
    else:
        cluster.nodes.pop(pool, None)
    return ClusterOut.of(cluster)


@router.delete("/clusters/{cluster}", **route(Permission.DELETE, conflicts=True, status_code=HTTP_204_NO_CONTENT))
def delete(tenant: TenantDep, cluster: ClusterDep) -> None:
    if cluster.protected:
        raise HTTPException(409, "The cluster is protected")
    del tenant.clusters[cluster.name]


app = FastAPI(title="Clusters")
app.include_router(router)
